import type { JudgedExchange } from '../../model/exchange.ts';
import { bodyText, mediaType, statusOf } from './exchanges.ts';

/** What python-engineio says with a `400`: a JSON string, sent as `text/plain` (python-engineio, `server.py`, `_bad_request`). */
export function pythonRefusal(exchange: JudgedExchange): string | null {
  if (statusOf(exchange) !== 400 || !isPolling(exchange)) return null;
  const text = bodyText(exchange);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** A handshake's `400` in plain text that the page was not given: Node's are `application/json`. */
export function hidesPlainRefusal(exchange: JudgedExchange): boolean {
  const state = exchange.response?.body.state;
  if (statusOf(exchange) !== 400 || !isPolling(exchange) || exchange.target.sid !== null) return false;
  return (state === 'hidden' || state === 'not-captured') && mediaType(exchange) === 'text/plain';
}

function isPolling({ kind, method }: JudgedExchange): boolean {
  return kind === 'polling' && (method === 'GET' || method === 'POST');
}

/** Stands for a body that is not known, in the evidence. */
export function unreadBody(exchange: JudgedExchange): string {
  return exchange.response?.body.state === 'hidden' ? '(withheld from the page)' : '(not captured)';
}
