import type { JudgedExchange } from '../../model/exchange.ts';
import { decodeFrame, type EnginePacket } from '../../protocol/payload.ts';
import { statusOf } from './exchanges.ts';

/** Chromium's error text for bytes that are no WebSocket frame (net/websockets/websocket_frame_parser.cc). */
const INVALID_FRAME = 'Invalid frame header';

/** A WebSocket that the server accepted. */
export function isAccepted(exchange: JudgedExchange): boolean {
  return exchange.kind === 'websocket' && statusOf(exchange) === 101;
}

/** After the `101` came something that is no WebSocket frame. */
export function hasInvalidFrame(exchange: JudgedExchange): boolean {
  return isAccepted(exchange) && exchange.socketErrors.some((text) => text.includes(INVALID_FRAME));
}

/** Accepted, and failed before anything was received, for a reason that another extension blanks. */
export function failsBlanked(exchange: JudgedExchange): boolean {
  const { socketErrors: texts } = exchange;
  const isBlank = texts.length > 0 && texts.every((text) => text === '');
  return isAccepted(exchange) && isBlank && receivedPackets(exchange).length === 0;
}

/** Firefox shows no frames, and a file may leave them out: there "none" is not a fact. */
export function showsFrames(exchange: JudgedExchange): boolean {
  if (exchange.dialect === 'firefox') return false;
  return exchange.frames.length > 0 || exchange.source._webSocketMessages !== undefined;
}

/** The Engine.IO packets that came over a WebSocket, in order. */
export function receivedPackets(exchange: JudgedExchange): EnginePacket[] {
  const eio = exchange.target.eio ?? 4;
  return exchange.frames
    .filter(({ direction, binary }) => direction === 'receive' && !binary)
    .flatMap(({ data }) => decodeFrame(data, eio) ?? []);
}

/**
 * For how long a WebSocket had time to speak, ms: until it ended, or until now.
 *
 * @param nowMs the capture's clock
 */
export function aliveMs(exchange: JudgedExchange, nowMs: number): number {
  return exchange.ended ? (exchange.durationMs ?? 0) : nowMs - exchange.startedMs;
}
