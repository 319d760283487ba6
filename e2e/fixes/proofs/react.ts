/** React components that open connections where they should share one. */
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { quote } from './parties.ts';

/** A hook as it is often written: `effect` opens the connection, and calls `connected(socket)`. */
const hook = (effect: (at: At) => string, dependencies: string) => (at: At) =>
  `import { useEffect, useState } from "react";
import { io } from "socket.io-client";

export function useSocket(token) {
  const [state, setState] = useState({ socket: null, isConnected: false });
  const connected = (socket) => socket.on("connect", () => setState({ socket, isConnected: true }));
  const options = { auth: { token } };
  useEffect(() => {
    ${effect(at)}
  }, ${dependencies});
  return state;
}`;

const open = ({ server }: At) => `const socket = io(${quote(server)}, options);\n    connected(socket);`;
const openAndClose = (at: At) => `${open(at)}\n    return () => socket.disconnect();`;

/** Hidden and shown again, as by a router. */
const comesAndGoes = `for (let times = 0; times < 3; times += 1) {
  window.app.show(false);
  await new Promise((resolve) => setTimeout(resolve, 400));
  window.app.show(true);
  await new Promise((resolve) => setTimeout(resolve, 400));
}
await new Promise((resolve) => setTimeout(resolve, 2_500));`;

const backends: Proof['backends'] = async (lab) => [
  (await startServer(lab, { cors: { origin: lab.page }, pingInterval: 1_000 })).port,
];
const inReact = { fix: 'react', subject: 'react', backends, sessions: 1 } as const;

export const reactHooks: Proof[] = [
  { ...inReact, rule: 'connection-leak', client: { act: comesAndGoes }, fault: hook(open, '[]') },
  { ...inReact, rule: 'strict-mode-double-connect', rootCause: null, fault: hook(openAndClose, '[]') },
  // The options are a new object each time, so every rendering closes one connection and opens the next.
  {
    ...inReact,
    rule: 'reconnect-storm',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      // Slower than on loopback, where the storm would leave the browser no time for the panel.
      io.use((_socket, next) => void setTimeout(next, 200));
      return [port];
    },
    fault: hook(openAndClose, '[options]'),
  },
  {
    ...inReact,
    rule: 'connect-error-auth',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      io.use((socket, next) => next(socket.handshake.auth.token === 'valid' ? undefined : new Error('log in first')));
      return [port];
    },
    // It never hears of the login.
    fault: hook(openAndClose, '[]'),
  },
];
