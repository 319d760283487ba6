import type { JudgedExchange } from '../../model/exchange.ts';
import { headerValue } from '../../model/headers.ts';
import type { Endpoint } from '../../model/session.ts';
import { observed } from './exchanges.ts';

const PHASES = ['connect', 'ssl', 'send', 'wait', 'receive'];

/** Requests this close in time met the same server, ms. */
const SAME_MOMENT_MS = 2000;

/**
 * Firefox has no word for a refused connection: it is the request that has all its headers, and spent no time on any phase.
 * The other causes of status 0 each differ: TLS is `broken`, an unknown host and CSP lack `Sec-Fetch-*`, a reset spends time
 * connecting (docs/browsers.md). Only believed of this machine's own ports, where nothing can time out or be unreachable, and
 * not of a request that was aborted while another was answered. A WebSocket's reset and refusal look alike: not told apart.
 */
export function looksRefusedInFirefox(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (exchange.dialect !== 'firefox' || exchange.outcome !== 'failed' || exchange.target.sid !== null) return false;
  if (exchange.kind !== 'preflight' && exchange.kind !== 'polling') return false;
  const { timings = {}, _securityState: security } = exchange.source;
  if (security === 'broken' || headerValue(exchange.requestHeaders, 'Sec-Fetch-Mode') === null) return false;
  if (!PHASES.every((phase) => timings[phase] === 0) || !isLoopback(exchange.target.host)) return false;
  return !endpoint.sessions.some((session) => observed(session).some((other) => answeredNear(other, exchange)));
}

function answeredNear(other: JudgedExchange, exchange: JudgedExchange): boolean {
  return other.response !== null && Math.abs(other.startedMs - exchange.startedMs) < SAME_MOMENT_MS;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

/** A client tries again after a second at the earliest, ms. */
const RETRY_MS = 900;

/**
 * Nor has it a word for a connection that was made and closed: all headers, and time spent sending. A request that the page gave up
 * looks alike, and is not tried again; so it has to happen twice.
 */
export function looksDroppedInFirefox(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (!isDropped(exchange)) return false;
  const others = endpoint.sessions.flatMap(({ exchanges }) => exchanges.filter((other) => !other.askedByUs));
  if (others.some((other) => answeredNear(other, exchange))) return false;
  return others.some((other) => isDropped(other) && Math.abs(other.startedMs - exchange.startedMs) >= RETRY_MS);
}

function isDropped({ dialect, outcome, kind, target, requestHeaders, source }: JudgedExchange): boolean {
  if (dialect !== 'firefox' || outcome !== 'failed' || kind !== 'polling' || target.sid !== null) return false;
  const { timings = {}, _securityState: security } = source;
  if (security === 'broken' || headerValue(requestHeaders, 'Sec-Fetch-Mode') === null) return false;
  return Number(timings.send) > 0 && isLoopback(target.host);
}
