/** Requests of one session that reach several processes. */
import { startNginx } from '../../lab/nginx.ts';
import { startProgram } from '../../lab/program.ts';
import { startPython } from '../../lab/python.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startNodes } from '../../lab/servers.ts';
import type { Proof } from '../proof.ts';
import { type Fault, nothing, quote, withCredentials } from './parties.ts';

const twoNodes = async (lab: LabContext) => (await startNodes(lab, { cors: { origin: lab.page } })).ports;

const twoNodesForCookies = async (lab: LabContext) =>
  (await startNodes(lab, { cors: { origin: lab.page, credentials: true } })).ports;

const twoPythons = async (lab: LabContext) => {
  const config = { server: { cors_allowed_origins: [lab.page] } };
  return (await Promise.all([startPython(lab, config), startPython(lab, config)])).map(({ port }) => port);
};

const redis = async (lab: LabContext) => [
  (
    await startProgram(lab, 'redis', async ({ folder, port }) => ({
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    }))
  ).port,
];

/**
 * Processes that share a port, and nothing else. A connection that is kept open would stay with its process, and the first process
 * that listens would take all that comes until the others do.
 */
const unsteady: Fault = ({ port, page }) => `import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

if (cluster.isPrimary) {
  const workers = Array.from({ length: 4 }, () => cluster.fork());
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  for (const worker of workers) worker.send('listen');
} else {
  const httpServer = createServer();
  httpServer.maxRequestsPerSocket = 1;
  const io = new Server(httpServer, { cors: { origin: ${quote(page)} } });
  io.on('connection', onConnection);
  process.once('message', () => httpServer.listen(${port}));
  process.send('ready');
}`;

/** A client of another process hears what this one tells all, once that process has subscribed to Redis, which nobody waits for. */
const tellAll = `const processOf = (each) => each.emitWithAck('who');
const mine = await processOf(socket);
const others = [];
do others.unshift(io(socket.io.uri, { forceNew: true })); while ((await processOf(others[0])) === mine);
const told = new Promise((resolve) => others[0].once('told', resolve));
const telling = setInterval(() => socket.emit('tell', 'all'), 300);
await told;
clearInterval(telling);
for (const other of others) other.close();`;

export const stickiness: Proof[] = [
  { rule: 'sticky-session-missing', fix: 'nginx', subject: 'nginx-upstream', backends: twoNodes, fault: nothing },
  {
    rule: 'sticky-session-missing',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    backends: twoNodes,
    fault: () => 'balance roundrobin',
  },
  {
    rule: 'sticky-session-missing',
    // A page of the same origin sends the proxy's cookie.
    variant: 'cookie',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    backends: twoNodes,
    bringsPage: true,
    fault: () => 'balance roundrobin',
  },
  ...(['haproxy', 'apache'] as const).map(
    (fix): Proof => ({
      rule: 'sticky-session-missing',
      variant: 'cross-site cookie',
      fix,
      subject: fix === 'haproxy' ? 'haproxy-nodes' : 'apache-balancer',
      backends: twoNodesForCookies,
      isCrossSite: true,
      client: withCredentials,
      fault: () => (fix === 'haproxy' ? 'balance roundrobin' : ''),
    }),
  ),
  {
    rule: 'sticky-session-missing',
    fix: 'apache',
    subject: 'apache-balancer',
    backends: twoNodes,
    bringsPage: true,
    fault: nothing,
  },
  {
    rule: 'sticky-session-missing',
    fix: 'caddy',
    subject: 'caddy-balancer',
    backends: twoNodes,
    fault: () => 'lb_policy round_robin',
  },
  { rule: 'sticky-session-missing', fix: 'node-cluster', subject: 'node-cluster', fault: unsteady },
  {
    rule: 'sticky-session-missing',
    fix: 'node-cluster-redis',
    subject: 'node-cluster',
    backends: redis,
    client: { act: tellAll },
    fault: unsteady,
  },
  {
    rule: 'sticky-session-missing',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const nodes = await startNodes(lab, { cors: { origin: lab.page } });
      return [Number(new URL(await startNginx(lab, nodes.ports)).port)];
    },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  {
    rule: 'python-multiworker',
    rootCause: 'sticky-session-missing',
    fix: 'python',
    subject: 'gunicorn',
    // A connection of its own for each request: kept open, it leads to the same worker again.
    front: startNginx,
    // All at once: the first worker that is there would take all that comes until the others are.
    fault: () => 'gunicorn -k uvicorn.workers.UvicornWorker -w 4 --preload server:app',
    // A WebSocket would stay with its worker, and a few requests may reach the same one by chance.
    client: {
      arguments: ({ server }) => `${quote(server)}, { transports: ['polling'] }`,
      act: "for (let said = 0; said < 12; said += 1) await socket.emitWithAck('hello', 'again');",
    },
    transport: 'polling',
  },
  {
    rule: 'python-multiworker',
    rootCause: 'sticky-session-missing',
    fix: 'nginx',
    subject: 'nginx-upstream',
    backends: twoPythons,
    fault: nothing,
  },
];
