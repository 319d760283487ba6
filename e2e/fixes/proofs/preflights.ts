/** Questions that the browser asks before a request with headers of its own. */

import { FORWARD_UPGRADE, startNginx } from '../../lab/nginx.ts';
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, inNode, inProxies, inPython, inV2, quote, sendBinary } from './parties.ts';

const withHeader = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" } }`,
};
const withHeaderAndCookies = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" }, withCredentials: true }`,
};
const withV2Header = {
  version: 2,
  arguments: ({ server }: At) =>
    `${quote(server)}, { transportOptions: { polling: { extraHeaders: { "x-token": "secret" } } } }`,
} as const;

const withResponseHeader = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "Access-Control-Allow-Origin": "*" } }`,
};

const LOGIN = `Basic ${btoa('ada:lovelace')}`;

/** No browser sends the header with a WebSocket. */
const pollingWithLogin = {
  arguments: ({ server }: At) =>
    `${quote(server)}, { transports: ["polling"], extraHeaders: { authorization: ${quote(LOGIN)} } }`,
};

/** The server's own, which stays. */
const GUARD = `io.engine.use((request, response, next) => {
  if (request.headers.authorization === ${quote(LOGIN)}) return next();
  response.writeHead(401).end();
});
`;

/** A v2 server whose own answer to preflights has this status, and these headers (JavaScript). */
const answering = (rule: string, headers: Fault, status = 200): Proof[] =>
  each(
    inV2((at) => `{ handlePreflightRequest: (req, res) => res.writeHead(${status}, ${headers(at)}).end() }`),
    { rule, client: withV2Header },
  );

const byHand = (origin: string, credentials = 'true', headers = 'x-token') => `{
  "Access-Control-Allow-Origin": ${quote(origin)},
  "Access-Control-Allow-Headers": ${quote(headers)},
  "Access-Control-Allow-Credentials": ${quote(credentials)},
}`;

const onV2: Proof[] = [
  ...answering('preflight-header-not-allowed', ({ page }) => byHand(page, 'true', 'content-type')),
  ...answering('preflight-origin-mismatch', () => byHand('https://other.example')),
  ...answering('preflight-missing-origin', () => '{}'),
  ...answering('preflight-wildcard-with-credentials', () => byHand('*')),
  ...answering('preflight-credentials-not-allowed', ({ page }) => byHand(page, 'false')),
  ...answering('preflight-multiple-acao', ({ page }) => byHand(`${page}, https://other.example`)),
  ...answering('preflight-not-ok', ({ page }) => byHand(page), 405),
  ...answering('preflight-auth-blocked', ({ page }) => byHand(page), 401),
];

/** A v4 or v3 server that takes the old client, and is wrong in two ways: one fix has to mend both. */
const forOldClient: Proof[] = [
  ...each(
    inNode(() => '{ allowEIO3: true, cors: { origin: "*", allowedHeaders: ["content-type"] } }'),
    { rule: 'preflight-wildcard-with-credentials', variant: 'old client', client: withV2Header },
  ),
  ...each(
    inNode(
      ({ page }) =>
        `{ allowEIO3: true, cors: { origin: ${quote(page)}, credentials: true, allowedHeaders: ["content-type"] } }`,
    ),
    { rule: 'preflight-header-not-allowed', variant: 'old client', client: withV2Header },
  ),
];

