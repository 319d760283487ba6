import type { JudgedExchange } from '../../model/exchange.ts';
import { overOnce } from './sightings.ts';

/**
 * The word that Chromium (in the entry, or among a WebSocket's error texts) or Node (in what a probe recorded) has for a request
 * without an answer, if it is such a word; null otherwise.
 */
export function errorWord(exchange: JudgedExchange, words: RegExp): string | null {
  return [exchange.error, ...exchange.socketErrors].find((text) => text !== null && words.test(text)) ?? null;
}

/** `isOver` of a fault that keeps every answer away: any answer ends it. */
export const overOnceAnswered = overOnce(
  (exchange) => exchange.response !== null,
  () => false,
);
