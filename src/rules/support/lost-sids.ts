/** Sids that a server says it does not know: what happened before tells why. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import {
  decodeFrame,
  decodePollingBody,
  type EnginePacket,
  type OpenPacket,
  readOpenPacket,
} from '../../protocol/payload.ts';
import { CODES, mayHideCode, saysCode } from './engine-errors.ts';
import { bodyText, isHandshake, isSuccess, observed, statusOf } from './exchanges.ts';
import { postsClose } from './liveness.ts';
import { overlaps } from './overlap.ts';
import { pythonRefusal } from './python.ts';

/** The first request of a session that was refused because the sid is not known (or may have been: the text was withheld). */
export interface LostSid {
  session: Session;
  exchange: JudgedExchange;
}

/** engine.io's defaults for pingInterval and pingTimeout, ms; for a handshake whose text was not captured. */
const DEFAULT_LIFE_MS = 25_000 + 20_000;

/** A sid that is refused this soon after its handshake was never shared by all processes; a restart rarely is that quick, ms. */
const FRESH_MS = 1000;

/** Sids that die of one event die this close together, ms. */
const TOGETHER_MS = 3000;

/** Signs that a process is down show this close to the death of its sids, ms. */
const DOWN_NEAR_MS = 10_000;

/** Two ends this close cannot be put in order: starts are cut to whole milliseconds, and Firefox's durations leave out waits. */
const CLOCK_GRAIN_MS = 2;
const FIREFOX_GRAIN_MS = 50;

/** googollee's Go server says it in plain text. */
const GO = /^invalid sid value/;

/** Whether the server said in words that it does not know the sid. */
export function saysUnknownSid(exchange: JudgedExchange): boolean {
  if (exchange.target.sid === null || exchange.kind !== 'polling') return false;
  if (saysCode(exchange, CODES.UNKNOWN_SID)) return true;
  if (pythonRefusal(exchange)?.startsWith('Invalid session')) return true;
  return statusOf(exchange) === 400 && GO.test(bodyText(exchange) ?? '');
}

function isLost(exchange: JudgedExchange): boolean {
  return exchange.target.sid !== null && (saysUnknownSid(exchange) || mayHideCode(exchange, 400));
}

/** Every sid of the endpoint that was refused as unknown. */
export function lostSids(endpoint: Endpoint): LostSid[] {
  return endpoint.sessions.flatMap((session) => {
    const exchange = observed(session).find(isLost);
    return exchange ? [{ session, exchange }] : [];
  });
}

/** Sids that went to a process that does not know them, while the one that gave them out was alive. */
export function misroutedSids(endpoint: Endpoint): LostSid[] {
  const restarted = new Set(sidsOfRestart(endpoint).map(({ session }) => session));
  return lostSids(endpoint).filter(
    (lost) => !restarted.has(lost.session) && isUnexplained(lost) && (worksAgain(lost) || isWithinLife(lost)),
  );
}

/** Whether nothing but a second process explains these: a sid lived on, or one after the other was refused while it was new. */
export function proveSecondProcess(lost: readonly LostSid[]): boolean {
  const said = lost.filter(({ exchange }) => saysUnknownSid(exchange));
  if (said.some(worksAgain)) return true;
  return said.filter(isFresh).reduce((sum, { session }) => sum + session.attempts, 0) >= 2;
}

/**
 * Sids that worked, were refused from one moment on, and had company: others that died with them, or signs that the process was
 * down. Not where a later sid was refused while it was new: then it is no restart.
 */
export function sidsOfRestart(endpoint: Endpoint): LostSid[] {
  const lost = lostSids(endpoint).filter(({ exchange }) => saysUnknownSid(exchange));
  const old = lost.filter((one) => !isFresh(one) && hadWorked(one) && !worksAgain(one) && isUnexplained(one));
  const fresh = lost.filter(isFresh);
  return old.filter((one) => {
    const atMs = endOf(one.exchange);
    if (fresh.some(({ session }) => session.lastActivityMs > atMs)) return false;
    const together = old.some((other) => other !== one && Math.abs(endOf(other.exchange) - atMs) < TOGETHER_MS);
    return (
      together || endpoint.sessions.some((session) => observed(session).some((exchange) => isDown(exchange, atMs)))
    );
  });
}

/** Sids that were refused after a silence that is longer than their server waits for a heartbeat. */
export function expiredSids(endpoint: Endpoint): (LostSid & { gapMs: number })[] {
  return lostSids(endpoint)
    .filter(({ exchange }) => saysUnknownSid(exchange))
    .flatMap((lost) => {
      const gapMs = lost.exchange.startedMs - lastLifeMs(lost);
      return gapMs > lifeMs(lost.session) ? [{ ...lost, gapMs }] : [];
    });
}

/** pingInterval + pingTimeout of the session's server: for so long it keeps a client that says nothing, ms. */
export function lifeMs(session: Session): number {
  const open = openPacket(session);
  if (open?.pingInterval == null || open.pingTimeout == null) return DEFAULT_LIFE_MS;
  return open.pingInterval + open.pingTimeout;
}

function openPacket(session: Session): OpenPacket | null {
  for (const exchange of observed(session).filter(isHandshake)) {
    const open = readOpenPacket(packetsOf(exchange)[0]?.packet);
    if (open) return open;
  }
  return null;
}

