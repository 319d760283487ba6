/** Every fix that is proven: the fault, and whom it strikes. */

import { startNginx } from '../lab/nginx.ts';
import type { LabContext } from '../lab/scenario.ts';
import { startNodes, startServer } from '../lab/servers.ts';
import type { At, Proof } from './proof.ts';

type Fault = (at: At) => string;
type Parties = Pick<Proof, 'fix' | 'subject' | 'fault'>[];

const IMPORT = "import { Server } from 'socket.io';";

const quote = (value: string) => JSON.stringify(value);

/** One Node.js server with these options (JavaScript), as each framework writes it. */
function inNode(options: Fault): Parties {
  const server: Fault = (at) => `${IMPORT}\nconst io = new Server(httpServer, ${options(at)});`;
  return [
    { fix: 'node-v4', subject: 'node-v4', fault: server },
    { fix: 'node-v3', subject: 'node-v3', fault: server },
    {
      fix: 'express',
      subject: 'express',
      fault: (at) => `import cors from 'cors';\napp.use(cors({ origin: ${quote(at.page)} }));\n${server(at)}`,
    },
    { fix: 'nestjs', subject: 'nestjs', fault: (at) => `@WebSocketGateway(${options(at)})` },
  ];
}

/** Its fixes have a server of their own only where the routes are concerned, too. */
const notExpress = ({ fix }: { fix: string }) => fix !== 'express';

/** One python-socketio server with these keyword arguments, in each framework. */
function inPython(keywords: Fault): Parties {
  const server = (mode: string, at: At) =>
    `import socketio\nsio = socketio.AsyncServer(async_mode="${mode}", ${keywords(at)})`;
  return [
    { fix: 'aiohttp', subject: 'aiohttp', fault: (at) => server('aiohttp', at) },
    { fix: 'asgi', subject: 'asgi', fault: (at) => server('asgi', at) },
    {
      fix: 'flask',
      subject: 'flask',
      fault: (at) => `from flask_socketio import SocketIO\nsocketio = SocketIO(app, ${keywords(at)})`,
    },
  ];
}

/** Lines of each proxy. */
function inProxies(nginx: Fault, haproxy: Fault, apache: Fault, caddy: Fault): Parties {
  return [
    { fix: 'nginx', subject: 'nginx-location', fault: nginx },
    { fix: 'haproxy', subject: 'haproxy-backend', fault: haproxy },
    { fix: 'apache', subject: 'apache-headers', fault: apache },
    { fix: 'caddy', subject: 'caddy-site', fault: caddy },
  ];
}

const nothing: Fault = () => '';

/** A Socket.IO v4 server behind the subject. */
const behind = (config: (page: string) => Parameters<typeof startServer>[1]) => async (lab: LabContext) => [
  (await startServer(lab, config(lab.page))).port,
];

function each(parties: Parties, proof: Omit<Proof, 'fix' | 'subject' | 'fault'>): Proof[] {
  return parties.map((party) => ({ ...proof, ...party }));
}

const withCredentials = { arguments: ({ server }: At) => `${quote(server)}, { withCredentials: true }` };

