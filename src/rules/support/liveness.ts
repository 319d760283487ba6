/** Whether a connection stayed alive, and how it ended. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Session } from '../../model/session.ts';
import { isOpenedSocket, socketEndMs } from '../../model/web-socket.ts';
import { decodePollingBody } from '../../protocol/payload.ts';
import { observed } from './exchanges.ts';

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
    observed(session).some(({ requestBody, frames, target }) => {
      if (frames.some(({ data }) => data === '1')) return true;
      return requestBody.state === 'text' && hasClose(requestBody.text, target.eio ?? 4);
    })
  );
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
  return heard.length === 0 ? null : Math.max(...heard);
}
