/** Requests that never leave the browser, or find nobody at their address. */
import { EXTENSION, PATH_BLOCKER } from '../../browser/chromium.ts';
import { certificate } from '../../lab/certificates.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startSecureServer, startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, inNode, inPython, inV2, type Parties, quote } from './parties.ts';
import { onApp } from './paths.ts';
import { proxiesWithTls, wholeNode, wholePython, wholeV2 } from './whole.ts';

const secure = ({ server }: At) => server.replace('http:', 'https:');

const behindTls = async (lab: LabContext) => [
  (await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } })).port,
];

const onePage = behind((page) => ({ cors: { origin: page } }));

/** Any name but this machine's own is refused without encryption; the browser is told where it leads. */
const FOREIGN = 'chat.test';
const knowsForeign = () => ({ switches: [`--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`] });
const foreign = ({ port }: At) => quote(`http://${FOREIGN}:${port}`);

const mixed = { rule: 'mixed-content', hasHttpsPage: true, isSlow: true, browser: knowsForeign } as const;
const refused = { rule: 'tls-error', client: { arguments: (at: At) => quote(secure(at)) } } as const;

const encryption: Proof[] = [
  {
    ...mixed,
    fix: 'browser-client-https',
    subject: 'page',
    backends: behindTls,
    fault: (at) => `const socket = io(${foreign(at)});`,
  },
  // nginx, HAProxy and Python would listen to everybody at such a name, which nothing in the lab does.
  ...each(
    wholeNode(({ port }) => port),
    { ...mixed, client: { arguments: foreign } },
  ),
  ...each(
    wholeV2(({ port }) => port),
    { ...mixed, client: { arguments: foreign, version: 2 } },
  ),
  ...each(
    proxiesWithTls(null).filter(({ fix }) => ['apache', 'caddy'].includes(fix)),
    { ...mixed, client: { arguments: foreign }, backends: onePage },
  ),
  ...[null, 'self-signed-'].flatMap((prefix) => {
    const variant = prefix === null ? { variant: 'no TLS' } : {};
    const here = ({ port }: At) => port;
    return [
      ...each([...wholeNode(here, prefix), ...wholePython(here, prefix)], { ...refused, ...variant }),
      ...each(wholeV2(here, prefix), { ...refused, ...variant, client: { ...refused.client, version: 2 } }),
      ...each(proxiesWithTls(prefix), { ...refused, ...variant, backends: onePage }),
    ];
  }),
  {
    rule: 'tls-error',
    fix: 'browser-client-http',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: (at) => `const socket = io(${quote(secure(at))});`,
  },
  {
    rule: 'empty-response',
    fix: 'browser-client-https',
    subject: 'page',
    backends: behindTls,
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
];

/** The server is up, at another port. */
const elsewhere = ({ backends }: At) => backends[0] ?? 0;
const away = {
  rule: 'connection-refused',
  backends: async (lab: LabContext) => [await lab.freePort()],
  listensAt: elsewhere,
} as const;
const beside = ({ backends }: At) => backends[1] ?? 0;
const awayWithTls = { ...away, variant: 'https', client: { arguments: (at: At) => quote(secure(at)) } } as const;

const addresses: Proof[] = [
  ...each([...wholeNode(elsewhere), ...wholePython(elsewhere)], away),
  ...each([...wholeNode(elsewhere), ...wholePython(elsewhere)], awayWithTls),
  ...each(
    proxiesWithTls(null, beside).filter(({ fix }) => fix !== 'apache'),
    {
      ...awayWithTls,
      backends: async (lab: LabContext) => [...(await onePage(lab)), await lab.freePort()],
      listensAt: beside,
    },
  ),
  ...each(wholeV2(elsewhere), { ...away, client: { version: 2 } }),
  ...each(wholeV2(elsewhere), { ...awayWithTls, client: { ...awayWithTls.client, version: 2 } }),
  {
    rule: 'dns-failure',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page } })),
    // RFC 6761: no name under `.invalid` ever exists.
    fault: ({ port }) => `const socket = io("http://backend.invalid:${port}");`,
  },
];

const policies: Proof[] = [
  {
    rule: 'csp-connect-src',
    fix: 'csp',
    subject: 'page-headers',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: () => "Content-Security-Policy: connect-src 'self'",
  },
  {
    rule: 'csp-connect-src',
    fix: 'csp',
    variant: 'websocket',
    subject: 'page-headers',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: ({ server }) => `Content-Security-Policy: connect-src 'self' ${server}`,
  },
];

const allowing: Fault = ({ page }) => `{ cors: { origin: ${quote(page)} } }`;

/** Each at the default path, which the browser's other extension blocks. */
const blocked: Parties = [
  ...inNode(allowing).filter(({ fix }) => fix !== 'express'),
  { fix: 'express', subject: 'express-app', fault: onApp },
  { fix: 'aiohttp', subject: 'aiohttp-attach', fault: () => 'sio.attach(app)' },
  { fix: 'asgi', subject: 'asgi-app', fault: () => 'app = socketio.ASGIApp(sio)' },
  ...inPython(({ page }) => `cors_allowed_origins=[${quote(page)}]`).filter(({ fix }) => fix === 'flask'),
];
const blocks = () => ({ extensions: [EXTENSION, PATH_BLOCKER] });

const blockers: Proof[] = [
  ...each(blocked, { rule: 'blocked-by-client', isSlow: true, browser: blocks }),
  ...each(
    inV2(() => '{}'),
    { rule: 'blocked-by-client', isSlow: true, browser: blocks, client: { version: 2 } },
  ),
  {
    rule: 'blocked-by-client',
    fix: 'browser-client',
    subject: 'page',
    isSlow: true,
    browser: blocks,
    // The server has moved already.
    backends: async (lab) => [(await startServer(lab, { path: '/live/', cors: { origin: lab.page } })).port],
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
];

export const network: Proof[] = [...encryption, ...addresses, ...policies, ...blockers];
