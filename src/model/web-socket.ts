/** What is known of a WebSocket from its exchange. */
import type { Exchange, Frame } from './exchange.ts';

/**
 * Whether the handshake succeeded: 101, or over HTTP/2 a 200 (RFC 8441, 5). A 200 counts only together with frames, since
 * over HTTP/1.1 it is the answer of something that speaks no WebSocket.
 */
export function isOpenedSocket({ kind, response, frames }: Exchange): boolean {
  if (kind !== 'websocket' || response === null) return false;
  return response.status === 101 || (response.status === 200 && frames.length > 0);
}

/** Whether a WebSocket was opened whose frames are not shown: in Firefox, and in a file that leaves them out. */
export function hidesFrames(exchange: Exchange): boolean {
  return isOpenedSocket(exchange) && exchange.frames.length === 0 && exchange.source._webSocketMessages === undefined;
}

/** The client's own words for having closed it first (Blink, `WebSocketChannelImpl::Close`): no fault of the WebSocket. */
const GIVEN_UP = 'WebSocket is closed before the connection is established';

/** Whether the page closed the WebSocket before it was open. */
export function wasGivenUp({ socketErrors }: Pick<Exchange, 'socketErrors'>): boolean {
  return socketErrors.some((text) => text.includes(GIVEN_UP));
}

/** When it ended, ms since the epoch; null while it is open, and where the browser does not show it (Firefox). */
export function socketEndMs({ ended, startedMs, durationMs, dialect }: Exchange): number | null {
  return ended && durationMs !== null && dialect !== 'firefox' ? startedMs + durationMs : null;
}

/** Bytes of a frame's content. One that the recorder cut counts whole, and as if every character were one byte. */
export function frameBytes({ data, binary, length }: Frame): number {
  if (binary) return Math.floor(((length ?? data.length) * 3) / 4);
  return length ?? new TextEncoder().encode(data).length;
}
