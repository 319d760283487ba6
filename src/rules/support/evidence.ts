import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import { headerValue } from '../../model/headers.ts';
import { responseHeader, statusOf } from './exchanges.ts';

/** A response header as it was (null: absent) beside what the browser needed there. */
export function headerEvidence(exchange: JudgedExchange, name: string, expected: string | null): Evidence {
  return { exchange: exchange.key, where: 'response header', name, expected, actual: responseHeader(exchange, name) };
}

/** A request header that decides the case. */
export function requestEvidence(exchange: JudgedExchange, name: string, expected: string | null = null): Evidence {
  const actual = headerValue(exchange.requestHeaders, name);
  return { exchange: exchange.key, where: 'request header', name, expected, actual };
}

/** The status of a response beside the one that a working connection has. */
export function statusEvidence(exchange: JudgedExchange, expected: string): Evidence {
  return { exchange: exchange.key, where: 'status', name: 'status', expected, actual: String(statusOf(exchange)) };
}

/** The browser's own word for the failure. */
export function errorEvidence(exchange: JudgedExchange, actual: string | null): Evidence {
  return { exchange: exchange.key, where: 'error', name: 'error', expected: null, actual };
}

/** How long something took or was waited for, in words, beside what is right. */
export function timingEvidence(exchange: JudgedExchange, name: string, actual: string, expected: string): Evidence {
  return { exchange: exchange.key, where: 'timing', name, expected, actual };
}

/** A packet that was there, or is missing (null). */
export function packetEvidence(
  exchange: JudgedExchange,
  name: string,
  actual: string | null,
  expected: string | null,
): Evidence {
  return { exchange: exchange.key, where: 'packet', name, expected, actual };
}

/** Seconds as a person says them: `2.5`, `30`. */
export function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
