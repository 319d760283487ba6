/** How long something may take before it tells, and what is still waited for. */
import type { Exchange } from './exchange.ts';
import type { SeenPacket } from './session.ts';
import { hidesFrames } from './web-socket.ts';

/** A handshake is answered at once: the server has nothing to wait for, ms. */
export const HANDSHAKE_WAIT_MS = 5_000;

/** A middleware may ask a database before it lets the client in, ms. */
export const CONNECT_WAIT_MS = 10_000;

/** engine.io's `upgradeTimeout`, ms: within it the probe is answered, or the upgrade is given up. */
export const UPGRADE_WAIT_MS = 10_000;

/** An upgrade begins right after the handshake; who polls this much later stays with it, ms. */
export const SETTLED_MS = 5_000;

/** CONNECT packets that nothing on their namespace came after: no CONNECT, no CONNECT_ERROR, no event. */
export function unansweredConnects(packets: readonly SeenPacket[]): SeenPacket[] {
  return packets.filter(
    (packet) =>
      packet.type === 'CONNECT' &&
      packet.direction === 'send' &&
      !packets.some(
        (other) => other.namespace === packet.namespace && other.direction === 'receive' && other.atMs >= packet.atMs,
      ),
  );
}

/** Whether all that the server sent from that moment on could be read, so that what is missing was not sent. */
export function isInboundVisible(exchanges: readonly Exchange[], sinceMs: number): boolean {
  return !exchanges.some((exchange) => hidesInbound(exchange) && endOf(exchange) >= sinceMs);
}

function hidesInbound(exchange: Exchange): boolean {
  if (exchange.kind === 'websocket') return hidesFrames(exchange);
  if (exchange.kind !== 'polling' || exchange.method !== 'GET' || exchange.response === null) return false;
  return exchange.response.body.state !== 'text' && exchange.response.body.state !== 'binary';
}

function endOf(exchange: Exchange): number {
  return exchange.durationMs === null || exchange.kind === 'websocket'
    ? Number.POSITIVE_INFINITY
    : exchange.startedMs + exchange.durationMs;
}
