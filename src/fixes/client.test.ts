import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkToken, renewToken } from './auth.ts';
import type { FixContext } from './context.ts';
import { sendAsAuth } from './cors.ts';
import { defineNamespace, pathOfNamespace } from './namespace.ts';

let io: Server;
let context: FixContext;
let socket: Socket | undefined;

beforeEach(() => start('/socket.io/'));

afterEach(async () => {
  socket?.disconnect();
  await io.close();
});

async function start(path: string): Promise<void> {
  const httpServer = createServer();
  io = new Server(httpServer, { path });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  context = { server: `http://127.0.0.1:${port}`, path: '/socket.io/', page: null, credentials: 'unknown', eio: 4 };
}

/** Runs a client's snippet with these names in scope; its socket is the result. */
function runClient(code: string, scope: Record<string, unknown> = {}): Socket {
  const names = { io: connect, console: { warn: () => {} }, ...scope };
  socket = new Function(...Object.keys(names), `${code}\nreturn socket;`)(...Object.values(names)) as Socket;
  return socket;
}

const connected = (client: Socket) => new Promise<void>((resolve) => client.once('connect', resolve));

describe('renewToken, run on Socket.IO 4', () => {
  it('gets in with the next token, although the client does not try again by itself', async () => {
    const seen: string[] = [];
    io.use((client, next) => {
      seen.push(client.handshake.auth.token);
      next(client.handshake.auth.token === 'fresh' ? undefined : new Error('jwt expired'));
    });
    const tokens = ['stale', 'fresh'];
    const waits: number[] = [];
    const later = (retry: () => void, ms: number) => {
      waits.push(ms);
      retry();
    };
    const code = renewToken(context, '/')[0]?.code ?? '';
    await connected(runClient(code, { getToken: async () => tokens.shift(), setTimeout: later }));
    expect([seen, waits]).toEqual([['stale', 'fresh'], [5000]]);
  });
});

describe('checkToken, run on Socket.IO 4', () => {
  it('refuses with the words that were seen, and never logs the token', async () => {
    const logged: unknown[][] = [];
    const code = checkToken(context, '/', 'jwt expired')[0]?.code ?? '';
    new Function('io', 'isValid', 'console', code)(io, () => false, {
      warn: (...words: unknown[]) => logged.push(words),
    });
    const client = runClient('const socket = io(server, { auth: { token: "secret" }, reconnection: false });', {
      server: context.server,
    });
    const error = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
    expect(error.message).toBe('jwt expired');
    expect(logged).toEqual([['refused:', ['token'], undefined]]);
  });
});

describe('sendAsAuth, run on Socket.IO 4', () => {
  it('brings the header’s value to the server', async () => {
    const arrived = new Promise((resolve) => io.on('connection', (client) => resolve(client.handshake.auth)));
    runClient(sendAsAuth(context, ['x-token'])[0]?.code ?? '');
    expect(await arrived).toEqual({ 'x-token': '<value of x-token>' });
  });
});

describe('defineNamespace and pathOfNamespace, run on Socket.IO 4', () => {
  it('lets the client join', async () => {
    new Function('io', 'console', defineNamespace(context, '/admin')[0]?.code ?? '')(io, { log: () => {} });
    const client = runClient('const socket = io(server + "/admin");', { server: context.server });
    await connected(client);
    expect(client.connected).toBe(true);
  });

  it('finds a server at the path that was written as a namespace', async () => {
    await io.close();
    await start('/ws/');
    const client = runClient(pathOfNamespace(context, '/ws').code);
    await connected(client);
    expect(client.connected).toBe(true);
  });
});
