/** Answers that the browser withholds, and who is to send which header. */
import type { At, Proof } from '../proof.ts';
import {
  behind,
  each,
  type Fault,
  IMPORT,
  inNode,
  inProxies,
  inPython,
  nothing,
  quote,
  withCredentials,
  withRoute,
} from './parties.ts';

/** `cors.origin` as a string, which has no place for a second origin, and as a function. */
const inOtherForms = (rule: string, options: Fault, forms = ['string', 'function']): Proof[] =>
  inNode(options)
    .filter(({ fix }) => fix === 'node-v4')
    .flatMap((party) => forms.map((form) => ({ ...party, rule, fix: `node-v4-${form}` })));

export const corsAnswers: Proof[] = [
  ...each([...inNode(() => '{}'), ...inPython(() => 'cors_allowed_origins=[]')], { rule: 'cors-not-configured' }),
  ...each(inProxies(nothing, nothing, nothing, nothing), { rule: 'cors-not-configured', backends: behind(() => ({})) }),
  ...each(
    inNode(() => '{ cors: { origin: "http://localhost:1" } }'),
    {
      rule: 'cors-origin-mismatch',
      detail: 'port',
    },
  ),
  ...inOtherForms('cors-not-configured', () => '{}'),
  ...inOtherForms('cors-origin-mismatch', ({ page }) => `{ cors: { origin: "${page}/" } }`),
  ...inOtherForms('cors-origin-not-in-list', () => '{ cors: { origin: ["https://other.example"] } }', ['function']),
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
  ...each(inProxies(nothing, nothing, nothing, nothing), {
    rule: 'cors-origin-not-in-list',
    backends: behind(() => ({ cors: { origin: ['https://other.example'] } })),
  }),
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
    [
      ...inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`),
      ...inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], cors_credentials=False`),
    ],
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
  {
    rule: 'cors-multiple-acao',
    variant: 'CORSMiddleware',
    fix: 'asgi',
    subject: 'asgi-middleware',
    fault: ({ page }) => `import socketio
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[${quote(page)}])`,
  },
  ...each(
    inPython(() => 'cors_allowed_origins=["https://other.example"]'),
    { rule: 'python-origin-rejected' },
  ),
  // It asks for the version next. What refused an old client, WSGI does not show: there the version is named first.
  ...each(
    inPython(() => 'cors_allowed_origins=["https://other.example"]').filter(({ fix }) => fix !== 'flask'),
    { rule: 'python-origin-rejected', variant: 'old client', client: { version: 2 } },
  ),
];

const DETAILS: Record<string, Fault> = {
  'trailing-slash': ({ page }) => `${page}/`,
  scheme: ({ page }) => page.replace('http:', 'https:'),
  'loopback-alias': ({ page }) => page.replace('localhost', '127.0.0.1'),
  'missing-scheme': ({ page }) => page.replace('http://', ''),
  'has-path': ({ page }) => `${page}/app`,
  case: ({ page }) => page.replace('localhost', 'LOCALHOST'),
  other: () => 'https://other.example',
};

export const mismatches: Proof[] = Object.entries(DETAILS).map(([detail, origin]) => ({
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

/** A route of the server's own, beside Socket.IO. */
const ROUTE = `httpServer.on('request', (request, response) => {
  if (request.url === '/api/profile') response.writeHead(200, { 'access-control-allow-origin': process.env.PAGE }).end('{}');
});
`;

export const besideRoutes: Proof[] = [
  ...each(
    inNode(() => '{}').map((party) => (party.subject.startsWith('node-') ? { ...party, keeps: ROUTE } : party)),
    { rule: 'cors-express-only', client: afterRoute },
  ),
  ...each(
    inPython(() => 'cors_allowed_origins=[]'),
    { rule: 'cors-express-only', client: afterRoute },
  ),
  ...each(inProxies(nothing, nothing, nothing, nothing), {
    rule: 'cors-express-only',
    client: afterRoute,
    backends: (lab) => withRoute(lab, lab.page),
  }),
];

/** The header is there on some answers only. */
const besideWebSocket = {
  arguments: ({ server }: At) =>
    `(io(${quote(server)}, { transports: ["websocket"], forceNew: true }), ${quote(server)}), { forceNew: true }`,
};

export const stripped: Proof[] = [
  ...each(
    inProxies(
      ({ page }) => `proxy_hide_header Access-Control-Allow-Origin;
set $allowed "";
if ($http_upgrade) { set $allowed ${page}; }
add_header Access-Control-Allow-Origin $allowed always;`,
      () => 'http-response del-header Access-Control-Allow-Origin unless { status 101 }',
      () => 'Header unset Access-Control-Allow-Origin "expr=%{REQUEST_STATUS} != 101"',
      () => `@polling not header Upgrade websocket
header @polling {
  -Access-Control-Allow-Origin
  defer
}`,
    ),
    {
      rule: 'cors-proxy-stripped',
      backends: behind((page) => ({ cors: { origin: page } })),
      client: besideWebSocket,
    },
  ),
  // Somebody thought that the handshake is all that needs it.
  ...each(
    inNode(
      ({ page }) =>
        `{ cors: (request, callback) => callback(null, { origin: /sid=/.test(request.url) ? false : ${quote(page)} }) }`,
    ),
    { rule: 'cors-proxy-stripped' },
  ),
];
