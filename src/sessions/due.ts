import type { Exchange } from '../model/exchange.ts';
import { CLIENT_TIMEOUT_MS } from './build.ts';

/** How long rules wait for an answer before they speak, and after how long the client gives up, ms. */
const WAITS_MS = [5_000, 10_000, CLIENT_TIMEOUT_MS];

/** When one of these exchanges is to be judged anew although nothing arrived (ms since the epoch); null: never. */
export function nextDueMs(exchanges: Iterable<Exchange>, nowMs: number): number | null {
  const due = [...exchanges]
    .filter(isWaiting)
    .flatMap(({ startedMs }) => WAITS_MS.map((waitMs) => startedMs + waitMs))
    .filter((atMs) => atMs > nowMs);
  return due.length === 0 ? null : Math.min(...due);
}

/** No answer yet, or an open WebSocket: what is to come over it may not come. */
function isWaiting(exchange: Exchange): boolean {
  if (exchange.outcome === 'pending') return true;
  return exchange.kind === 'websocket' && exchange.response?.status === 101 && !exchange.ended;
}
