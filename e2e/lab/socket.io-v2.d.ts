/** Socket.IO 2 brings no types; these are the few names that the lab uses. */
declare module 'socket.io-v2' {
  import type { Server as HttpServer } from 'node:http';

  interface V2Socket {
    on(event: 'hello', listener: (name: string, answer: (text: string) => void) => void): unknown;
  }
  interface V2Server {
    on(event: 'connection', listener: (socket: V2Socket) => void): void;
    engine: { close(): void };
  }
  export default function createServer(http: HttpServer, options?: Record<string, unknown>): V2Server;
}
