/** One attempt's exchanges -> one session: whether it opened, over what, what became of its namespaces, how it ended. */
import type { JudgedExchange } from '../model/exchange.ts';
import type { HarHeader } from '../model/har.ts';
import { headerValue, headerValues } from '../model/headers.ts';
import type { EndpointRef, NamespaceState, SeenPacket, Session, SessionState } from '../model/session.ts';
import { hidesFrames, isOpenedSocket, wasGivenUp } from '../model/web-socket.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { fingerprint, type ServerFingerprint } from '../protocol/fingerprint.ts';
import { decodeFrame } from '../protocol/payload.ts';
import { openPacketOf } from './group.ts';
import { enginePackets, namespaceStates, packetsOfAnswer, type SeenEnginePacket, socketPackets } from './packets.ts';
import { describeSteps } from './steps.ts';
import { isRefusal } from './verdicts.ts';

/** engine.io-client's and Manager's default for `timeout`, ms. */
export const CLIENT_TIMEOUT_MS = 20_000;

export interface JudgedAttempt {
  key: string;
  sid: string | null;
  exchanges: JudgedExchange[];
}

/**
 * Builds the session of one attempt.
 *
 * @param nowMs the capture's clock: what is still pending then is pending
 */
export function buildSession(endpoint: EndpointRef, attempt: JudgedAttempt, nowMs: number): Session {
  const { exchanges } = attempt;
  const requests = exchanges.filter((exchange) => exchange.kind !== 'preflight' && exchange.kind !== 'other');
  const eio = requests[0]?.target.eio ?? exchanges[0]?.target.eio ?? null;
  const engine = enginePackets(exchanges);
  const packets = socketPackets(engine);
  const isV2Server = eio === 4 && packets.some(isBareConnect);
  const namespaces = isV2Server ? refusedByClient(packets) : namespaceStates(packets);
  const opened = hasOpened(requests, attempt.sid);
  const preflights = exchanges.filter((exchange) => exchange.kind === 'preflight');
  const facts: Facts = { requests, preflights, eio, engine, packets, namespaces, opened, isV2Server, nowMs };
  const state = stateOf(facts);
  const startedMs = exchanges[0]?.startedMs ?? 0;
  const lastActivityMs = [...exchanges.map(endOf), ...engine.map((packet) => packet.atMs)].reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  return {
    key: attempt.key,
    endpoint,
    sid: attempt.sid,
    eio,
    transport: transportOf(facts),
    state,
    opened,
    attempts: 1,
    startedMs,
    endedMs: state === 'connecting' || state === 'connected' ? null : lastActivityMs,
    lastActivityMs,
    pageUrl: exchanges.find((exchange) => exchange.pageUrl !== null)?.pageUrl ?? null,
    server: isV2Server ? V2_SERVER : serverOf(requests, eio),
    clientError: clientErrorOf(facts, state),
    callSite: exchanges.find((exchange) => exchange.callSite !== null)?.callSite ?? null,
    namespaces,
    packets,
    steps: describeSteps(exchanges, engine, isV2Server ? [] : packets, opened),
    exchanges,
    latest: exchanges,
  };
}

interface Facts {
  requests: JudgedExchange[];
  preflights: JudgedExchange[];
  eio: number | null;
  engine: SeenEnginePacket[];
  packets: SeenPacket[];
  namespaces: NamespaceState[];
  opened: boolean;
  /** A v4 client met a v2 server over WebSocket. */
  isV2Server: boolean;
  nowMs: number;
}

const V2_SERVER: ServerFingerprint = { name: 'Socket.IO (Node)', version: '<3' };

/** What the client says when a CONNECT brings no sid. Source: socket.io-client 4 `socket.ts`, `onpacket`. */
const V2_SERVER_ERROR =
  'It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)';

/** A v2 server joins `/` by itself and says `40`; since protocol 5 a CONNECT brings the socket's sid. */
function isBareConnect({ type, direction, data }: SeenPacket): boolean {
  return type === 'CONNECT' && direction === 'receive' && data === null;
}

function refusedByClient(packets: readonly SeenPacket[]): NamespaceState[] {
  return namespaceStates(packets).map(({ name }) => ({ name, state: 'rejected', message: V2_SERVER_ERROR }));
}

