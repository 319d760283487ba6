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
} from './parties.ts';

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

export const besideRoutes: Proof[] = each(
  inNode(() => '{}').filter(({ fix }) => fix === 'express' || fix === 'nestjs'),
  { rule: 'cors-express-only', client: afterRoute },
);

export const stripped: Proof = {
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
export const around: Proof[] = [
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