const corsAnswers: Proof[] = [
  ...each([...inNode(() => '{}'), ...inPython(() => 'cors_allowed_origins=[]')], { rule: 'cors-not-configured' }),
  ...each(inProxies(nothing, nothing, nothing, nothing), { rule: 'cors-not-configured', backends: behind(() => ({})) }),
  ...each(
    inNode(() => '{ cors: { origin: "http://localhost:1" } }'),
    {
      rule: 'cors-origin-mismatch',
      detail: 'port',
    },
  ),
  ...each(
    inProxies(
      () => 'add_header Access-Control-Allow-Origin "http://localhost:1" always;',
      () => 'http-response set-header Access-Control-Allow-Origin "http://localhost:1"',
      () => 'Header always set Access-Control-Allow-Origin "http://localhost:1"',
      () => 'header Access-Control-Allow-Origin "http://localhost:1"',
    ),
    { rule: 'cors-origin-mismatch', detail: 'port', backends: behind(() => ({})) },
  ),
  ...each(
    inNode(() => '{ cors: { origin: ["https://other.example"] } }'),
    { rule: 'cors-origin-not-in-list' },
  ),
  ...each(
    inNode(() => '{ cors: { origin: "*" } }'),
    {
      rule: 'cors-wildcard-with-credentials',
      client: withCredentials,
    },
  ),
  ...each(
    inProxies(
      () => 'proxy_hide_header Access-Control-Allow-Origin;\nadd_header Access-Control-Allow-Origin * always;',
      () => 'http-response set-header Access-Control-Allow-Origin *',
      () => 'Header unset Access-Control-Allow-Origin\nHeader always set Access-Control-Allow-Origin *',
      () => 'header {\nAccess-Control-Allow-Origin *\ndefer\n}',
    ),
    {
      rule: 'cors-wildcard-with-credentials',
      client: withCredentials,
      backends: behind((page) => ({ cors: { origin: page, credentials: true } })),
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`),
    {
      rule: 'cors-credentials-not-allowed',
      client: withCredentials,
    },
  ),
  ...each(
    inProxies(
      () => 'proxy_hide_header Access-Control-Allow-Credentials;',
      () => 'http-response del-header Access-Control-Allow-Credentials',
      () => 'Header unset Access-Control-Allow-Credentials',
      () => 'header {\n-Access-Control-Allow-Credentials\ndefer\n}',
    ),
    {
      rule: 'cors-credentials-not-allowed',
      client: withCredentials,
      backends: behind((page) => ({ cors: { origin: page, credentials: true } })),
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: "${page}, https://other.example" } }`),
    {
      rule: 'cors-multiple-acao',
      variant: 'string',
    },
  ),
  ...each(
    inProxies(
      ({ page }) => `add_header Access-Control-Allow-Origin ${page} always;`,
      ({ page }) => `http-response add-header Access-Control-Allow-Origin ${page}`,
      ({ page }) => `Header always add Access-Control-Allow-Origin ${page}`,
      ({ page }) => `header {\n+Access-Control-Allow-Origin ${page}\ndefer\n}`,
    ),
    { rule: 'cors-multiple-acao', variant: 'proxy', backends: behind((page) => ({ cors: { origin: page } })) },
  ),
  ...each(
    inPython(() => 'cors_allowed_origins=["https://other.example"]'),
    { rule: 'python-origin-rejected' },
  ),
];

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

const DETAILS: Record<string, Fault> = {
  'trailing-slash': ({ page }) => `${page}/`,
  scheme: ({ page }) => page.replace('http:', 'https:'),
  'loopback-alias': ({ page }) => page.replace('localhost', '127.0.0.1'),
  'missing-scheme': ({ page }) => page.replace('http://', ''),
  'has-path': ({ page }) => `${page}/app`,
  case: ({ page }) => page.replace('localhost', 'LOCALHOST'),
  other: () => 'https://other.example',
};

const mismatches: Proof[] = Object.entries(DETAILS).map(([detail, origin]) => ({
  rule: 'cors-origin-mismatch',
  detail,
  fix: 'node-v4',
  subject: 'node-v4',
  fault: (at) => `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(origin(at))} } });`,
}));

/** What the page asked for first: a route of the same server. */
const afterRoute = {
  arguments: ({ server }: At) => `(fetch(${quote(`${server}/api/profile`)}), ${quote(server)})`,
};

const besideRoutes: Proof[] = each(
  inNode(() => '{}').filter(({ fix }) => fix === 'express' || fix === 'nestjs'),
  { rule: 'cors-express-only', client: afterRoute },
);

const stripped: Proof = {
  rule: 'cors-proxy-stripped',
  fix: 'nginx',
  subject: 'nginx-location',
  backends: behind((page) => ({ cors: { origin: page } })),
  client: {
    arguments: ({ server }) =>
      `(io(${quote(server)}, { transports: ["websocket"], forceNew: true }), ${quote(server)}), { forceNew: true }`,
  },
  fault: ({ page }) => `proxy_hide_header Access-Control-Allow-Origin;
set $allowed "";
if ($http_upgrade) { set $allowed ${page}; }
add_header Access-Control-Allow-Origin $allowed always;`,
};

