/** The parties that a fault can strike, each with a source that holds it. */
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import { isOfPage } from '../page.ts';
import type { At, Proof } from '../proof.ts';
import { SUBJECTS, startSubject } from '../subjects.ts';

export type Fault = (at: At) => string;
export type Parties = Pick<Proof, 'fix' | 'subject' | 'fault' | 'isSlow'>[];

export const IMPORT = "import { Server } from 'socket.io';";

export const nothing: Fault = () => '';
export const quote = (value: string) => JSON.stringify(value);

/** One Node.js server with these options (JavaScript), as each framework writes it, and `more` that is done with `io`. */
export function inNode(options: Fault, more: Fault = nothing): Parties {
  const serverOn = (http: string, at: At) => `${IMPORT}\nconst io = new Server(${http}, ${options(at)});\n${more(at)}`;
  const server: Fault = (at) => serverOn('httpServer', at);
  return [
    { fix: 'node-v4', subject: 'node-v4', fault: server },
    { fix: 'node-v3', subject: 'node-v3', fault: server },
    {
      fix: 'express',
      subject: 'express',
      fault: (at) => `import cors from 'cors';\napp.use(cors({ origin: ${quote(at.page)} }));\n${server(at)}`,
    },
    {
      fix: 'nestjs',
      subject: 'nestjs',
      fault: (at) => `const more = (gateway) => {
  gateway.prototype.afterInit = (io) => {
    ${more(at)}
  };
};
@more
@WebSocketGateway(${options(at)})`,
    },
    { fix: 'fastify', subject: 'fastify', fault: (at) => serverOn('app.server', at) },
    { fix: 'next', subject: 'next', isSlow: true, fault: (at) => customServer(server(at)) },
  ];
}

/** A Next.js application's own server. @param io what is done with its `httpServer` */
export const customServer = (io: string) => `import { createServer } from 'node:http';
import next from 'next';
const app = next({ dev: process.env.NODE_ENV !== 'production' });
await app.prepare();
const httpServer = createServer(app.getRequestHandler());
${io}
httpServer.listen(process.env.PORT);`;

/** Its fixes have a server of their own only where the routes are concerned, too. */
export const notExpress = ({ fix }: { fix: string }) => fix !== 'express';

/** One Socket.IO 2 server with these options, and a client of its age. */
export function inV2(options: Fault): Parties {
  const fault: Fault = (at) => `const io = require("socket.io")(httpServer, ${options(at)});`;
  return [{ fix: 'node-v2', subject: 'node-v2', fault }];
}

/** One python-socketio server with these keyword arguments, in each framework. */
export function inPython(keywords: Fault): Parties {
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
export function inProxies(nginx: Fault, haproxy: Fault, apache: Fault, caddy: Fault): Parties {
  return [
    { fix: 'nginx', subject: 'nginx-location', fault: nginx },
    { fix: 'haproxy', subject: 'haproxy-backend', fault: haproxy },
    { fix: 'apache', subject: 'apache-headers', fault: apache },
    { fix: 'caddy', subject: 'caddy-site', fault: caddy },
  ];
}

/** A Socket.IO v4 server behind the subject. */
export const behind = (config: (page: string) => Parameters<typeof startServer>[1]) => async (lab: LabContext) => [
  (await startServer(lab, config(lab.page))).port,
];

/** A party's own server, for a page whose code is the subject. */
export const servedBy =
  ({ subject, fault }: Parties[number]) =>
  async (lab: LabContext) => {
    if (isOfPage(subject)) throw new Error('A page serves nobody');
    const port = await lab.freePort();
    const at = { page: lab.page, port, backends: [], server: `http://localhost:${port}` };
    return [(await startSubject(lab, SUBJECTS[subject], fault(at), at)).port];
  };

/** The same without CORS, beside a route that allows `page`. */
export const withRoute = async (lab: LabContext, page: string) => {
  const headers = { 'access-control-allow-origin': page };
  return [(await startServer(lab, {}, (_, response) => response.writeHead(200, headers).end('{}'))).port];
};

/** What a v2 client asks leave for, within a session: over polling its binary messages have a type of their own. */
export const sendBinary = `socket.emit('data', new Uint8Array(1_000).buffer);
await new Promise((resolve) => setTimeout(resolve, 1_500));`;

export function each(parties: Parties, proof: Omit<Proof, 'fix' | 'subject' | 'fault'>): Proof[] {
  return parties.map((party) => ({ ...proof, ...party }));
}

export const withCredentials = { arguments: ({ server }: At) => `${quote(server)}, { withCredentials: true }` };
