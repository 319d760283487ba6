/** Proxies that ask for a password or a login, or forbid a method, before anything reaches Socket.IO. */
import type { At, Proof } from '../proof.ts';
import { behind, each, inNode, nothing, quote } from './parties.ts';

const withCors = behind((page) => ({ cors: { origin: page, credentials: true } }));

/** It stays, below the fix. */
const inHaproxy = (check: string) => ({ fix: 'haproxy', subject: 'haproxy-backend', keeps: `  ${check}\n` }) as const;
const PASSWORD = inHaproxy('http-request auth realm restricted unless { http_auth(users) }');
const REDIRECT = inHaproxy(
  'http-request redirect location /login unless { path /login } || { req.cook(login) -m found }',
);

const LOGIN = `Basic ${btoa('ada:lovelace')}`;

/** No browser sends the header with a WebSocket. */
const pollingWithLogin = {
  arguments: ({ server }: At) =>
    `${quote(server)}, { transports: ["polling"], extraHeaders: { authorization: ${quote(LOGIN)} } }`,
};

const withHeader = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" } }`,
};

const passwords: Proof[] = [
  { ...PASSWORD, fault: nothing },
  { fix: 'apache', subject: 'apache-password', fault: nothing } as const,
].flatMap((party): Proof[] => [
  { ...party, rule: 'api-auth-401', backends: withCors },
  {
    ...party,
    rule: 'preflight-auth-blocked',
    backends: withCors,
    client: pollingWithLogin,
    transport: 'polling',
  },
]);

const FORBIDDEN: Pick<Proof, 'fix' | 'subject' | 'keeps' | 'fault'>[] = [
  { fix: 'nginx', subject: 'nginx-location', fault: () => 'limit_except GET POST { deny all; }' },
  { ...inHaproxy('http-request deny unless METH_GET or METH_POST'), fault: nothing },
  {
    fix: 'apache',
    subject: 'apache-headers',
    keeps: '<Location "/">\n<LimitExcept GET POST>\nRequire all denied\n</LimitExcept>\n</Location>\n',
    fault: nothing,
  },
];

const forbidden = FORBIDDEN.map(
  (party): Proof => ({
    ...party,
    rule: 'preflight-auth-blocked',
    variant: 'forbidden',
    backends: behind(() => ({})),
    client: withHeader,
  }),
);

/** The page is logged in, which a preflight cannot show. */
const loggedIn = {
  before: () => 'document.cookie = "login=valid; path=/";',
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" }, withCredentials: true }`,
};

/** The query stays. */
const REWRITES = `RewriteCond %{REQUEST_URI} !=/login
RewriteCond %{HTTP_COOKIE} !login=
RewriteRule ^ /login [R=302,L]
`;

const redirected: Proof[] = [
  {
    rule: 'polling-redirect',
    detail: 'login',
    variant: 'rewritten',
    fix: 'apache',
    subject: 'apache-headers',
    keeps: REWRITES,
    fault: nothing,
    backends: withCors,
  },
  ...[
    { fix: 'nginx', subject: 'nginx-login' } as const,
    REDIRECT,
    { fix: 'apache', subject: 'apache-login' } as const,
  ].map(
    (party): Proof => ({ ...party, rule: 'polling-redirect', detail: 'login', fault: nothing, backends: withCors }),
  ),
  ...[
    { fix: 'nginx', subject: 'nginx-login' } as const,
    REDIRECT,
    {
      fix: 'apache',
      subject: 'apache-headers',
      keeps: REWRITES,
    } as const,
  ].map(
    (party): Proof => ({
      ...party,
      rule: 'preflight-redirect',
      fault: nothing,
      backends: behind(() => ({})),
      client: loggedIn,
    }),
  ),
  ...each(
    inNode(() => '{}').filter(({ fix }) => fix !== 'node-v3'),
    {
      rule: 'preflight-redirect',
      client: loggedIn,
      keeps: `io.engine.use((request, response, next) => {
  if (request.headers.cookie?.includes('login=')) return next();
  response.writeHead(302, { location: '/login' }).end();
});
`,
    },
  ),
];

export const proxyLogins: Proof[] = [...passwords, ...forbidden, ...redirected];
