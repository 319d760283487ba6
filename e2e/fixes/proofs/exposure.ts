/** Servers that let too many in, pages without an origin, and caches: where it works, or seems to, and should not stay so. */
import { startNginx } from '../../lab/nginx.ts';
import type { Proof } from '../proof.ts';
import { behind, each, IMPORT, inNode, inPython, quote } from './parties.ts';

const noOrigin = { isSandboxed: true } as const;

/** The page is sandboxed at first, and has its origin in the end: that is its own half of the cure. */
const withoutOrigin: Proof[] = each(
  [...inNode(() => '{ cors: { origin: ["https://other.example"] } }'), ...inPython(() => 'cors_allowed_origins=[]')],
  { rule: 'cors-null-origin', client: noOrigin },
);

const strangers: Proof[] = [
  {
    rule: 'cswsh-exposure',
    fix: 'node-v4',
    subject: 'node-v4',
    keepsStrangersOut: true,
    client: { arguments: ({ server }) => `${quote(server)}, { transports: ["websocket"] }` },
    fault: () => `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: "https://app.example" } });`,
  },
  {
    rule: 'cors-reflects-any-origin',
    fix: 'node-v4',
    subject: 'node-v4',
    keepsStrangersOut: true,
    client: noOrigin,
    fault: () => `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: true, credentials: true } });`,
  },
];

/** As `CACHING` of the lab has it: a cache that stores every answer, and hides what the server said about that. */
const STORE_ALL = `proxy_cache answers;
proxy_cache_valid 200 1h;
proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
proxy_hide_header Cache-Control;
proxy_hide_header Vary;
add_header X-Cache $upstream_cache_status;`;

const caches: Proof[] = [
  {
    rule: 'cors-vary-missing',
    fix: 'nginx',
    subject: 'nginx-location',
    backends: behind((page) => ({ cors: { origin: [page] } })),
    client: { arguments: ({ server }) => `${quote(server)}, { transports: ["polling"] }` },
    transport: 'polling',
    fault: () => STORE_ALL,
  },
  {
    rule: 'cors-vary-missing',
    fix: 'node-v4',
    subject: 'handlers',
    // A cache in front, which goes by what the server says.
    backends: async (lab, port) => {
      const lines = ['proxy_cache answers;', 'proxy_cache_valid 200 1h;', 'add_header X-Cache $upstream_cache_status;'];
      return [Number(new URL(await startNginx(lab, port, lines)).port)];
    },
    client: {
      arguments: ({ backends }) => `${quote(`http://localhost:${backends[0]}`)}, { transports: ["polling"] }`,
    },
    transport: 'polling',
    fault: () => `io.engine.on('headers', (headers) => {
  headers['cache-control'] = 'public, max-age=60';
  headers.vary = 'accept-encoding';
});`,
  },
];

export const exposures: Proof[] = [...withoutOrigin, ...strangers, ...caches];
