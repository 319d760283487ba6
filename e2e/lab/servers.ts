import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Server, type ServerOptions } from 'socket.io';
import createV2Server from 'socket.io-v2';
import type { Certificate } from './certificates.ts';
import type { ClientPlan, LabContext, Running } from './scenario.ts';

type ServerConfig = Partial<ServerOptions>;
type ClientOptions = Record<string, unknown>;

/** A Socket.IO v4 server that is up. */
export interface LabServer {
  io: Server;
  url: string;
  port: number;
  /** Codes of its `connection_error` events so far. */
  errors: number[];
}

/** Starts Socket.IO v4 on an origin of its own. `app` answers what Socket.IO does not take. */
export async function startServer(
  lab: LabContext,
  config: ServerConfig = {},
  app?: RequestListener,
): Promise<LabServer> {
  const http = createServer(app);
  const io = new Server(http, config);
  lab.atEnd(() => io.engine.close());
  const port = await lab.listen(http);
  return { io, url: `http://localhost:${port}`, port, errors: watch(io) };
}

/** The same over TLS. */
export async function startSecureServer(
  lab: LabContext,
  certificate: Certificate,
  config: ServerConfig = {},
): Promise<LabServer> {
  const http = createSecureServer(certificate);
  const io = new Server(http, config);
  lab.atEnd(() => io.engine.close());
  const port = await lab.listen(http);
  return { io, url: `https://localhost:${port}`, port, errors: watch(io) };
}

/** Hangs Socket.IO v4 on the page's own server, so that it has the page's origin. */
export function attachToPage(lab: LabContext, config: ServerConfig = {}): LabServer {
  const io = new Server(lab.pageServer, config);
  lab.atEnd(() => io.engine.close());
  return { io, url: lab.page, port: Number(new URL(lab.page).port), errors: watch(io) };
}

/** Starts Socket.IO v2 on an origin of its own; resolves to its URL. It reports no `connection_error` events. */
export async function startV2Server(lab: LabContext): Promise<string> {
  const http = createServer();
  const io = createV2Server(http);
  io.on('connection', greet);
  lab.atEnd(() => io.engine.close());
  return `http://localhost:${await lab.listen(http)}`;
}

/** One v4 client that connects with `options` to a v4 server of another origin that is set up with `config`. */
export async function crossOrigin(lab: LabContext, config?: ServerConfig, options?: ClientOptions): Promise<Running> {
  const server = await startServer(lab, config);
  return clientOf(server, options);
}

/** One v4 client that connects with `options` to `server`, at `url` if that is not the server's own. */
export function clientOf(server: LabServer, options: ClientOptions = {}, url = server.url): Running {
  return { client: plan(4, url, options), serverErrors: server.errors };
}

/** A plan of one connection. */
export function plan(version: 2 | 4, url: string, options: ClientOptions = {}): ClientPlan {
  return { version, connections: [{ url, options }] };
}

function watch(io: Server): number[] {
  const errors: number[] = [];
  io.engine.on('connection_error', ({ code }: { code: number }) => errors.push(code));
  io.on('connection', greet);
  return errors;
}

interface Greeter {
  on(event: 'hello', listener: (name: string, answer: (text: string) => void) => void): unknown;
}

/** The page says hello once it is connected, and shows the answer. */
export function greet(socket: Greeter): void {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
}
