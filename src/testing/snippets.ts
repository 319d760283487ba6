/** Runs the server-side code of a fix as a user would: pasted where `httpServer` and `app` exist. */
import { createServer, type Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** What the snippet is asked, and what came back. */
export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

export interface RunningSnippet {
  ask(method: string, query: string, headers?: Record<string, string>, path?: string): Promise<Answer>;
  close(): Promise<void>;
}

const requireHere = createRequire(import.meta.url);

/** `require("socket.io")` in a snippet means the major that the snippet is for. */
function requireV2(name: string): unknown {
  return requireHere(name === 'socket.io' ? 'socket.io-v2' : name);
}

/** Runs code that configures Socket.IO on `httpServer`; what it listens on is left to the test. */
export async function runOnServer(code: string): Promise<RunningSnippet> {
  const httpServer = createServer();
  const [io] = evaluate(code, { httpServer });
  return runAround(httpServer, io);
}

/** Lets a server listen that is set up already, with a fault for instance. */
export async function runAround(httpServer: HttpServer, io: Closable): Promise<RunningSnippet> {
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  return running(httpServer, io);
}

/** Runs code that makes its own `httpServer` and listens. */
export async function runAlone(code: string): Promise<RunningSnippet> {
  const app = (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(404).end();
  const [io, httpServer] = evaluate(code, { app });
  if (!httpServer) throw new Error('the snippet makes no httpServer');
  if (!httpServer.listening) await new Promise((resolve) => httpServer.once('listening', resolve));
  return running(httpServer, io);
}

interface Closable {
  close(): unknown;
}

function evaluate(code: string, scope: Record<string, unknown>): [Closable, HttpServer | undefined] {
  const names = { Server, createServer, require: requireV2, console: { log: () => {} }, ...scope };
  const body = code.replace(/^import .*$/gm, '');
  const result = scope.httpServer ? 'return [io, undefined];' : 'return [io, httpServer];';
  return new Function(...Object.keys(names), `${body}\n${result}`)(...Object.values(names));
}

function running(httpServer: HttpServer, io: Closable): RunningSnippet {
  const { port } = httpServer.address() as AddressInfo;
  return {
    async ask(method, query, headers = {}, path = '/socket.io/') {
      const response = await fetch(`http://127.0.0.1:${port}${path}?${query}`, { method, headers });
      return { status: response.status, headers: response.headers, body: await response.text() };
    },
    async close() {
      io.close();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}
