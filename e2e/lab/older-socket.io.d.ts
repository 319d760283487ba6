/** Socket.IO 2 brings no types, and those of 3 and 4.1 are not where their packages say: these are the few names that the lab uses. */
declare module 'socket.io-v2' {
  import type { Server as HttpServer } from 'node:http';

  interface V2Socket {
    on(event: 'hello', listener: (name: string, answer: (text: string) => void) => void): unknown;
  }
  interface V2Server {
    on(event: 'connection', listener: (socket: V2Socket) => void): void;
    of(namespace: string): { on(event: 'connection', listener: (socket: V2Socket) => void): void };
    engine: { close(): void };
  }
  export default function createServer(http: HttpServer, options?: Record<string, unknown>): V2Server;
}

declare module 'socket.io-v3' {
  import type { Server as HttpServer } from 'node:http';

  interface V3Socket {
    on(event: 'hello', listener: (name: string, answer: (text: string) => void) => void): unknown;
    disconnect(close?: boolean): unknown;
  }
  export class Server {
    constructor(http: HttpServer, options?: Record<string, unknown>);
    on(event: 'connection', listener: (socket: V3Socket) => void): unknown;
    of(namespace: string): { on(event: 'connection', listener: (socket: V3Socket) => void): unknown };
    close(): void;
  }
}

declare module 'socket.io-v3-0' {
  export { Server } from 'socket.io-v3';
}

declare module 'socket.io-v4-1' {
  export { Server } from 'socket.io-v3';
}
