/** Requests that never leave the browser, or find nobody at their address. */
import { EXTENSION, PATH_BLOCKER } from '../../browser/chromium.ts';
import { certificate } from '../../lab/certificates.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startSecureServer, startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, inNode, inPython, inV2, type Parties, quote } from './parties.ts';
import { onApp } from './paths.ts';

const secure = ({ server }: At) => server.replace('http:', 'https:');

const behindTls = async (lab: LabContext) => [
  (await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } })).port,
];

/** A whole server, over https with the certificate of these files. */
const overHttps =
  (prefix: string): Fault =>
  ({ page, port }) =>
    `import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Server } from 'socket.io';
const files = { key: readFileSync('${prefix}key.pem'), cert: readFileSync('${prefix}cert.pem') };
const httpServer = createServer(files);
const io = new Server(httpServer, { cors: { origin: ${quote(page)} } });
httpServer.listen(${port});`;

/** The same over http, on any port. */
const overHttp = (portOf: (at: At) => number | undefined): Fault => {
  return (at) => `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const httpServer = createServer();
const io = new Server(httpServer, { cors: { origin: ${quote(at.page)} } });
httpServer.listen(${portOf(at)});`;
};
const overHttpHere = overHttp(({ port }) => port);

/** Any name but this machine's own is refused without encryption; the browser is told where it leads. */
const FOREIGN = 'chat.test';
const knowsForeign = () => ({ switches: [`--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`] });
const foreign = ({ port }: At) => quote(`http://${FOREIGN}:${port}`);

const encryption: Proof[] = [
  {
    rule: 'mixed-content',
    fix: 'browser-client-https',
    subject: 'page',
    hasHttpsPage: true,
    isSlow: true,
    browser: knowsForeign,
    backends: behindTls,
    fault: (at) => `const socket = io(${foreign(at)});`,
  },
  {
    rule: 'mixed-content',
    fix: 'node-v4',
    subject: 'node-alone',
    hasHttpsPage: true,
    isSlow: true,
    browser: knowsForeign,
    client: { arguments: foreign },
    fault: overHttpHere,
  },
  {
    rule: 'tls-error',
    fix: 'node-v4',
    subject: 'node-alone',
    client: { arguments: (at) => quote(secure(at)) },
    fault: overHttps('self-signed-'),
  },
  {
    rule: 'tls-error',
    fix: 'node-v4',
    variant: 'no TLS',
    subject: 'node-alone',
    client: { arguments: (at) => quote(secure(at)) },
    fault: overHttpHere,
  },
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

const addresses: Proof[] = [
  {
    rule: 'connection-refused',
    fix: 'node-v4',
    subject: 'node-alone',
    // The server is up, at another port.
    backends: async (lab) => [await lab.freePort()],
    listensAt: ({ backends }) => backends[0] ?? 0,
    fault: overHttp(({ backends }) => backends[0]),
  },
  {
    rule: 'connection-refused',
    variant: 'https',
    fix: 'node-v4',
    subject: 'node-alone',
    backends: async (lab) => [await lab.freePort()],
    listensAt: ({ backends }) => backends[0] ?? 0,
    client: { arguments: (at) => quote(secure(at)) },
    fault: overHttp(({ backends }) => backends[0]),
  },
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