function endOf(exchange: JudgedExchange): number {
  return exchange.startedMs + (exchange.durationMs ?? 0);
}

/**
 * Opened: the `open` packet reached the client. Using the sid proves it; so does reading the packet where the browser let
 * the page read it.
 */
function hasOpened(requests: JudgedExchange[], sid: string | null): boolean {
  if (requests.some((request) => request.target.sid !== null)) return true;
  return requests.some(
    (request) => isOpenSocket(request) || (sid !== null && isDecided(request) && openPacketOf(request) !== null),
  );
}

/**
 * Firefox, and a file that leaves frames out, show none: there a 101 is all that can be known. Where the record begins in the
 * middle, the `open` packet is missing, and the client has sent something, which it only does after that.
 */
function isOpenSocket(request: JudgedExchange): boolean {
  if (!isOpenedSocket(request)) return false;
  return openPacketOf(request) !== null || hidesFrames(request) || beganUnseen(request);
}

function beganUnseen(request: JudgedExchange): boolean {
  if (request.kind !== 'websocket' || request.target.sid !== null || openPacketOf(request) !== null) return false;
  return request.frames.some(({ direction }) => direction === 'send');
}

/** Whether the page was given the response: not where the browser says otherwise, nor where the headers forbid it. */
export function reachedPage(exchange: JudgedExchange): boolean {
  return exchange.outcome === 'answered' && exchange.cors.verdict !== 'fail';
}

function stateOf(facts: Facts): SessionState {
  const { requests, namespaces, opened, packets, isV2Server } = facts;
  const pending = requests.some(isWaiting);
  if (requests.length === 0 && facts.preflights.length > 0)
    return facts.preflights.some(isKeptBack) ? 'failed' : 'connecting';
  if (!opened && requests.every(isGivenUpOrFollowed)) return 'closed';
  if (!opened && requests.some(mayHaveOpened)) return 'connecting';
  if (!opened) return pending && !timedOut(facts) ? 'connecting' : 'failed';
  const joined = !isV2Server && (packets.some(provesJoined) || hasForeignPackets(facts) || !sawStart(requests));
  const rejected = namespaces.some((namespace) => namespace.state === 'rejected');
  if (rejected && !joined) return 'failed';
  if (hasEnded(facts)) return joined || closedByClient(facts) || !packetsVisible(facts) ? 'closed' : 'failed';
  return joined || !packetsVisible(facts) ? 'connected' : 'connecting';
}

/** A WebSocket that the page closes this soon is none that it waited for in vain, ms. */
const AT_ONCE_MS = 1_000;

/** Not where its time is unknown (0: it was never sent): then it may be the client's own timeout. */
function isClosedAtOnce(request: JudgedExchange): boolean {
  const { durationMs } = request;
  return wasGivenUp(request) && durationMs !== null && durationMs > 0 && durationMs < AT_ONCE_MS;
}

/** The page itself aborted it (StrictMode, navigation), or it was redirected to where another endpoint tells the rest: no failure. */
function isGivenUpOrFollowed(request: JudgedExchange): boolean {
  if (request.error === 'net::ERR_ABORTED' || isClosedAtOnce(request)) return true;
  return request.redirectUrl !== null && reachedPage(request) && parseEngineUrl(request.redirectUrl) !== null;
}

/** A preflight that keeps its request back. Firefox shows no more than the preflight then, unless one looks closer. */
function isKeptBack(preflight: JudgedExchange): boolean {
  return preflight.outcome === 'failed' || isRefusal(preflight.cors);
}

/** A custom parser (msgpack) packs Socket.IO packets its own way: that the server sends any shows that the connection works. */
function hasForeignPackets({ engine, packets }: Facts): boolean {
  const messages = engine.filter((packet) => packet.type === 'message' && packet.direction === 'receive');
  return packets.length === 0 && messages.length > 0;
}

/** Events flow only in a namespace that was joined. */
function provesJoined(packet: SeenPacket): boolean {
  return (
    packet.type !== 'CONNECT_ERROR' &&
    packet.type !== 'DISCONNECT' &&
    (packet.type !== 'CONNECT' || packet.direction === 'receive')
  );
}

/** With DevTools opened late, a session is first seen in the middle, after it was joined. */
function sawStart(requests: JudgedExchange[]): boolean {
  return requests.some((request) => request.target.sid === null && !beganUnseen(request));
}

