import * as v from 'valibot';

/** The part of an extension port that messaging needs; `platform/` makes one of a real port, tests make a pair in memory. */
export interface RawPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onDisconnect(listener: () => void): () => void;
  disconnect(): void;
}

export interface TypedPort<In, Out> {
  send(message: Out): void;
  onMessage(listener: (message: In) => void): () => void;
  onDisconnect(listener: () => void): () => void;
  disconnect(): void;
}

/**
 * Wraps a raw port so that what arrives is parsed against `incoming` first. A message that does not fit is dropped and told
 * to `onRefused` (one sentence): it comes from another version of the extension, and must not stop this one.
 */
export function typedPort<S extends v.GenericSchema, Out>(
  raw: RawPort,
  incoming: S,
  onRefused: (problem: string) => void = (problem) => console.warn(problem),
): TypedPort<v.InferOutput<S>, Out> {
  return {
    send: (message) => raw.post(message),
    onMessage: (listener) =>
      raw.onMessage((message) => {
        const parsed = v.safeParse(incoming, message);
        if (parsed.success) listener(parsed.output);
        else onRefused(`message refused: ${v.summarize(parsed.issues)}`);
      }),
    onDisconnect: (listener) => raw.onDisconnect(listener),
    disconnect: () => raw.disconnect(),
  };
}

/** Two ends of a port in memory, delivering asynchronously and by structured clone, as the browser does. */
export function portPair(): [RawPort, RawPort] {
  const ends = [makeEnd(), makeEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0].port, ends[1].port];
}

interface End {
  peer: End | null;
  port: RawPort;
  messageListeners: Set<(message: unknown) => void>;
  disconnectListeners: Set<() => void>;
}

function makeEnd(): End {
  const end: End = {
    peer: null,
    messageListeners: new Set(),
    disconnectListeners: new Set(),
    port: undefined as never,
  };
  end.port = {
    post(message) {
      const { peer } = end;
      if (!peer) throw new Error('Attempting to use a disconnected port object');
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of peer.messageListeners) listener(copy);
      });
    },
    onMessage: (listener) => subscribe(end.messageListeners, listener),
    onDisconnect: (listener) => subscribe(end.disconnectListeners, listener),
    disconnect() {
      const { peer } = end;
      if (!peer) return;
      end.peer = null;
      peer.peer = null;
      queueMicrotask(() => {
        for (const listener of peer.disconnectListeners) listener();
      });
    },
  };
  return end;
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
