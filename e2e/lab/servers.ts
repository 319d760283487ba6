import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Server, type ServerOptions } from 'socket.io';
import createV2Server from 'socket.io-v2';
import { Server as V3Server } from 'socket.io-v3';
import { Server as V30Server } from 'socket.io-v3-0';
import { Server as V41Server } from 'socket.io-v4-1';
import type { Certificate } from './certificates.ts';
import type { ClientPlan, ClientVersion, LabContext, Running } from './scenario.ts';

type ServerConfig = Partial<ServerOptions>;
type ClientOptions = Record<string, unknown>;

/** A Socket.IO v4 server that is up. */
export interface LabServer {
  io: Server;
  http: HttpServer;
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
  return { io, http, url: `http://localhost:${port}`, port, errors: watch(io) };
}

/** Starts two nodes that know nothing of each other, as behind a load balancer. */
export async function startNodes(
  lab: LabContext,
  config: ServerConfig,
): Promise<{ ports: number[]; errors: number[] }> {
  const nodes = [await startServer(lab, config), await startServer(lab, config)];
  const errors: number[] = [];
  for (const { io } of nodes) io.engine.on('connection_error', ({ code }: { code: number }) => errors.push(code));
  return { ports: nodes.map(({ port }) => port), errors };
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
  return { io, http, url: `https://localhost:${port}`, port, errors: watch(io) };
}

/** Hangs Socket.IO v4 on the page's own server, so that it has the page's origin. */
export function attachToPage(lab: LabContext, config: ServerConfig = {}): LabServer {
  const io = new Server(lab.pageServer, config);
  lab.atEnd(() => io.engine.close());
  return { io, http: lab.pageServer, url: lab.page, port: Number(new URL(lab.page).port), errors: watch(io) };
}

/** Starts Socket.IO v2 (2.5) on an origin of its own; resolves to its URL. It reports no `connection_error` events. */
export async function startV2Server(lab: LabContext, config: OlderConfig = {}): Promise<string> {
  const http = createServer();
  const io = createV2Server(http, config);
  io.on('connection', greet);
  lab.atEnd(() => io.engine.close());
  return `http://localhost:${await lab.listen(http)}`;
}

/** Starts Socket.IO 3.1.2, of the first line with `allowEIO3`. */
export function startV3Server(lab: LabContext, config: OlderConfig = {}): Promise<OlderServer> {
  return startOlder(lab, (http) => new V3Server(http, config));
}

/** Starts Socket.IO 3.0.5, which answers a client of Engine.IO 3 in the framing of 4. */
export function startV30Server(lab: LabContext, config: OlderConfig = {}): Promise<OlderServer> {
  return startOlder(lab, (http) => new V30Server(http, config));
}

/** Starts Socket.IO 4.1.1, a v4 of the first year. */
export function startV41Server(lab: LabContext, config: OlderConfig = {}): Promise<OlderServer> {
  return startOlder(lab, (http) => new V41Server(http, config));
}

type OlderConfig = Record<string, unknown>;

/** A Socket.IO server that is up, of a version before `connection_error` events. */
export interface OlderServer {
  io: V3Server;
  url: string;
  port: number;
  /** Stays empty: these versions report no errors. */
  errors: number[];
}

async function startOlder(lab: LabContext, create: (http: HttpServer) => V3Server): Promise<OlderServer> {
  const http = createServer();
  const io = create(http);
  io.on('connection', greet);
  lab.atEnd(() => io.close());
  const port = await lab.listen(http);
  return { io, url: `http://localhost:${port}`, port, errors: [] };
}

/** One v4 client that connects with `options` to a v4 server of another origin that is set up with `config`. */
export async function crossOrigin(lab: LabContext, config?: ServerConfig, options?: ClientOptions): Promise<Running> {
  const server = await startServer(lab, config);
  return clientOf(server, options);
}

/** One v4 client that connects with `options` to `server`, at `url` if that is not the server's own. */
export function clientOf(
  server: Pick<LabServer, 'url' | 'errors'>,
  options: ClientOptions = {},
  url = server.url,
): Running {
  return { client: plan(4, url, options), serverErrors: server.errors };
}

/** A plan of one connection. */
export function plan(version: ClientVersion, url: string, options: ClientOptions = {}): ClientPlan {
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

interface Echoer {
  on(event: 'echo', listener: (data: unknown, answer: (data: unknown) => void) => void): unknown;
}

/** Sends back what the page sends. */
export function echo(socket: Echoer): void {
  socket.on('echo', (data, answer) => answer(data));
}
