import type { JudgedExchange } from '../../model/exchange.ts';
import { statusOf } from './exchanges.ts';

/** engine.io answers an overlapping request with nothing but the status: 500 up to 5.x, 400 from 6.4 on (`lib/transports/polling.ts`). */
const STATUSES = [400, 500];

/**
 * The request of the same sid and method that was still under way when this one came, which the server answered with an error
 * and no text. Null when there is none.
 *
 * @param others requests of the same session
 */
export function overlaps(exchange: JudgedExchange, others: readonly JudgedExchange[]): JudgedExchange | null {
  if (exchange.kind !== 'polling' || exchange.target.sid === null || !STATUSES.includes(statusOf(exchange)))
    return null;
  if (!hasNoText(exchange)) return null;
  return others.find((other) => other !== exchange && isUnderWay(other, exchange)) ?? null;
}

function isUnderWay(other: JudgedExchange, exchange: JudgedExchange): boolean {
  if (other.kind !== 'polling' || other.method !== exchange.method || other.target.sid !== exchange.target.sid)
    return false;
  if (other.outcome === 'failed' && other.response === null && other.durationMs === 0) return false;
  const endMs = other.durationMs === null ? Number.POSITIVE_INFINITY : other.startedMs + other.durationMs;
  return other.startedMs <= exchange.startedMs && endMs > exchange.startedMs;
}

/** Empty as far as can be told: an error with a text names the text's type. */
function hasNoText({ response }: JudgedExchange): boolean {
  if (response?.body.state === 'empty') return true;
  const hasType = response?.headers.some(({ name }) => name.toLowerCase() === 'content-type') ?? true;
  return response?.body.state !== 'text' && !hasType;
}
