/** Servers that let too many in, pages without an origin, and caches: where it works, or seems to, and should not stay so. */
import { startNginx } from '../../lab/nginx.ts';
import type { At, Proof, ProofClient } from '../proof.ts';
import {
  behind,
  each,
  type Fault,
  inNode,
  inProxies,
  inPython,
  inV2,
  nothing,
  type Parties,
  quote,
} from './parties.ts';

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
      rootCause: null,
      backends: behind(() => ({ cors: { origin: '*' } })),
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

/** A cache in front, which goes by what the server says. @param port the server's */
const behindCache: Proof['backends'] = async (lab, port) => {
  const lines = ['proxy_cache answers;', 'proxy_cache_valid 200 1h;', 'add_header X-Cache $upstream_cache_status;'];
  return [Number(new URL(await startNginx(lab, port, lines)).port)];
};

const pollingAlone = (origin: (at: At) => string): ProofClient => ({
  arguments: (at) => `${quote(origin(at))}, { transports: ["polling"] }`,
});

const mixedUp = { rule: 'cors-vary-missing', transport: 'polling' } as const;
const throughCache = {
  ...mixedUp,
  backends: behindCache,
  client: pollingAlone(({ backends }) => `http://localhost:${backends[0]}`),
};

const cacheable = `headers['cache-control'] = 'public, max-age=60';
headers.vary = 'accept-encoding';`;
const onEngine: Fault = () => `io.engine.on('headers', (headers) => { ${cacheable} });`;

/** Another layer has the last word. */
const onHttp: Fault = () => `httpServer.prependListener('request', (_, response) => {
  const { writeHead } = response;
  response.writeHead = (status, headers = {}) => { ${cacheable} return writeHead.call(response, status, headers); };
});`;

const cached: Parties = [
  { fix: 'node-v4', subject: 'handlers', fault: onEngine },
  { fix: 'express', subject: 'handlers-express', fault: onEngine },
  { fix: 'fastify', subject: 'handlers-fastify', fault: onEngine },
  {
    fix: 'nestjs',
    subject: 'handlers-nestjs',
    fault: (at) => `afterInit({ engine }: any) { const io = { engine }; ${onEngine(at)} }`,
  },
  { fix: 'node-v3', subject: 'handlers-v3', fault: onHttp },
  // By themselves they say neither.
  { fix: 'aiohttp', subject: 'handlers-aiohttp', fault: nothing },
  { fix: 'asgi', subject: 'asgi-app', fault: () => 'app = socketio.ASGIApp(sio)' },
  { fix: 'flask', subject: 'handlers-flask', fault: nothing },
];

const caches: Proof[] = [
  ...each(cached, throughCache),
  {
    ...throughCache,
    fix: 'node-v2',
    subject: 'handlers-v2',
    client: { ...throughCache.client, version: 2 },
    fault: nothing,
  },
  ...each(
    [
      { fix: 'nginx', subject: 'nginx-location', fault: () => STORE_ALL },
      { fix: 'apache', subject: 'apache-headers', fault: () => 'Header unset Vary\nHeader unset Cache-Control' },
    ],
    {
      ...mixedUp,
      backends: behind((page) => ({ cors: { origin: [page] } })),
      client: pollingAlone(({ server }) => server),
    },
  ).map((proof) =>
    proof.fix === 'apache' ? { ...proof, keeps: 'CacheSocache shmcb\nCacheEnable socache /\nCacheHeader on\n' } : proof,
  ),
];

export const exposures: Proof[] = [...withoutOrigin, ...unguarded, ...reflections, ...caches];
