/**
 * Firefox's own remote control, spoken directly: `length:[0, id, command, parameters]` over TCP, answered by
 * `length:[1, id, error, result]`. Source: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
import { connect, type Socket } from 'node:net';
import * as v from 'valibot';

export interface Marionette {
  /** Sends a command; resolves to its result, rejects with Firefox's own words. */
  send(command: string, parameters?: Record<string, unknown>): Promise<unknown>;
  close(): void;
}

const answer = v.tuple([
  v.literal(1),
  v.number(),
  v.nullable(v.object({ error: v.string(), message: v.string() })),
  v.unknown(),
]);

/** Connects to the Marionette of a Firefox that listens on `port`, and starts a session. */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = connect({ host: '127.0.0.1', port });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  const endAll = () => {
    for (const { reject } of pending.values()) reject(new Error('Firefox has ended'));
    pending.clear();
  };
  socket.on('error', endAll).on('close', endAll);
  onMessage(socket, (text) => {
    // The greeting is no answer.
    const read = v.safeParse(answer, JSON.parse(text));
    if (!read.success) return;
    const [, id, error, result] = read.output;
    const waiting = pending.get(id);
    pending.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  });

  const marionette: Marionette = {
    send(command, parameters = {}) {
      lastId += 1;
      const id = lastId;
      const message = Buffer.from(JSON.stringify([0, id, command, parameters]));
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
      });
    },
    close: () => void socket.destroy(),
  };
  await marionette.send('WebDriver:NewSession');
  return marionette;
}

/** Cuts the stream into messages. `length` counts bytes. */
function onMessage(socket: Socket, take: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(':');
      const end = colon + 1 + Number(rest.subarray(0, colon).toString());
      if (colon < 0 || rest.length < end) return;
      take(rest.subarray(colon + 1, end).toString());
      rest = rest.subarray(end);
    }
  });
}
