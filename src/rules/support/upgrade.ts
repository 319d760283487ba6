import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { isOpenedSocket, wasGivenUp } from '../../model/web-socket.ts';
import { decodePollingBody, readOpenPacket } from '../../protocol/payload.ts';
import { errorEvidence, statusEvidence } from './evidence.ts';
import { isSuccess, observed, statusOf } from './exchanges.ts';
import { postsClose } from './liveness.ts';
import { isWithinLife, lostSids, misroutedSids, saysUnknownSid } from './lost-sids.ts';

/** Chromium's error text (net/websockets/websocket_basic_handshake_stream.cc). */
const UNEXPECTED = /Unexpected response code: (\d{3})/;

/** A sid that is refused within this time of the upgrade was dead already when the upgrade came, ms. */
const SAME_MOMENT_MS = 5000;

/** The status that an upgrade was answered with: shown by Firefox, named in Chromium's error text; 0 when unknown. */
export function socketStatus(exchange: JudgedExchange): number {
  if (exchange.kind !== 'websocket') return 0;
  const told = exchange.socketErrors.map((text) => UNEXPECTED.exec(text)?.[1]).find((code) => code !== undefined);
  return told === undefined ? statusOf(exchange) : Number(told);
}

/**
 * Whether the upgrade's own obstacle is what failed: its session is healthy over polling, or it is a WebSocket-only client and
 * nothing says that the server is at fault. Not where sids are refused: then the session is gone, and the upgrade with it.
 */
export function isUpgradeFault(upgrade: JudgedExchange, session: Session, endpoint: Endpoint): boolean {
  if (wasGivenUp(upgrade) || endpoint.sessions.some(refusesFreshSid)) return false;
  if (misroutedSids(endpoint).some(({ exchange }) => saysUnknownSid(exchange))) return false;
  if (isRefusedInLife(session, endpoint)) return false;
  if (upgrade.target.sid !== null) return isHealthyPolling(session, upgrade) && !closedBefore(session, upgrade);
  if (upgrade.target.eio === 3) return false;
  return pollingWorks(endpoint) || !triesPolling(endpoint);
}

/** Whether a session of the endpoint carried packets over polling. */
export function pollingWorks(endpoint: Endpoint): boolean {
  return endpoint.sessions.some((session) => followUps(session).some(isSuccess));
}

/** Whether a session of the endpoint runs, or ran, over WebSocket. */
export function socketWorks(session: Session): boolean {
  return observed(session).some(isOpenedSocket);
}

function triesPolling(endpoint: Endpoint): boolean {
  return endpoint.sessions.some((session) =>
    observed(session).some(({ kind }) => kind === 'polling' || kind === 'preflight'),
  );
}

/** A storm of attempts is one session, and each of them asks. */
const knownFollowUps = new WeakMap<Session, JudgedExchange[]>();

/** Polling requests that carry the sid. */
function followUps(session: Session): JudgedExchange[] {
  const known = knownFollowUps.get(session);
  if (known) return known;
  const found = observed(session).filter((exchange) => exchange.kind === 'polling' && exchange.target.sid !== null);
  knownFollowUps.set(session, found);
  return found;
}

/** A handshake and nothing refused around the upgrade; a poll that still waits is a healthy one. */
function isHealthyPolling(session: Session, upgrade: JudgedExchange): boolean {
  const around = followUps(session).filter((poll) => poll.startedMs < upgrade.startedMs + SAME_MOMENT_MS);
  return around.some(isSuccess) && !around.some((poll) => statusOf(poll) >= 400 || isBroken(poll));
}

/** A poll that waited when the page was closed says nothing of the server. */
function isBroken({ outcome, error }: JudgedExchange): boolean {
  return outcome === 'failed' && error !== 'net::ERR_ABORTED';
}

/** The first request that used the sid was refused: another process got it (no stickiness), not a restart later on. */
function refusesFreshSid(session: Session): boolean {
  const [first] = followUps(session).filter((poll) => poll.response !== null);
  return first !== undefined && statusOf(first) >= 400;
}

/** The page closed the connection before the upgrade was answered: the refusal is the answer to that. */
function closedBefore(session: Session, upgrade: JudgedExchange): boolean {
  const answeredMs = upgrade.startedMs + (upgrade.durationMs ?? 0);
  return observed(session).some((exchange) => postsClose(exchange) && exchange.startedMs <= answeredMs);
}

/** A polling handshake whose server offers WebSocket, in a session that went on, and in which no WebSocket was ever seen. */
export function lacksOfferedUpgrade(handshake: JudgedExchange, session: Session): boolean {
  if (handshake.kind !== 'polling' || handshake.target.sid !== null || handshake.method !== 'GET') return false;
  const body = handshake.response?.body;
  const packets = body?.state === 'text' ? decodePollingBody(body.text, handshake.target.eio ?? 4) : null;
  if (!readOpenPacket(packets?.[0])?.upgrades.includes('websocket')) return false;
  return followUps(session).some(isSuccess) && !observed(session).some(({ kind }) => kind === 'websocket');
}

/** The server said that it does not know this session's sid while it should have been alive. */
function isRefusedInLife(session: Session, endpoint: Endpoint): boolean {
  return lostSids(endpoint).some(
    (lost) => lost.session === session && saysUnknownSid(lost.exchange) && isWithinLife(lost),
  );
}

/** Sids whose later requests got a `400` that could not be read: a second process may be what refused the upgrade, too. */
export function mayBeMisrouted(endpoint: Endpoint): boolean {
  return lostSids(endpoint).some(({ exchange }) => !saysUnknownSid(exchange));
}

/** What the upgrade was answered with, beside the 101 of a working one. */
export function answerEvidence(exchange: JudgedExchange): Evidence {
  const text = exchange.socketErrors.find((error) => error !== '');
  return text === undefined ? statusEvidence(exchange, '101') : errorEvidence(exchange, text);
}

/** Without polling the page has nothing left. */
export function severityOf(upgrade: JudgedExchange): 'error' | 'warning' {
  return upgrade.target.sid === null ? 'error' : 'warning';
}

/** What a failed upgrade means for the page. */
export function effectText(upgrade: JudgedExchange): string {
  return upgrade.target.sid === null
    ? 'The client uses WebSocket alone, so it has no connection at all.'
    : 'The connection works over polling and stays there.';
}

/** engine.io's `destroyUpgradeTimeout`, ms, and how far beyond it the browser sees the end: `ws-path-unmatched`. */
const DESTROY_UPGRADE_MS = 1000;
const DESTROY_GRAIN_MS = 30;

/** Whether Engine.IO itself dropped the upgrade, because the path is not its own. */
export function wasDestroyed({ durationMs }: JudgedExchange): boolean {
  return durationMs !== null && durationMs >= DESTROY_UPGRADE_MS && durationMs <= DESTROY_UPGRADE_MS + DESTROY_GRAIN_MS;
}

/** Whether the request was meant for a WebSocket, also where it was asked as a plain one. */
export function isUpgradeUse({ kind, target }: JudgedExchange): boolean {
  return kind === 'websocket' || target.transport === 'websocket';
}
