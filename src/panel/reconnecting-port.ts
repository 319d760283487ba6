import type * as v from 'valibot';
import type { RawPort, TypedPort } from '../messaging/port.ts';
import { typedPort } from '../messaging/port.ts';

export interface LineOptions<S extends v.GenericSchema, Out> {
  connect(): RawPort;
  incoming: S;
  /** What is said first on every connection. */
  greeting(): Out[];
  onMessage(message: v.InferOutput<S>): void;
  /** Nobody has answered for `LOST_AFTER_MS`; the tries go on. */
  onLost(): void;
}

export interface Line<Out> {
  /** Sends now, or as soon as there is a connection again. */
  send(message: Out): void;
  /** The other end has answered the greeting: the next loss starts again with a try at once. */
  confirm(): void;
  close(): void;
}

/** The browser ends the worker when it likes: the first new try is made at once, and wakes it. In ms. */
const RETRY_DELAYS_MS = [0, 100, 200, 400, 800, 1600];
/** A worker that was ended is back within a fraction of this; longer, and the user is told. */
const LOST_AFTER_MS = 4000;

/** A port that is opened again whenever the other end goes away. */
export function keepConnected<S extends v.GenericSchema, Out>(options: LineOptions<S, Out>): Line<Out> {
  let port: TypedPort<v.InferOutput<S>, Out> | null = null;
  let outbox: Out[] = [];
  let tries = 0;
  let closed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let lostTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    lostTimer ??= setTimeout(options.onLost, LOST_AFTER_MS);
    try {
      const opened = typedPort<S, Out>(options.connect(), options.incoming);
      opened.onMessage((message) => port === opened && options.onMessage(message));
      opened.onDisconnect(() => port === opened && reopen());
      port = opened;
      const messages = new Set([...options.greeting(), ...outbox]);
      outbox = [];
      for (const message of messages) opened.send(message);
    } catch {
      reopen();
    }
  }

  function reopen(): void {
    port = null;
    if (closed) return;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(open, RETRY_DELAYS_MS[Math.min(tries, RETRY_DELAYS_MS.length - 1)]);
    tries++;
  }

  function send(message: Out): void {
    if (port && trySend(port, message)) return;
    outbox.push(message);
    if (port) reopen();
  }

  open();
  return {
    send,
    confirm() {
      tries = 0;
      clearTimeout(lostTimer);
      lostTimer = undefined;
    },
    close() {
      closed = true;
      clearTimeout(retryTimer);
      clearTimeout(lostTimer);
      port?.disconnect();
    },
  };
}

/** A port whose other end has just gone throws before it tells so. */
function trySend<Out>(port: TypedPort<unknown, Out>, message: Out): boolean {
  try {
    port.send(message);
    return true;
  } catch {
    return false;
  }
}
