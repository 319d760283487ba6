/** Faults for which there is no honest configuration of a real server: parties of the lab's own that have them. */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { accepts } from './ports.ts';
import type { LabContext } from './scenario.ts';

const FREEZING = fileURLToPath(new URL('freezing-server.mjs', import.meta.url));

/** Starts a real Socket.IO server, in a process of its own, that a client can freeze. Resolves to its URL. */
export async function startFreezingServer(lab: LabContext): Promise<string> {
  const port = await lab.freePort();
  const env = { ...process.env, LAB: JSON.stringify({ origin: lab.page, port }) };
  const child = spawn(process.execPath, [FREEZING], { stdio: 'ignore', env });
  // It stands still when it is asked to end.
  lab.atEnd(() => child.kill('SIGKILL'));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error('The server that freezes did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return `http://localhost:${port}`;
}

/** What a proxy in between does to answers and to upgraded connections. */
interface Meddling {
  /** ms that every poll takes at least. */
  holdsPolls?: number;
  /** Opens WebSockets, and lets nothing through. */
  swallowsFrames?: true;
}

/** Starts a proxy before `backend`. Resolves to its URL. */
export async function startMeddler(lab: LabContext, backend: number, { holdsPolls = 0, swallowsFrames }: Meddling) {
  const server = createServer((incoming, outgoing) => void passOn(incoming, outgoing, backend, holdsPolls));
  server.on('upgrade', (incoming, socket, head) => {
    const upstream = connect(backend, '127.0.0.1');
    const lines = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}`] : [],
    );
    upstream.write([`GET ${incoming.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    upstream.once('data', (answer) => socket.write(answer));
    if (!swallowsFrames) {
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    }
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
    }
  });
  return `http://localhost:${await lab.listen(server)}`;
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number, holdsPolls: number): void {
  const { method, url, headers } = incoming;
  const until = Date.now() + (method === 'GET' && url?.includes('sid=') ? holdsPolls : 0);
  const upstream = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      setTimeout(() => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
      }, until - Date.now());
    });
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
