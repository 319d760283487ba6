/** Servers that let too many in, pages without an origin, and caches: where it works, or seems to, and should not stay so. */
import { startNginx } from '../../lab/nginx.ts';
import type { Proof, ProofClient } from '../proof.ts';
import { behind, each, inNode, inProxies, inPython, inV2, nothing, quote } from './parties.ts';

const noOrigin = { isSandboxed: true } as const;

/** The page is sandboxed at first, and has its origin in the end: that is its own half of the cure. */
const withoutOrigin: Proof[] = each(
  [...inNode(() => '{ cors: { origin: ["https://other.example"] } }'), ...inPython(() => 'cors_allowed_origins=[]')],
  { rule: 'cors-null-origin', client: noOrigin },
);

const socketAlone: ProofClient = { arguments: ({ server }) => `${quote(server)}, { transports: ["websocket"] }` };
const forAnother = '{ cors: { origin: "https://app.example" } }';

/** CORS is for somebody else, and a WebSocket for everybody. */
const unguarded: Proof[] = [
  // The 101 of an older server names nobody, whoever is let in: that stays a remark.
  ...each(
    inNode(() => forAnother).filter(({ fix }) => fix !== 'node-v3'),
    { rule: 'cswsh-exposure', keepsStrangersOut: true, client: socketAlone },
  ),
  // Apache and Caddy pass the headers of a 101 on as they are.
  ...each(
    inProxies(nothing, nothing, nothing, nothing).filter(({ fix }) => ['nginx', 'haproxy'].includes(fix)),
    {
      rule: 'cswsh-exposure',
      keepsStrangersOut: true,
      client: socketAlone,
      backends: behind(() => ({ cors: { origin: 'https://app.example' } })),
    },
  ),
];

const reflected = { rule: 'cors-reflects-any-origin', keepsStrangersOut: true } as const;

/** Whoever asks is allowed. */
const reflections: Proof[] = [
  ...each(
    [...inNode(() => '{ cors: { origin: true, credentials: true } }'), ...inPython(() => 'cors_allowed_origins="*"')],
    { ...reflected, client: noOrigin },
  ),
  // Its default.
  ...each(
    inV2(() => '{}'),
    { ...reflected, client: { ...noOrigin, version: 2 } },
  ),
  ...each(
    inProxies(
      () => `add_header Access-Control-Allow-Origin $http_origin always;
add_header Access-Control-Allow-Credentials true always;`,
      () => `http-request set-var(txn.origin) req.hdr(Origin)
http-response set-header Access-Control-Allow-Origin %[var(txn.origin)]
http-response set-header Access-Control-Allow-Credentials true`,
      () => `Header always set Access-Control-Allow-Origin "expr=%{HTTP:Origin}"
Header always set Access-Control-Allow-Credentials true`,
      () => `header Access-Control-Allow-Origin {http.request.header.Origin}
header Access-Control-Allow-Credentials true`,
    ),
    { ...reflected, client: noOrigin, backends: behind(() => ({})) },
  ),
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

export const exposures: Proof[] = [...withoutOrigin, ...unguarded, ...reflections, ...caches];
