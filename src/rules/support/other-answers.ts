/** What the same server answered elsewhere: a header that is missing here means something else when it is there. */
import type { JudgedExchange } from '../../model/exchange.ts';
import { headerValue } from '../../model/headers.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { isOpenedSocket } from '../../model/web-socket.ts';
import { ACAO } from './cors.ts';
import { isSuccess, mayBeEngineIo, observed, responseHeader, statusOf } from './exchanges.ts';

/** What is this close may be either side of a change; and nobody sets a server up anew within this time, ms. */
const SAME_MOMENT_MS = 250;

/** A connection that is open has something to show at least this often: the default `pingInterval` and some slack, ms. */
const HEARTBEAT_MS = 30_000;

/**
 * An answer of Engine.IO that names an allowed origin although `refused`, of the same server at the same time, does not: one
 * of the same session, or of another connection that was open then (a server that was set up anew in between would have
 * ended it). Null when there is none.
 */
export function allowedElsewhere(refused: JudgedExchange, session: Session, endpoint: Endpoint): JudgedExchange | null {
  return witnessIn(session) ?? witnessIn(openBeside(refused, session, endpoint));
}

/** A storm of attempts is one session, and each of them asks for its witness. */
const witnesses = new WeakMap<Session, JudgedExchange | null>();

function witnessIn(session: Session | undefined): JudgedExchange | null {
  if (!session) return null;
  const known = witnesses.get(session);
  if (known !== undefined) return known;
  const found = findWitness(session);
  witnesses.set(session, found);
  return found;
}

function findWitness(session: Session): JudgedExchange | null {
  const answers = observed(session);
  // The answer to a preflight weighs least: a proxy may give it by itself.
  return (
    answers.find((answer) => answer.kind !== 'preflight' && namesOrigin(answer)) ?? answers.find(namesOrigin) ?? null
  );
}

function namesOrigin(exchange: JudgedExchange): boolean {
  if (responseHeader(exchange, ACAO) === null) return false;
  return exchange.kind === 'websocket' ? isOpenedSocket(exchange) : isSuccess(exchange) && mayBeEngineIo(exchange);
}

/** The last connection that was made before, if it was still open. */
function openBeside(refused: JudgedExchange, own: Session, endpoint: Endpoint): Session | undefined {
  const latest = endpoint.sessions
    .filter(({ opened, startedMs }) => opened && startedMs <= refused.startedMs + SAME_MOMENT_MS)
    .findLast((session) => session.key !== own.key);
  return latest && wasOpenAt(latest, refused.startedMs) ? latest : undefined;
}

function wasOpenAt(session: Session, atMs: number): boolean {
  const { lastActivityMs } = session;
  return (
    lastActivityMs > atMs + SAME_MOMENT_MS ||
    (lastActivityMs >= atMs - HEARTBEAT_MS && observed(session).some(isUnderWay))
  );
}

/** A WebSocket or a poll that is waiting for the server. Firefox does not show when a WebSocket closes. */
function isUnderWay(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket') return exchange.outcome === 'pending';
  return isOpenedSocket(exchange) && !exchange.ended && exchange.dialect !== 'firefox';
}

/** An answer that names an allowed origin and does not come from Socket.IO. */
export interface OtherAnswer {
  /** Path without the query, which may hold secrets. */
  path: string;
  status: number;
  allowOrigin: string;
  /** Key of its exchange, where it is one of the endpoint's own. */
  exchange: string | null;
}

/**
 * An answer beside Socket.IO's that names an allowed origin, best one that allows this page; null when none was seen. Errors
 * of a gateway do not count, nor does what lies under Socket.IO's own path (its client script).
 */
export function appAnswer(endpoint: Endpoint): OtherAnswer | null {
  const answers = [...endpoint.neighbours.flatMap((neighbour) => beside(neighbour, endpoint)), ...notFound(endpoint)];
  const allows = ({ allowOrigin }: OtherAnswer) => allowOrigin === '*' || allowOrigin === endpoint.pageOrigin;
  return answers.find(allows) ?? answers[0] ?? null;
}

function beside({ url, status, allowOrigin }: Endpoint['neighbours'][number], endpoint: Endpoint): OtherAnswer[] {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  if (status >= 500 || path === '' || path.startsWith(endpoint.path)) return [];
  return [{ path, status, allowOrigin, exchange: null }];
}

/** A 404 on Socket.IO's path comes from whoever answers when Socket.IO is not there. */
function notFound({ sessions, path }: Endpoint): OtherAnswer[] {
  return sessions
    .flatMap(observed)
    .filter((exchange) => exchange.kind === 'polling' && statusOf(exchange) === 404)
    .flatMap((exchange) => {
      const allowOrigin = headerValue(exchange.response?.headers ?? [], ACAO);
      return allowOrigin === null ? [] : [{ path, status: 404, allowOrigin, exchange: exchange.key }];
    });
}
