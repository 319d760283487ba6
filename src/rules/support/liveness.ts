/** Whether a connection stayed alive, and how it ended. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { hidesFrames, isOpenedSocket, socketEndMs } from '../../model/web-socket.ts';
import { decodePollingBody } from '../../protocol/payload.ts';
import { bodyText, isHandshake, observed } from './exchanges.ts';
import { heartbeatOf } from './handshake.ts';
import { areOfDifferentLoads } from './page-loads.ts';

/** Whether the connection is open and a heartbeat went over it: what ended earlier ones did not end it. */
export function keptAlive(session: Session): boolean {
  return session.state === 'connected' && session.steps.some(({ kind }) => kind === 'heartbeat');
}

/** Whether a namespace is joined, and neither side left it. */
export function isJoined(session: Session): boolean {
  return session.namespaces.some(({ state }) => state === 'connected');
}

/** A WebSocket that carried a session and whose end was seen. Not in Firefox, which shows no end. */
export interface EndedSocket {
  session: Session;
  exchange: JudgedExchange;
  endMs: number;
  lastFrame: JudgedExchange['frames'][number];
}

/** The ended WebSockets of a session. */
export function endedSockets(session: Session): EndedSocket[] {
  return observed(session).flatMap((exchange) => {
    const endMs = isOpenedSocket(exchange) ? socketEndMs(exchange) : null;
    const lastFrame = exchange.frames.at(-1);
    return endMs === null || !lastFrame ? [] : [{ session, exchange, endMs, lastFrame }];
  });
}

/** Whether either side said goodbye: a close packet, or DISCONNECT on a namespace. */
export function saidGoodbye(session: Session): boolean {
  return (
    session.packets.some(({ type }) => type === 'DISCONNECT') ||
    observed(session).some((exchange) => exchange.frames.some(({ data }) => data === '1') || postsClose(exchange))
  );
}

/** Whether the page says over polling that it closes the connection, alone or after what was left to send (`41`). */
export function postsClose({ requestBody, target }: JudgedExchange): boolean {
  return requestBody.state === 'text' && hasClose(requestBody.text, target.eio ?? 4);
}

function hasClose(body: string, eio: number): boolean {
  return decodePollingBody(body, eio)?.some(({ type }) => type === 'close') ?? false;
}

/** When the server was last heard, ms since the epoch: a frame, or an answer to a poll; null when never. */
export function lastHeardMs(session: Session): number | null {
  const heard = observed(session).flatMap((exchange) => [
    ...exchange.frames.filter(({ direction }) => direction === 'receive').map(({ atMs }) => atMs),
    ...(exchange.kind === 'polling' && exchange.response && exchange.durationMs !== null
      ? [exchange.startedMs + exchange.durationMs]
      : []),
  ]);
  return heard.reduce<number | null>((latest, atMs) => Math.max(latest ?? atMs, atMs), null);
}

/** The longest that the client's own backoff waits before its first attempts, and some slack, ms. */
const RECONNECT_MS = 6_000;
const GRAIN_MS = 500;

/** A connection on which the server fell silent, and the handshake by which the client shows that it gave it up. */
export interface Silence {
  session: Session;
  /** The exchange that the server was heard on last. */
  exchange: JudgedExchange;
  heardMs: number;
  patienceMs: number;
  next: { session: Session; exchange: JudgedExchange };
}

/**
 * Connections that were given up by the client's heartbeat timer. A dead WebSocket's entry never ends; the proof is the next
 * handshake, `pingInterval + pingTimeout` (and the reconnection delay) after the server was heard last.
 */
export function silences(endpoint: Endpoint): Silence[] {
  const handshakes = endpoint.sessions.flatMap((session) =>
    observed(session)
      .filter(isHandshake)
      .map((exchange) => ({ session, exchange })),
  );
  return endpoint.sessions.flatMap((session) => {
    const patienceMs = heartbeatOf(session)?.patienceMs;
    const heardMs = lastHeardMs(session);
    if (patienceMs === undefined || heardMs === null || !isJoined(session) || saidGoodbye(session)) return [];
    if (mayBeHeardElsewhere(session)) return [];
    const givenUpMs = heardMs + patienceMs;
    const endedBefore = endedSockets(session).some(({ endMs }) => endMs < givenUpMs - GRAIN_MS);
    const next = endedBefore ? undefined : handshakeBetween(handshakes, session, givenUpMs);
    const exchange = observed(session).findLast(({ kind }) => kind === 'polling' || kind === 'websocket');
    return next && exchange ? [{ session, exchange, heardMs, patienceMs, next }] : [];
  });
}

/** On a WebSocket whose frames are not shown, or one that the panel has not looked for: a poll was let go (`6`) for it. */
function mayBeHeardElsewhere(session: Session): boolean {
  const exchanges = observed(session);
  if (exchanges.some(hidesFrames)) return true;
  return !exchanges.some(isOpenedSocket) && exchanges.some((exchange) => bodyText(exchange) === '6');
}

function handshakeBetween(all: readonly Silence['next'][], own: Session, fromMs: number): Silence['next'] | undefined {
  return all.find(
    ({ session, exchange: { startedMs } }) =>
      session !== own &&
      !areOfDifferentLoads(session, own) &&
      startedMs >= fromMs - GRAIN_MS &&
      startedMs <= fromMs + RECONNECT_MS,
  );
}
