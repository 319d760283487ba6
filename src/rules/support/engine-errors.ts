import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import { readServerError, type ServerError } from '../../protocol/payload.ts';
import { bodyText, isHandshake, isSuccess, mayBeEngineIo, mediaType, statusOf } from './exchanges.ts';
import { pythonRefusal, unreadBody } from './python.ts';

/** Codes of engine.io's errors (`lib/server.ts`, `errors`). */
export const CODES = {
  UNKNOWN_TRANSPORT: 0,
  UNKNOWN_SID: 1,
  BAD_REQUEST: 3,
  FORBIDDEN: 4,
  UNSUPPORTED_PROTOCOL_VERSION: 5,
} as const;

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
 * Whether the handshake got to the Socket.IO server: with success, or it said so in its own words, or in JSON that was withheld. Any
 * other error may come from what stands before it, a proxy or a limit, and says nothing of what the request would have met behind that.
 */
export function isServed(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || !isHandshake(exchange)) return false;
  if (isSuccess(exchange)) return mayBeEngineIo(exchange);
  return engineError(exchange) !== null || pythonRefusal(exchange) !== null || mayHideCode(exchange, 400);
}

/** Whether the server gave the handshake a sid, as far as the status tells: it is past all that it refuses a handshake for. */
export function isGranted(exchange: JudgedExchange): boolean {
  return isSuccess(exchange) && isServed(exchange);
}

/** A v3+ server that takes no v2 client says so; the Go port the same under another code. */
export function refusesEio3(exchange: JudgedExchange): boolean {
  return engineError(exchange)?.message === UNSUPPORTED || saysCode(exchange, CODES.UNSUPPORTED_PROTOCOL_VERSION);
}

const UNSUPPORTED = 'Unsupported protocol version';

/** The same where what it said may be hidden. Python answers `text/plain`. */
export function mayRefuseEio3(exchange: JudgedExchange): boolean {
  return (
    isEio3Handshake(exchange) && statusOf(exchange) === 400 && (refusesEio3(exchange) || mayHideCode(exchange, 400))
  );
}

function isEio3Handshake({ kind, target }: JudgedExchange): boolean {
  return kind === 'polling' && target.eio === 3 && target.sid === null;
}

/** The body of an error as evidence; what could not be read is named so. */
export function errorBody(exchange: JudgedExchange): Evidence {
  const actual = bodyText(exchange) ?? unreadBody(exchange);
  return { exchange: exchange.key, where: 'body', name: 'body', expected: null, actual };
}
