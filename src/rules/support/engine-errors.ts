import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import { readServerError, type ServerError } from '../../protocol/payload.ts';
import { bodyText, isHandshake, isSuccess, mayBeEngineIo, mediaType, statusOf } from './exchanges.ts';
import { pythonRefusal, unreadBody } from './python.ts';

/** Codes of engine.io's errors (`lib/server.ts`, `errors`). */
export const CODES = { UNKNOWN_TRANSPORT: 0, UNKNOWN_SID: 1, BAD_REQUEST: 3, FORBIDDEN: 4 } as const;

/** What an Engine.IO server said with an error; null when it said nothing, or it could not be read. Rust sends codes as strings. */
export function engineError(exchange: JudgedExchange): ServerError | null {
  if (exchange.kind !== 'polling' || statusOf(exchange) < 400) return null;
  return readServerError(bodyText(exchange) ?? '');
}

/** Whether it said this code. */
export function saysCode(exchange: JudgedExchange, code: number): boolean {
  const error = engineError(exchange);
  return error !== null && String(error.code) === String(code);
}

/** Whether an error of this status may be Engine.IO's own: JSON that the page was not given, or that was not captured. */
export function mayHideCode(exchange: JudgedExchange, status: number): boolean {
  const state = exchange.response?.body.state;
  if (exchange.kind !== 'polling' || statusOf(exchange) !== status) return false;
  return (state === 'hidden' || state === 'not-captured') && mediaType(exchange) === 'application/json';
}

/**
 * Whether the handshake got to the Socket.IO server: with success, or it said so in its own words. Any other error may come from
 * what stands before it, a proxy or a limit, and says nothing of what the request would have met behind that.
 */
export function isServed(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || !isHandshake(exchange)) return false;
  if (isSuccess(exchange)) return mayBeEngineIo(exchange);
  return engineError(exchange) !== null || pythonRefusal(exchange) !== null;
}

/** Whether the server gave the handshake a sid, as far as the status tells: it is past all that it refuses a handshake for. */
export function isGranted(exchange: JudgedExchange): boolean {
  return isSuccess(exchange) && isServed(exchange);
}

/** The body of an error as evidence; what could not be read is named so. */
export function errorBody(exchange: JudgedExchange): Evidence {
  const actual = bodyText(exchange) ?? unreadBody(exchange);
  return { exchange: exchange.key, where: 'body', name: 'body', expected: null, actual };
}