/** The page was given the response, and nothing leaves it open whether it was. */
function isDecided(request: JudgedExchange): boolean {
  return reachedPage(request) && request.cors.verdict !== 'unknown';
}

/** A sid was given out, and neither the browser nor the page has shown yet whether the page could read it. */
function mayHaveOpened(request: JudgedExchange): boolean {
  return reachedPage(request) && !isDecided(request) && openPacketOf(request) !== null;
}

/** No answer yet, or a WebSocket that is open and has carried nothing yet. */
function isWaiting(request: JudgedExchange): boolean {
  if (request.outcome === 'pending') return true;
  return isOpenedSocket(request) && !request.ended && request.frames.length === 0;
}

function timedOut({ requests, nowMs }: Facts): boolean {
  return requests.every((request) => !isWaiting(request) || nowMs - request.startedMs >= CLIENT_TIMEOUT_MS);
}

/** Whether any Socket.IO traffic could be read at all: late DevTools and Firefox's WebSockets hide it. */
function packetsVisible({ engine, requests }: Facts): boolean {
  const carriers = requests.filter((request) => request.target.sid !== null || request.kind === 'websocket');
  // What was sent over polling may be answered on a WebSocket whose frames are not shown.
  const answersMayHide = requests.some(hidesFrames);
  const isSeen = engine.some(
    ({ type, direction }) => type === 'message' && (direction === 'receive' || !answersMayHide),
  );
  return isSeen || (carriers.length > 0 && carriers.every(isReadable));
}

/** Also where it never opened. */
function lacksFrames(request: JudgedExchange): boolean {
  return request.frames.length === 0 && request.source._webSocketMessages === undefined;
}

function isReadable(request: JudgedExchange): boolean {
  if (request.kind === 'websocket') return !lacksFrames(request);
  return request.outcome === 'pending' || request.response?.body.state === 'text';
}

/**
 * The connection is over: a close packet, every namespace left, the WebSocket in use gone, or a request of the session
 * refused (the client closes on the first one).
 */
function hasEnded(facts: Facts): boolean {
  const { engine, namespaces, requests } = facts;
  if (engine.some((packet) => packet.type === 'close')) return true;
  if (namespaces.length > 0 && namespaces.every((namespace) => namespace.state === 'disconnected')) return true;
  const socket = requests.find(isSocketInUse);
  if (socket) return socket.ended;
  return requests.some((request) => request.kind === 'polling' && request.target.sid !== null && isRefused(request));
}

/** Whether the client itself ended it. One that is refused a request gives up too: it aborts the others and says goodbye. */
function closedByClient({ engine, packets, requests }: Facts): boolean {
  const ends = [
    // What is under way when the page is left is aborted.
    ...requests.filter(isAborted).map(endOf),
    ...engine.filter((packet) => packet.type === 'close' && packet.direction === 'send').map(({ atMs }) => atMs),
    ...packets.filter((packet) => packet.type === 'DISCONNECT' && packet.direction === 'send').map(({ atMs }) => atMs),
  ];
  const refusedMs = Math.min(...requests.filter(isRefusedForGood).map(endOf));
  return ends.some((endMs) => endMs < refusedMs);
}

function isAborted({ error }: JudgedExchange): boolean {
  return error === 'net::ERR_ABORTED';
}

/** A request of the session that the server refused: the client then gives up the session, with all that is under way. */
function isRefusedForGood(request: JudgedExchange): boolean {
  return request.kind === 'polling' && request.target.sid !== null && request.response !== null && isRefused(request);
}

function isRefused(request: JudgedExchange): boolean {
  if (request.outcome === 'pending') return false;
  if (request.outcome !== 'answered' || request.cors.verdict === 'fail') return true;
  return (request.response?.status ?? 0) >= 400;
}

/**
 * A WebSocket that carries the session: opened directly, or the upgrade was completed (`5`). DevTools tells of frames late, so
 * an answered probe on an open WebSocket counts too: the client completes the upgrade right after it. Where frames are not shown at
 * all, an open one is taken for one in use.
 */
function isSocketInUse(request: JudgedExchange): boolean {
  if (!isOpenedSocket(request)) return false;
  if (request.target.sid === null) return isOpenSocket(request);
  if (hidesFrames(request)) return true;
  const has = (direction: 'send' | 'receive', data: string) =>
    request.frames.some((frame) => frame.direction === direction && frame.data === data);
  return has('send', '5') || (!request.ended && has('receive', '3probe'));
}

