/** The matrix's cases as scenarios of a lab: few servers and proxies, each shared by the cases that it fits. */
import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import createV2Server from 'socket.io-v2';
import { Server as V3Server } from 'socket.io-v3';
import { startHaproxy } from '../lab/haproxy.ts';
import { startNginx } from '../lab/nginx.ts';
import type { LabContext, Scenario } from '../lab/scenario.ts';
import { greet, plan } from '../lab/servers.ts';
import { type Case, idOf } from './cases.ts';

/** Makes scenarios for one lab: those that fit together share their servers there. */
export function matrixScenarios(cases: readonly Case[]): Scenario[] {
  const started = new Map<string, Promise<Node>>();
  return cases.map((one) => ({
    id: idOf(one),
    title: 'A connection that works.',
    group: 'healthy',
    needs: one.route === 'direct' ? undefined : one.route,
    expected: { rootCause: null, status: 'healthy' },
    truth: () => ({
      clientError: null,
      transport: one.transports === 'polling' ? 'polling' : 'websocket',
      serverError: null,
      corsError: null,
    }),
    async start(lab) {
      const { port, path, errors } = await once(started, serverKey(one), () => startServer(lab, one));
      const { url } = await once(started, `${one.route} ${port}`, () => startRoute(lab, one, port));
      const client = plan(one.client, url, { ...TRANSPORTS[one.transports], ...credentials(one), path });
      return { client, serverErrors: errors };
    },
  }));
}

/** A Socket.IO server, or a proxy before it. */
interface Node {
  url: string;
  port: number;
  path: string;
  errors: number[];
}

const TRANSPORTS = { polling: { transports: ['polling'] }, websocket: { transports: ['websocket'] }, both: {} };

function once(started: Map<string, Promise<Node>>, key: string, start: () => Promise<Node>): Promise<Node> {
  const node = started.get(key) ?? start();
  started.set(key, node);
  return node;
}

/** A v2 client sends credentials unless it is told not to, a later one the other way round. */
function credentials({ client, origin }: Case): { withCredentials?: boolean } {
  if (origin === 'credentials') return client === 2 ? {} : { withCredentials: true };
  return origin === 'cross' && client === 2 ? { withCredentials: false } : {};
}

function serverKey({ client, server, origin }: Case): string {
  return `server-${server}-${origin}${client === 2 ? '-for-2' : ''}`;
}

/** With the page's origin it is a part of the page's server, at a path of its own; otherwise it has an origin and the usual path. */
async function startServer(lab: LabContext, one: Case): Promise<Node> {
  const isSame = one.origin === 'same';
  const http = isSame ? lab.pageServer : createServer();
  const path = isSame ? `/${serverKey(one)}` : '/socket.io';
  const errors = attach(lab, http, one, { ...config(lab, one), path, serveClient: false });
  const port = isSame ? Number(new URL(lab.page).port) : await lab.listen(http);
  return { url: `http://localhost:${port}`, port, path, errors };
}

/** Cookies only where they are the point: with them, HAProxy's stickiness has something to go by. */
function config(lab: LabContext, { client, server, origin }: Case): Record<string, unknown> {
  const allowEIO3 = client === 2 && server !== 2 ? { allowEIO3: true } : {};
  if (origin === 'same' || server === 2) return allowEIO3;
  if (origin === 'cross') return { ...allowEIO3, cors: { origin: lab.page } };
  return { ...allowEIO3, cors: { origin: lab.page, credentials: true }, cookie: { name: 'io' } };
}

/** Returns the codes of the server's `connection_error` events, which only v4 has. */
function attach(lab: LabContext, http: HttpServer, { server }: Case, options: Record<string, unknown>): number[] {
  const errors: number[] = [];
  if (server === 2) {
    const io = createV2Server(http, options);
    io.on('connection', greet);
    lab.atEnd(() => io.engine.close());
  } else if (server === 3) {
    const io = new V3Server(http, options);
    io.on('connection', greet);
    lab.atEnd(() => io.close());
  } else {
    const io = new Server(http, options);
    io.on('connection', greet);
    io.engine.on('connection_error', ({ code }: { code: number }) => errors.push(code));
    lab.atEnd(() => io.engine.close());
  }
  return errors;
}

async function startRoute(lab: LabContext, { route }: Case, port: number): Promise<Node> {
  const at = { port, path: '/', errors: [] };
  if (route === 'nginx') return { ...at, url: await startNginx(lab, port) };
  if (route === 'haproxy') return { ...at, url: await startHaproxy(lab, port) };
  return { ...at, url: `http://localhost:${port}` };
}
