/** Connections that begin well. */
import { startServer } from '../../lab/servers.ts';
import type { Proof } from '../proof.ts';
import { behind, each, inNode, quote } from './parties.ts';

const sendMuch = `await Promise.race([
  new Promise((resolve) => socket.once('disconnect', resolve)),
  new Promise((resolve) => socket.emit('upload', 'x'.repeat(200_000), resolve)),
]);
await new Promise((resolve) => setTimeout(resolve, 1_500));`;

export const stability: Proof[] = [
  ...each(
    // Before 4.5 a server does not say how much it takes.
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, maxHttpBufferSize: 100_000 }`).filter(
      ({ fix }) => fix === 'node-v4',
    ),
    { rule: 'payload-too-large', client: { act: sendMuch } },
  ),
  {
    rule: 'payload-too-large',
    fix: 'nginx',
    subject: 'nginx-location',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      io.on('connection', (socket) =>
        socket.on('upload', (data: string, answer: (size: number) => void) => answer(data.length)),
      );
      return [port];
    },
    client: { act: sendMuch, arguments: ({ server }) => `${quote(server)}, { transports: ["polling"] }` },
    transport: 'polling',
    fault: () => 'client_max_body_size 100k;',
  },
];

/** Longer than the proxies wait in the faults, and shorter than after the fix. */
const stayIdle = 'await new Promise((resolve) => setTimeout(resolve, 9_500));';

export const idle: Proof[] = each(
  [
    { fix: 'nginx', subject: 'nginx-location', fault: () => 'proxy_read_timeout 2s;' },
    { fix: 'haproxy', subject: 'haproxy-defaults', fault: () => 'timeout tunnel 2s' },
  ],
  {
    rule: 'idle-timeout-proxy',
    isSlow: true,
    backends: behind((page) => ({ cors: { origin: page } })),
    client: {
      act: stayIdle,
      arguments: ({ server }) => `${quote(server)}, { transports: ["websocket"], reconnectionDelay: 500 }`,
    },
  },
);
