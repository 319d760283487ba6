/** What the server refuses within a connection, and before it. */
import { Server } from 'socket.io';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { each, type Fault, inNode, nothing, type Parties, quote } from './parties.ts';

/** Servers that are set up, and treat those who come as this says: a middleware's body, and that of a `connect` handler. */
function inHandlers(body: string, python: readonly string[]): Parties {
  const use = (on: string) => `${on}.use(async (socket, next) => {\n${body}\n});`;
  const handler = (head: string, indented: readonly string[]) => [head, ...indented.map((line) => `    ${line}`)];
  const connect = handler('@sio.event\nasync def connect(sid, environ, auth):', python).join('\n');
  const inFlask = handler('@socketio.on("connect")\ndef connect(auth):', python).join('\n');
  return [
    { fix: 'node-v4', subject: 'handlers', fault: () => use('io') },
    { fix: 'node-v3', subject: 'handlers-v3', fault: () => use('io') },
    { fix: 'express', subject: 'handlers-express', fault: () => use('io') },
    { fix: 'fastify', subject: 'handlers-fastify', fault: () => use('io') },
    { fix: 'next', subject: 'handlers-next', isSlow: true, fault: () => use('io') },
    { fix: 'nestjs', subject: 'handlers-nestjs', fault: () => `afterInit(server: Server) {\n${use('server')}\n}` },
    { fix: 'aiohttp', subject: 'handlers-aiohttp', fault: () => connect },
    { fix: 'asgi', subject: 'handlers-asgi', fault: () => connect },
    { fix: 'flask', subject: 'handlers-flask', fault: () => inFlask },
  ];
}

const PYTHON_REFUSAL = 'from socketio.exceptions import ConnectionRefusedError\n';
const REFUSE: Record<string, string> = {
  aiohttp: PYTHON_REFUSAL,
  asgi: PYTHON_REFUSAL,
  flask: 'from flask_socketio import ConnectionRefusedError\n',
};

const withoutCheck = inHandlers('', []).map((party) => ({ ...party, fault: nothing }));
const inGateway = inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`).filter(({ fix }) => fix === 'nestjs');
const withToken = { arguments: ({ server }: At) => `${quote(server)}, { auth: { token: "valid" } }` };
const inNamespace = (name: string) => ({ arguments: ({ server }: At) => quote(`${server}${name}`) });

/** One HTTP server with a Socket.IO server at its default path, and one at `path`. */
const atTwoPaths = (path: string) => async (lab: LabContext) => {
  const { http, port } = await startServer(lab, { cors: { origin: lab.page } });
  const other = new Server(http, { path, cors: { origin: lab.page } });
  other.on('connection', greet);
  lab.atEnd(() => other.engine.close());
  return [port];
};

type Greeted = Parameters<Parameters<Server['on']>[1]>[0];
const greet = (socket: Greeted) =>
  socket.on('hello', (name: string, answer: (text: string) => void) => answer(`Hello ${name}`));

const connectTo =
  (namespace: string): Fault =>
  ({ server }) =>
    `const socket = io(${quote(`${server}${namespace}`)});`;

export const namespaces: Proof[] = [
  ...each([...withoutCheck.filter(({ fix }) => fix !== 'nestjs'), ...inGateway], {
    rule: 'invalid-namespace',
    client: inNamespace('/admin'),
  }),
  {
    rule: 'invalid-namespace',
    fix: 'browser-client',
    subject: 'page',
    backends: atTwoPaths('/live/chat/'),
    fault: connectTo('/live/chat'),
  },
  {
    rule: 'namespace-used-as-path',
    fix: 'browser-client',
    subject: 'page',
    backends: atTwoPaths('/ws/'),
    fault: connectTo('/ws'),
  },
  {
    rule: 'namespace-used-as-path',
    fix: 'browser-client-address',
    subject: 'page',
    backends: async (lab) => [(await startServer(lab, { cors: { origin: lab.page } })).port],
    fault: connectTo('/ws'),
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
  // It looks for the token where the client does not send it.
  ...each(
    inHandlers('next(isValid(socket.handshake.query.token) ? undefined : new Error("jwt expired"));', [
      'raise ConnectionRefusedError("jwt expired")',
    ]).map((party) => ({ ...party, fault: (at: At) => `${REFUSE[party.fix] ?? ''}${party.fault(at)}` })),
    { rule: 'connect-error-auth', client: withToken },
  ),
  ...each(inHandlers('if (!isValid(socket.handshake.auth.token)) next();', ['print(auth["user"])']), {
    rule: 'connect-not-acknowledged',
    client: { ...withToken, waitsMs: 11_500 },
    isSlow: true,
  }),
];

const otherOrigin = '(request, callback) => callback(null, request.headers.origin === "https://other.example")';

export const refusals: Proof[] = [
  {
    rule: 'allow-request-forbidden',
    fix: 'node-v2',
    subject: 'node-v2',
    client: { version: 2 },
    fault: () => 'const io = require("socket.io")(httpServer, { origins: ["https://other.example:443"] });',
  },
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, allowRequest: ${otherOrigin} }`),
    { rule: 'allow-request-forbidden' },
  ),
  ...each(
    inNode(
      ({ page }) =>
        `{ allowEIO3: true, cors: { origin: ${quote(page)}, credentials: true }, allowRequest: ${otherOrigin} }`,
    ),
    { rule: 'allow-request-forbidden', variant: 'old client', client: { version: 2 } },
  ),
  ...each(
    inNode(() => '{ cors: { origin: (origin, callback) => callback(new Error("not allowed")) } }').filter(
      ({ fix }) => fix !== 'node-v3',
    ),
    { rule: 'middleware-rejected' },
  ),
];