export const preflights: Proof[] = [
  ...onV2,
  ...forOldClient,
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)}, allowedHeaders: ["content-type"] } }`),
    {
      rule: 'preflight-header-not-allowed',
      client: withHeader,
    },
  ),
  {
    rule: 'preflight-header-not-allowed',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page, credentials: true, allowedHeaders: ['content-type'] } })),
    fault: ({ server }) => `const socket = io(${quote(server)}, { extraHeaders: { "x-token": "secret" } });`,
  },
  ...each(
    inNode(() => '{}'),
    { rule: 'preflight-bad-handshake-method', client: withHeader },
  ),
  ...each(
    inV2(() => '{}'),
    { rule: 'preflight-bad-handshake-method', client: withV2Header },
  ),
  ...each(
    inNode(() => '{ cors: { origin: "http://localhost:1" } }'),
    {
      rule: 'preflight-origin-mismatch',
      client: withHeader,
    },
  ),
  ...each(
    inNode(() => '{ cors: { origin: ["https://other.example"] } }'),
    {
      rule: 'preflight-missing-origin',
      client: withHeader,
    },
  ),
  ...each(
    inNode(() => '{ cors: { origin: "*" } }'),
    {
      rule: 'preflight-wildcard-with-credentials',
      client: withHeaderAndCookies,
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`),
    {
      rule: 'preflight-credentials-not-allowed',
      client: withHeaderAndCookies,
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: "${page}, https://other.example" } }`),
    {
      rule: 'preflight-multiple-acao',
      client: withHeader,
    },
  ),
  ...each(
    inProxies(
      ({ page }) => `add_header Access-Control-Allow-Origin ${page} always;`,
      ({ page }) => `http-response add-header Access-Control-Allow-Origin ${page}`,
      ({ page }) => `Header always add Access-Control-Allow-Origin ${page}`,
      ({ page }) => `header {\n+Access-Control-Allow-Origin ${page}\ndefer\n}`,
    ),
    {
      rule: 'preflight-multiple-acao',
      backends: behind((page) => ({ cors: { origin: page } })),
      client: withHeader,
    },
  ),
  ...each(
    inPython(() => 'cors_allowed_origins=[]'),
    { rule: 'preflight-missing-origin', client: withHeader },
  ),
  ...each(
    inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], cors_credentials=False`),
    { rule: 'preflight-credentials-not-allowed', client: withHeaderAndCookies },
  ),
  // python-socketio answers 400 to whoever it does not know, whatever is asked.
  ...each(
    inPython(() => 'cors_allowed_origins=["https://other.example"]'),
    { rule: 'preflight-not-ok', client: withHeader },
  ),
  ...each(
    inNode(() => '{}').filter(({ fix }) => fix !== 'node-v3'),
    {
      rule: 'preflight-not-ok',
      client: withHeader,
      keeps: `io.engine.use((request, response, next) => {
  if (['GET', 'POST'].includes(request.method)) return next();
  response.writeHead(405).end();
});
`,
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)}, optionsSuccessStatus: 405 } }`).filter(
      ({ fix }) => fix === 'node-v3',
    ),
    { rule: 'preflight-not-ok', client: withHeader },
  ),
  ...each(
    inNode(() => '{}').filter(({ fix }) => fix !== 'node-v3'),
    { rule: 'preflight-auth-blocked', client: pollingWithLogin, keeps: GUARD, transport: 'polling' },
  ),
  {
    rule: 'preflight-auth-blocked',
    fix: 'nginx',
    subject: 'nginx-location',
    backends: behind((page) => ({ cors: { origin: page } })),
    client: pollingWithLogin,
    transport: 'polling',
    fault: () => 'auth_basic "restricted";\nauth_basic_user_file .htpasswd;',
  },
  {
    rule: 'preflight-auth-blocked',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const [server = 0] = await behind((page) => ({ cors: { origin: page } }))(lab);
      const lines = [...FORWARD_UPGRADE, 'limit_except GET POST { deny all; }'];
      return [Number(new URL(await startNginx(lab, server, lines)).port)];
    },
    fault: ({ server }) => `const socket = io(${quote(server)}, { extraHeaders: { "x-token": "secret" } });`,
  },
  ...each(
    inNode(
      () => '{ allowEIO3: true }',
      // CORS by hand: it reaches every answer, and leaves OPTIONS to the session.
      ({ page }) => `io.httpServer.prependListener('request', (request, response) => {
  response.setHeader('access-control-allow-origin', ${quote(page)});
  response.setHeader('access-control-allow-credentials', 'true');
});`,
    ),
    {
      rule: 'preflight-sid-500',
      client: {
        version: 2,
        arguments: ({ server }) => `${quote(server)}, { transports: ["polling"] }`,
        act: sendBinary,
      },
      transport: 'polling',
    },
  ),
  {
    rule: 'extra-headers-force-preflight',
    fix: 'browser-client',
    subject: 'page',
    rootCause: null,
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: ({ server }) => `const socket = io(${quote(server)}, { extraHeaders: { "x-token": "secret" } });`,
  },
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)}, allowedHeaders: ["content-type"] } }`),
    { rule: 'cors-response-header-sent-by-client', client: withResponseHeader },
  ),
  {
    rule: 'cors-response-header-sent-by-client',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page, allowedHeaders: ['content-type'] } })),
    fault: ({ server }) =>
      `const socket = io(${quote(server)}, { extraHeaders: { "Access-Control-Allow-Origin": "*" } });`,
  },
];
