import { createServer, type Server as HttpServer } from 'node:http';
import { connect, type Socket } from 'node:net';

/** Opens loopback ports and closes them again. */
export interface Ports {
  /** Listens on the next free port; resolves to it. */
  listen(server: HttpServer): Promise<number>;
  /** The next free port, for a program that does its own listening. */
  free(): Promise<number>;
  /** Closes every server, together with its connections. */
  close(): Promise<void>;
}

/** @param first the first port to try, the others follow; 0: any free ones. */
export function openPorts(first: number): Ports {
  const open = new Map<HttpServer, Set<Socket>>();
  let next = first;

  async function listen(server: HttpServer): Promise<number> {
    const port = first === 0 ? await tryPort(server, 0) : await firstFree(server, () => next++);
    open.set(server, connectionsOf(server));
    return port;
  }

  async function free(): Promise<number> {
    const server = createServer();
    const port = await listen(server);
    await close(server, open.get(server));
    open.delete(server);
    return port;
  }

  return {
    listen,
    free,
    close: async () => void (await Promise.all([...open].map(([server, sockets]) => close(server, sockets)))),
  };
}

/** Whether somebody listens there. */
export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const done = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

async function firstFree(server: HttpServer, nextPort: () => number): Promise<number> {
  for (;;) {
    const port = nextPort();
    if (await isTaken(port)) continue;
    try {
      return await tryPort(server, port);
    } catch (error) {
      if (!isAddressInUse(error)) throw error;
    }
  }
}

/** Somebody else on [::1] would be met by a browser that is sent to `localhost`. */
async function isTaken(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => accepts(port, host)));
  return answers.includes(true);
}

function tryPort(server: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve(portOf(server));
    });
  });
}

function portOf(server: HttpServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  return address.port;
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Upgraded connections too, which `server.closeAllConnections()` leaves alone. */
function connectionsOf(server: HttpServer): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function close(server: HttpServer, sockets: Iterable<Socket> = []): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