/** The server stays as it is; the page comes from elsewhere. */
const around: Proof[] = [
  {
    rule: 'cors-not-configured',
    fix: 'vite',
    subject: 'vite',
    bringsPage: true,
    backends: behind(() => ({})),
    client: { arguments: ({ backends }) => quote(`http://localhost:${backends[0]}`) },
    fault: () => 'export default {};',
  },
  {
    rule: 'cors-not-configured',
    fix: 'nginx-page',
    subject: 'nginx-page',
    bringsPage: true,
    backends: behind(() => ({})),
    client: { arguments: ({ backends }) => quote(`http://localhost:${backends[0]}`) },
    fault: nothing,
  },
];

const preflights: Proof[] = [
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
  {
    rule: 'preflight-bad-handshake-method',
    fix: 'node-v2',
    subject: 'node-v2',
    fault: () => 'const io = require("socket.io")(httpServer);',
    client: withV2Header,
  },
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
  {
    rule: 'cors-response-header-sent-by-client',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page, allowedHeaders: ['content-type'] } })),
    fault: ({ server }) =>
      `const socket = io(${quote(server)}, { extraHeaders: { "Access-Control-Allow-Origin": "*" } });`,
  },
];

const atPath = { arguments: ({ server }: At) => `${quote(server)}, { path: "/live/" }` };

const onExpress: Fault = ({ page }) =>
  `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)} } });`;

const paths: Proof[] = [
  { rule: 'wrong-path-404', fix: 'node-v4', subject: 'express', client: atPath, fault: onExpress },
  { rule: 'wrong-path-404', fix: 'node-v3', subject: 'express-v3', client: atPath, fault: onExpress },
  {
    rule: 'wrong-path-404',
    fix: 'express',
    variant: 'app.listen',
    subject: 'express-app',
    fault: ({ port, page }) =>
      `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const io = new Server(createServer(app), { cors: { origin: ${quote(page)} } });
app.listen(${port});`,
  },
  {
    rule: 'wrong-path-404',
    fix: 'express',
    variant: 'path',
    subject: 'express-app',
    client: atPath,
    fault: ({ port, page }) =>
      `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const httpServer = createServer(app);
const io = new Server(httpServer, { cors: { origin: ${quote(page)} } });
httpServer.listen(${port});`,
  },
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`).filter(({ fix }) => fix === 'nestjs'),
    { rule: 'wrong-path-404', client: atPath },
  ),
  {
    rule: 'wrong-path-404',
    fix: 'aiohttp',
    subject: 'aiohttp-attach',
    client: atPath,
    fault: () => 'sio.attach(app)',
  },
  {
    rule: 'wrong-path-404',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [
      (await startServer(lab, { cors: { origin: lab.page } }, (_, response) => response.writeHead(404).end())).port,
    ],
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/" });`,
  },
];

const namespaces: Proof[] = [
  {
    rule: 'invalid-namespace',
    fix: 'node-v4',
    subject: 'handlers',
    client: { arguments: ({ server }) => quote(`${server}/admin`) },
    fault: nothing,
  },
  {
    rule: 'connect-error-auth',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      io.use((socket, next) => next(socket.handshake.auth.token === 'valid' ? undefined : new Error('jwt expired')));
      return [port];
    },
    fault: ({ server }) => `const socket = io(${quote(server)}, { auth: { token: "stale" } });`,
  },
];

const transports: Proof[] = [
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, transports: ["websocket"] }`).filter(notExpress), {
    rule: 'transport-disabled',
  }),
  {
    rule: 'transport-disabled',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page }, transports: ['websocket'] })),
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, allowUpgrades: false }`).filter(notExpress), {
    rule: 'server-no-upgrades',
  }),
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'nginx',
    subject: 'nginx-http',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: ({ port }) => `server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://socketio;
  }
}`,
  },
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'haproxy',
    subject: 'haproxy-backend',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: () => 'http-request del-header Upgrade',
  },
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'apache',
    subject: 'apache-host',
    backends: behind((page) => ({ cors: { origin: page } })),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
    fault: () => 'ProxyPass / http://${socketio}/',
  },
];

const twoNodes = async (lab: LabContext) => (await startNodes(lab, { cors: { origin: lab.page } })).ports;

