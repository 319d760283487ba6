/** Addresses at which no Socket.IO is. */
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, IMPORT, inNode, inPython, inV2, type Parties, quote } from './parties.ts';

const atPath = { arguments: ({ server }: At) => `${quote(server)}, { path: "/live/" }` };

const onExpress: Fault = ({ page }) =>
  `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)} } });`;

/** A client that asks for `path`. @param more further options, after a comma */
export const byPath = (path: string, more = '') => ({
  arguments: ({ server }: At) => `${quote(server)}, { path: ${quote(path)}${more} }`,
});
const oldAtPath = { ...atPath, version: 2 } as const;

/** A route of the application answers there, with JSON. */
const atRoute = byPath('/status/live/');

/** The same with HTML. */
const atPage = byPath('/pages/live/');

const allowing: Fault = ({ page }) => `{ cors: { origin: ${quote(page)} } }`;
const allowingInPython: Fault = ({ page }) => `cors_allowed_origins=[${quote(page)}]`;

/** Socket.IO beside an Express application of its own, which is served on its port. */
export const onApp: Fault = ({ port, page }) =>
  `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const httpServer = createServer(app);
const io = new Server(httpServer, { cors: { origin: ${quote(page)} } });
httpServer.listen(${port});`;

const only = (fix: string, parties: Parties) => parties.filter((party) => party.fix === fix);

/** Whoever answers another path than Socket.IO's; in ASGI the application behind it. */
function inPaths(asgi: string): Parties {
  return [
    { fix: 'node-v4', subject: 'express', fault: onExpress },
    { fix: 'node-v3', subject: 'express-v3', fault: onExpress },
    { fix: 'express', subject: 'express-app', fault: onApp },
    ...only('nestjs', inNode(allowing)),
    ...only('fastify', inNode(allowing)),
    { fix: 'aiohttp', subject: 'aiohttp-attach', fault: () => 'sio.attach(app)' },
    { fix: 'asgi', subject: 'asgi-app', fault: () => asgi },
    ...only('flask', inPython(allowingInPython)),
  ];
}

const elsewhere: Fault = ({ page }) => `{ path: "/elsewhere/", cors: { origin: ${quote(page)} } }`;
const onServerElsewhere: Fault = (at) => `${IMPORT}\nconst io = new Server(httpServer, ${elsewhere(at)});`;

/** The same where the server has the path of its own: the client asks at the default one. */
const atElsewhere: Parties = [
  { fix: 'node-v4', subject: 'express', fault: onServerElsewhere },
  { fix: 'node-v3', subject: 'express-v3', fault: onServerElsewhere },
  ...only('nestjs', inNode(elsewhere)),
  ...only('fastify', inNode(elsewhere)),
  { fix: 'aiohttp', subject: 'aiohttp-attach', fault: () => 'sio.attach(app, socketio_path="elsewhere")' },
  { fix: 'asgi', subject: 'asgi-app', fault: () => 'app = socketio.ASGIApp(sio, socketio_path="elsewhere")' },
  ...only(
    'flask',
    inPython((at) => `${allowingInPython(at)}, path="elsewhere"`),
  ),
];

/** Without a web framework: nobody answers an upgrade of another path. */
const bySocket = byPath('/live/', ', transports: ["websocket"]');

export const paths: Proof[] = [
  ...each(inPaths('app = socketio.ASGIApp(sio)'), { rule: 'wrong-path-404', client: atPath }),
  ...each(
    inV2(() => '{}').map((party) => ({ ...party, subject: 'express-v2' })),
    { rule: 'wrong-path-404', client: oldAtPath },
  ),
  ...each(atElsewhere, { rule: 'wrong-path-404', variant: 'default path' }),
  ...each(
    inNode(elsewhere).filter(({ fix }) => fix !== 'express'),
    {
      rule: 'ws-path-unmatched',
      variant: 'default path',
      client: { arguments: ({ server }: At) => `${quote(server)}, { transports: ["websocket"] }` },
    },
  ),
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
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [
      (await startServer(lab, { cors: { origin: lab.page } }, (_, response) => response.writeHead(404).end())).port,
    ],
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/" });`,
  },
  ...each(inPaths('app = socketio.ASGIApp(sio, api)'), { rule: 'not-engineio-200', client: atRoute }),
  ...each(inPaths('app = socketio.ASGIApp(sio, page)'), { rule: 'spa-fallback-html', client: atPage }),
  ...each(
    inV2(() => '{}').map((party) => ({ ...party, subject: 'express-v2' })),
    { rule: 'spa-fallback-html', client: { ...atPage, version: 2 } },
  ),
  {
    rule: 'not-engineio-200',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [
      (
        await startServer(lab, { cors: { origin: lab.page } }, (_, response) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}'),
        )
      ).port,
    ],
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/" });`,
  },
  ...each(
    [
      ...inNode(allowing).filter(({ fix }) => fix !== 'express'),
      { fix: 'express', subject: 'express-app', fault: onApp },
    ],
    { rule: 'ws-path-unmatched', client: bySocket },
  ),
  ...each(
    inV2(() => '{}'),
    { rule: 'ws-path-unmatched', client: { ...bySocket, version: 2 } },
  ),
  {
    rule: 'ws-path-unmatched',
    fix: 'browser-client',
    subject: 'page',
    // No CORS: a WebSocket needs none.
    backends: behind(() => ({})),
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/", transports: ["websocket"] });`,
  },
];
