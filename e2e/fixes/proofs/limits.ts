/** Limits that count every request of a connection over polling. */
import type { Proof } from '../proof.ts';
import { behind, nothing } from './parties.ts';

const onePage = behind((page) => ({ cors: { origin: page } }));

/** As its own documentation has it, and it works there: Socket.IO hands it plain requests of Node.js. */
const countAll = `import { rateLimit } from 'express-rate-limit';

io.engine.use(
  rateLimit({
    limit: 1,
    keyGenerator: (request) => request.socket.remoteAddress,
    handler: (_request, response) => {
      response.writeHead(429);
      response.end();
    },
    validate: false,
  }),
);`;

/** After all other lines of the backend. */
const denyMany = `
  stick-table type ip size 1k expire 60s store http_req_rate(60s)
  http-request track-sc0 src
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 1 }
`;

export const limits: Proof[] = [
  { rule: 'rate-limited', fix: 'express-rate-limit', subject: 'handlers-limited', fault: () => countAll },
  { rule: 'rate-limited', fix: 'nginx', subject: 'nginx-limited', backends: onePage, fault: nothing },
  {
    rule: 'rate-limited',
    fix: 'haproxy',
    subject: 'haproxy-backend',
    backends: onePage,
    keeps: denyMany,
    fault: nothing,
  },
];