const stickiness: Proof[] = [
  { rule: 'sticky-session-missing', fix: 'nginx', subject: 'nginx-upstream', backends: twoNodes, fault: nothing },
  {
    rule: 'sticky-session-missing',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    backends: twoNodes,
    fault: () => 'balance roundrobin',
  },
  {
    rule: 'sticky-session-missing',
    fix: 'caddy',
    subject: 'caddy-balancer',
    backends: twoNodes,
    fault: () => 'lb_policy round_robin',
  },
  {
    rule: 'sticky-session-missing',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const nodes = await startNodes(lab, { cors: { origin: lab.page } });
      return [Number(new URL(await startNginx(lab, nodes.ports)).port)];
    },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
];

const sendMuch = `await Promise.race([
  new Promise((resolve) => socket.once('disconnect', resolve)),
  new Promise((resolve) => socket.emit('upload', 'x'.repeat(200_000), resolve)),
]);
await new Promise((resolve) => setTimeout(resolve, 1_500));`;

const stability: Proof[] = [
  ...each(
    // Before 4.5 a server does not say how much it takes.
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, maxHttpBufferSize: 100_000 }`).filter(
      ({ fix }) => fix === 'node-v4',
    ),
    { rule: 'payload-too-large', client: { act: sendMuch } },
  ),
  {
    rule: 'payload-too-large',
    fix: 'nginx',
    subject: 'nginx-location',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      io.on('connection', (socket) =>
        socket.on('upload', (data: string, answer: (size: number) => void) => answer(data.length)),
      );
      return [port];
    },
    client: { act: sendMuch, arguments: ({ server }) => `${quote(server)}, { transports: ["polling"] }` },
    transport: 'polling',
    fault: () => 'client_max_body_size 100k;',
  },
];

const versions: Proof[] = [
  ...each(
    inNode(() => '{}'),
    { rule: 'version-eio3-to-v3plus', client: { version: 2 } },
  ),
  {
    rule: 'version-eio3-to-v3-0',
    fix: 'node-v4',
    subject: 'node-v3-0',
    installs: 'node-v4',
    client: { version: 2 },
    fault: ({ page }) =>
      `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)}, credentials: true } });`,
  },
  {
    rule: 'version-eio4-to-v2',
    fix: 'node-v4',
    subject: 'node-v2-module',
    installs: 'node-v4',
    fault: () => "import createServerOfV2 from 'socket.io';\nconst io = createServerOfV2(httpServer);",
  },
];

const refusals: Proof[] = [
  {
    rule: 'allow-request-forbidden',
    fix: 'node-v2',
    subject: 'node-v2',
    client: { version: 2 },
    fault: () => 'const io = require("socket.io")(httpServer, { origins: ["https://other.example:443"] });',
  },
  {
    rule: 'middleware-rejected',
    fix: 'node-v4',
    subject: 'node-v4',
    fault: () => `${IMPORT}
const io = new Server(httpServer, { cors: { origin: (origin, callback) => callback(new Error('not allowed')) } });`,
  },
];

/** Longer than the proxies wait in the faults, and shorter than after the fix. */
const stayIdle = 'await new Promise((resolve) => setTimeout(resolve, 9_500));';

const idle: Proof[] = each(
  [
    { fix: 'nginx', subject: 'nginx-location', fault: () => 'proxy_read_timeout 2s;' },
    { fix: 'haproxy', subject: 'haproxy-defaults', fault: () => 'timeout tunnel 2s' },
  ],
  {
    rule: 'idle-timeout-proxy',
    isSlow: true,
    backends: behind((page) => ({ cors: { origin: page } })),
    client: {
      act: stayIdle,
      arguments: ({ server }) => `${quote(server)}, { transports: ["websocket"], reconnectionDelay: 500 }`,
    },
  },
);

export const proofs: Proof[] = [
  ...corsAnswers,
  ...mismatches,
  ...besideRoutes,
  stripped,
  ...around,
  ...preflights,
  ...refusals,
  ...versions,
  ...paths,
  ...namespaces,
  ...transports,
  ...stickiness,
  ...stability,
  ...idle,
];