/** The request that gave out the sid; null when DevTools was opened later. */
export function handshakeOf(session: Session): JudgedExchange | null {
  return observed(session).find((exchange) => isHandshake(exchange) && exchange.response !== null) ?? null;
}

function ageMs({ session, exchange }: LostSid): number {
  const handshake = handshakeOf(session);
  // A request may have been held for long before it was refused.
  return handshake ? endOf(exchange) - endOf(handshake) : Number.POSITIVE_INFINITY;
}

/** Whether the refusal came while the server must still have kept the session. */
export function isWithinLife(lost: LostSid): boolean {
  return ageMs(lost) <= lifeMs(lost.session);
}

function isFresh(lost: LostSid): boolean {
  return ageMs(lost) < FRESH_MS;
}

/** Requests that used the sid and were answered well. */
function uses({ session }: LostSid): JudgedExchange[] {
  return observed(session).filter(
    (exchange) => exchange.target.sid !== null && (isSuccess(exchange) || statusOf(exchange) === 101),
  );
}

function hadWorked(lost: LostSid): boolean {
  return uses(lost).some((exchange) => endOf(exchange) <= lost.exchange.startedMs);
}

function worksAgain(lost: LostSid): boolean {
  const lostMs = endOf(lost.exchange);
  return uses(lost).some((exchange) => {
    if (!postsClose(exchange)) return endOf(exchange) > lostMs + CLOCK_GRAIN_MS;
    // A close ends the sid by itself, and a poll that crosses it is refused: it has to come after the refusal.
    const isFirefox = exchange.dialect === 'firefox';
    return exchange.startedMs >= lostMs + (isFirefox ? FIREFOX_GRAIN_MS : -CLOCK_GRAIN_MS);
  });
}

/** Nothing that came before explains the refusal: no failed request, no end of the connection, no overlap. */
function isUnexplained({ session, exchange: lost }: LostSid): boolean {
  if (lost.requestBody.state === 'text' && lost.requestBody.text === '1') return false;
  const others = observed(session).filter((exchange) => exchange !== lost && exchange.target.sid !== null);
  if (overlaps(lost, others)) return false;
  if (others.some((exchange) => brokeBefore(exchange, lost))) return false;
  return !observed(session).some((exchange) =>
    packetsOf(exchange).some(({ packet, atMs }) => isEnd(packet) && atMs <= endOf(lost)),
  );
}

/** A request of the sid that failed, was aborted or was refused otherwise. The client aborts the others after the first refusal. */
function brokeBefore(exchange: JudgedExchange, lost: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || isLost(exchange)) return false;
  const isBroken = exchange.outcome === 'failed' || statusOf(exchange) >= 400;
  return isBroken && endOf(exchange) < endOf(lost) - CLOCK_GRAIN_MS;
}

/** `1` close, `6` noop (the session moves to another transport), `41` DISCONNECT, `44` CONNECT_ERROR. */
function isEnd({ type, data, binary }: EnginePacket): boolean {
  if (type === 'close' || type === 'noop') return true;
  return type === 'message' && !binary && /^[14]/.test(data);
}

interface TimedPacket {
  packet: EnginePacket;
  atMs: number;
}

function packetsOf(exchange: JudgedExchange): TimedPacket[] {
  const eio = exchange.target.eio ?? 4;
  if (exchange.kind === 'websocket') {
    return exchange.frames.flatMap(({ data, binary, atMs }) => {
      const packet = binary ? null : decodeFrame(data, eio);
      return packet ? [{ packet, atMs }] : [];
    });
  }
  const { requestBody } = exchange;
  const sent = requestBody.state === 'text' ? decodePollingBody(requestBody.text, eio) : null;
  const got =
    exchange.method === 'GET' && isSuccess(exchange) ? decodePollingBody(bodyText(exchange) ?? '', eio) : null;
  return [
    ...(sent ?? []).map((packet) => ({ packet, atMs: exchange.startedMs })),
    ...(got ?? []).map((packet) => ({ packet, atMs: endOf(exchange) })),
  ];
}

function lastLifeMs({ session, exchange: lost }: LostSid): number {
  return observed(session)
    .filter((exchange) => exchange !== lost && exchange.response !== null)
    .flatMap((exchange) => [endOf(exchange), ...exchange.frames.map(({ atMs }) => atMs)])
    .filter((atMs) => atMs <= lost.startedMs)
    .reduce((a, b) => Math.max(a, b), handshakeOf(session)?.startedMs ?? lost.startedMs);
}

/** Chromium's and Node's words for a server that is not there. */
const GONE = /REFUSED|RESET|EMPTY_RESPONSE/;

function isDown(exchange: JudgedExchange, atMs: number): boolean {
  return Math.abs(exchange.startedMs - atMs) <= DOWN_NEAR_MS && showsDown(exchange);
}

/** Whether the request met no server: refused, cut off, or a proxy that says so. */
export function showsDown(exchange: JudgedExchange): boolean {
  const words = [exchange.error ?? '', ...exchange.socketErrors];
  return [502, 503, 504].includes(statusOf(exchange)) || words.some((text) => GONE.test(text));
}

function endOf(exchange: JudgedExchange): number {
  return exchange.startedMs + (exchange.durationMs ?? 0);
}
