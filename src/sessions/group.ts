/**
 * Which exchanges belong to one connection attempt. The sid says it where there is one; a handshake belongs to the sid that
 * its answer gave out; a preflight belongs to the request of the same URL that it preceded.
 */
import type { Exchange } from '../model/exchange.ts';
import { decodeFrame, type OpenPacket, readOpenPacket } from '../protocol/payload.ts';
import { packetsOfAnswer } from './packets.ts';

/** The exchanges of one attempt, in order of their start. */
export interface Attempt {
  /** Stable: of the sid, or of the attempt's first exchange when it never got one. */
  key: string;
  sid: string | null;
  exchanges: Exchange[];
}

/** Groups the exchanges of one endpoint; the order of the input does not matter. */
export function groupAttempts(exchanges: readonly Exchange[]): Attempt[] {
  const sorted = [...exchanges].sort(byStart);
  const requests = sorted.filter((exchange) => exchange.kind !== 'preflight');
  const attempts = new Map<string, Attempt>();
  const attemptOf = new Map<string, Attempt>();
  const put = (exchange: Exchange, sid: string | null) => {
    const key = sid === null ? `attempt ${exchange.key}` : `sid ${sid}`;
    const attempt = attempts.get(key) ?? { key, sid, exchanges: [] };
    attempt.exchanges.push(exchange);
    attempts.set(key, attempt);
    attemptOf.set(exchange.key, attempt);
  };
  for (const exchange of requests) put(exchange, sidOf(exchange));
  adoptOrphans(attempts, attemptOf);
  for (const preflight of sorted.filter((exchange) => exchange.kind === 'preflight')) {
    const request = requestOf(preflight, requests);
    const attempt = request && attemptOf.get(request.key);
    if (attempt) attempt.exchanges.push(preflight);
    else put(preflight, preflight.target.sid);
  }
  for (const attempt of attempts.values()) attempt.exchanges.sort(byStart);
  return [...attempts.values()].filter((attempt) => attempt.exchanges.length > 0);
}

/** Start, then key: a total order, so that equal starts cannot make two outcomes. */
export function byStart(a: Exchange, b: Exchange): number {
  return a.startedMs - b.startedMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

function sidOf(exchange: Exchange): string | null {
  return exchange.target.sid ?? openPacketOf(exchange)?.sid ?? null;
}

/** The server's `open` packet, if this exchange carried it and it can be read; null otherwise. */
export function openPacketOf(exchange: Exchange): OpenPacket | null {
  const eio = exchange.target.eio ?? 4;
  if (exchange.kind === 'websocket') {
    const first = exchange.frames.find((frame) => frame.direction === 'receive' && !frame.binary);
    return first ? readOpenPacket(decodeFrame(first.data, eio) ?? undefined) : null;
  }
  return readOpenPacket(packetsOfAnswer(exchange)?.[0]);
}

/** Chromium starts the request 0-2 ms before its preflight; another request of that URL is a retry, at least a second away. */
const PREFLIGHT_LEAD_MS = 50;

function requestOf(preflight: Exchange, requests: Exchange[]): Exchange | undefined {
  return requests
    .filter(
      (request) =>
        request.url === preflight.url &&
        request.startedMs <= preflight.startedMs + durationOf(preflight) + PREFLIGHT_LEAD_MS,
    )
    .sort(
      (a, b) =>
        Math.abs(a.startedMs - preflight.startedMs) - Math.abs(b.startedMs - preflight.startedMs) || byStart(a, b),
    )[0];
}

function durationOf(exchange: Exchange): number {
  return exchange.durationMs ?? 0;
}

/**
 * A handshake whose body was not captured (DevTools opened late, a HAR without contents) still is the one that gave out the
 * sid that is used next: the latest such handshake before it.
 */
function adoptOrphans(attempts: Map<string, Attempt>, attemptOf: Map<string, Attempt>): void {
  const orphans = [...attempts.values()].filter(isUnreadHandshake);
  const headless = [...attempts.values()].filter(
    (attempt) => attempt.sid !== null && attempt.exchanges.every((exchange) => exchange.target.sid !== null),
  );
  for (const attempt of headless.sort((a, b) => startOf(a) - startOf(b))) {
    const index = orphans.findLastIndex((orphan) => orphan.exchanges.length > 0 && startOf(orphan) <= startOf(attempt));
    const [orphan] = index < 0 ? [] : orphans.splice(index, 1);
    if (!orphan) continue;
    attempt.exchanges.unshift(...orphan.exchanges);
    for (const exchange of orphan.exchanges) attemptOf.set(exchange.key, attempt);
    orphan.exchanges.length = 0;
  }
}

function isUnreadHandshake(attempt: Attempt): boolean {
  const [exchange] = attempt.exchanges;
  if (attempt.sid !== null || exchange?.kind !== 'polling' || exchange.outcome !== 'answered') return false;
  const { status, body } = exchange.response ?? {};
  return (status === 200 || status === 304) && body?.state === 'not-captured';
}

function startOf(attempt: Attempt): number {
  return attempt.exchanges[0]?.startedMs ?? 0;
}