function transportOf(facts: Facts): Session['transport'] {
  if (!facts.opened) return null;
  if (facts.requests.some(isSocketInUse)) return 'websocket';
  return facts.requests.some((request) => request.kind === 'polling') ? 'polling' : null;
}

function serverOf(requests: JudgedExchange[], eio: number | null): ServerFingerprint | null {
  for (const request of requests) {
    const open = openPacketOf(request);
    if (!open) continue;
    const headers = request.response?.headers ?? [];
    return fingerprint(open, {
      eio: eio ?? 4,
      setsIoCookie: headerValues(headers, 'Set-Cookie').some((cookie) => cookie.startsWith('io=')),
      server: headerValue(headers, 'Server'),
      hasCorsOnUpgrade: requests.some(({ response }) => response?.status === 101 && hasAllowOrigin(response.headers)),
    });
  }
  return null;
}

function hasAllowOrigin(headers: HarHeader[]): boolean {
  return headerValue(headers, 'Access-Control-Allow-Origin') !== null;
}

/** The message of the client's `connect_error` in this case. Source: engine.io-client `transports/*.ts`, socket.io-client `manager.ts`. */
function clientErrorOf(facts: Facts, state: SessionState): string | null {
  const rejected = facts.packets.find((packet) => packet.type === 'CONNECT_ERROR');
  if (rejected && state === 'failed') return rejectionText(rejected.data, facts.eio);
  if (state !== 'failed') return null;
  if (facts.isV2Server) return V2_SERVER_ERROR;
  if (facts.opened) return brokenSessionError(facts);
  const first = facts.requests[0] ?? facts.preflights[0];
  if (!first || first.outcome === 'pending') return 'timeout';
  if (first.kind === 'websocket') return socketError(first, facts.eio);
  // Followed to where the record does not reach: what came of it is not known.
  if (first.redirectUrl !== null && reachedPage(first)) return null;
  if (reachedPage(first) && first.response?.status === 200 && isUndecodable(first)) return 'server error';
  return methodOf(first) === 'POST' ? 'xhr post error' : 'xhr poll error';
}

/** A preflight asks for the method of the request that follows. */
function methodOf(exchange: JudgedExchange): string {
  return headerValue(exchange.requestHeaders, 'Access-Control-Request-Method') ?? exchange.method;
}

/** A WebSocket that stays silent is given up by the client; one that ends by itself before it opened is waited for all the same. */
function wasAccepted({ response, socketErrors }: JudgedExchange): boolean {
  return response?.status === 101 && socketErrors.length === 0;
}

/** Opened, but broken before a namespace was joined: the socket hands the transport's error on as `connect_error` (`socket.ts`, `onerror`). */
function brokenSessionError({ requests }: Facts): string | null {
  const broken =
    requests.find(isRefusedForGood) ??
    requests.find((request) => request.kind === 'polling' && request.target.sid !== null && isRefused(request));
  if (!broken) return null;
  return broken.method === 'POST' ? 'xhr post error' : 'xhr poll error';
}

/** The v3/v4 client reads `data.message` only, so a server that answers a string leaves it empty. */
function rejectionText(data: unknown, eio: number | null): string {
  if (typeof data === 'string') return eio === 3 ? data : '';
  return typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : '';
}

/** What the client says of a WebSocket that never opened a session: it got nonsense, or nothing, or no connection. */
function socketError(socket: JudgedExchange, eio: number | null): string {
  if (saysNonsense(socket, eio)) return 'server error';
  return wasAccepted(socket) ? 'timeout' : 'websocket error';
}

/** The WebSocket is open, and its first frame is no Engine.IO packet. */
function saysNonsense({ frames }: JudgedExchange, eio: number | null): boolean {
  const first = frames.find((frame) => frame.direction === 'receive');
  return first !== undefined && !first.binary && decodeFrame(first.data, eio ?? 4) === null;
}

/** An empty answer is one, too: it holds no packet. */
function isUndecodable(request: JudgedExchange): boolean {
  const state = request.response?.body.state;
  return state === 'empty' || (state === 'text' && packetsOfAnswer(request) === null);
}
