/**
 * Exchange -> endpoint -> session, kept up to date as exchanges come and go. Only endpoints that were touched are built again.
 */
import type { Exchange, JudgedExchange } from '../model/exchange.ts';
import type { Arrival, Endpoint, EndpointRef, Neighbour, PageDocument, Session } from '../model/session.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { buildSession } from './build.ts';
import { nextDueMs } from './due.ts';
import { foldSessions } from './fold.ts';
import { type Attempt, groupAttempts } from './group.ts';
import { withPageOrigins } from './page-origins.ts';
import { createMateIndex, type MateIndex } from './verdict-mates.ts';
import { judgeExchanges } from './verdicts.ts';

export interface EndpointBook {
  /** Takes changed exchanges (null: gone). */
  apply(changes: ReadonlyMap<string, Exchange | null>): void;
  /** What is known beside the Engine.IO traffic, by the server's origin. Replaces what was given before. */
  setNeighbours(neighbours: ReadonlyMap<string, Neighbour[]>): void;
  /** The documents that were seen, by the page's origin. Replaces what was given before. */
  setDocuments(documents: ReadonlyMap<string, PageDocument[]>): void;
  /** Builds what was touched since the last call; endpoints that were not keep their identity. Ordered by first activity. */
  build(nowMs: number): Endpoint[];
}

interface Shelf {
  ref: EndpointRef;
  exchanges: Map<string, Exchange>;
  built: Endpoint | null;
  /** When the endpoint changes by itself: a pending request becomes a timeout. Null: never. */
  dueMs: number | null;
}

/** A book with nothing in it. */
export function createEndpointBook(): EndpointBook {
  const shelves = new Map<string, Shelf>();
  const shelfOf = new Map<string, string>();
  const index = createMateIndex();
  let neighboursOf: ReadonlyMap<string, Neighbour[]> = new Map();
  let documentsOf: ReadonlyMap<string, PageDocument[]> = new Map();

  const remove = (key: string) => {
    const shelfKey = shelfOf.get(key);
    const shelf = shelfKey === undefined ? undefined : shelves.get(shelfKey);
    if (shelfKey === undefined || !shelf) return;
    touchTarget(shelf.exchanges.get(key));
    shelf.exchanges.delete(key);
    shelf.built = null;
    shelfOf.delete(key);
    if (shelf.exchanges.size === 0) shelves.delete(shelfKey);
  };

  const put = (exchange: Exchange) => {
    const ref = endpointRefOf(exchange);
    const shelf = shelves.get(ref.key) ?? { ref, exchanges: new Map(), built: null, dueMs: null };
    shelves.set(ref.key, shelf);
    shelf.exchanges.set(exchange.key, exchange);
    shelf.built = null;
    shelfOf.set(exchange.key, ref.key);
    touchTarget(exchange);
  };

  /** Where a redirect leads is judged with the redirect in view. */
  const touchTarget = (exchange: Exchange | undefined) => {
    const target = exchange?.redirectUrl ? parseEngineUrl(exchange.redirectUrl) : null;
    for (const shelf of shelves.values()) if (shelf.ref.url === target?.endpoint) shelf.built = null;
  };

  return {
    apply(changes) {
      // What changes, goes or comes may change the verdict and the page of all that it shares a fetch with.
      const gone = index.withMates(index.known(changes.keys()));
      index.apply(changes);
      for (const { key } of gone) remove(key);
      const touched = [...gone, ...[...changes.values()].filter((exchange) => exchange !== null)];
      const there = index.withMates(index.known(touched.map(({ key }) => key)));
      for (const exchange of withPageOrigins(there)) {
        remove(exchange.key);
        put(exchange);
      }
    },
    setNeighbours(neighbours) {
      for (const shelf of shelves.values()) {
        const { origin } = shelf.ref;
        if (neighbours.has(origin) || neighboursOf.has(origin)) shelf.built = null;
      }
      neighboursOf = neighbours;
    },
    setDocuments(documents) {
      for (const shelf of shelves.values()) {
        const origin = shelf.ref.pageOrigin ?? '';
        if (documents.has(origin) || documentsOf.has(origin)) shelf.built = null;
      }
      documentsOf = documents;
    },
    build(nowMs) {
      for (const shelf of shelves.values()) {
        if (shelf.built && !(shelf.dueMs !== null && shelf.dueMs <= nowMs)) continue;
        const neighbours = neighboursOf.get(shelf.ref.origin) ?? [];
        const documents = documentsOf.get(shelf.ref.pageOrigin ?? '') ?? [];
        const arrivals = arrivalsAt(shelf.ref, index.withMates([...shelf.exchanges.values()]));
        const sessions = buildSessions(shelf, index, nowMs);
        shelf.built = { ...shelf.ref, sessions, neighbours, documents, arrivals, nowMs };
        shelf.dueMs = nextDueMs(sessions, nowMs);
      }
      return [...shelves.values()].flatMap((shelf) => (shelf.built ? [shelf.built] : [])).sort(byFirstActivity);
    },
  };
}

/** `ws://h/socket.io/` and `http://h/socket.io/` are one endpoint; the page is part of it, since CORS answers differ by origin. */
function endpointRefOf(exchange: Exchange): EndpointRef {
  const { endpoint, origin, path } = exchange.target;
  return {
    key: `${endpoint} from ${exchange.pageOrigin}`,
    url: endpoint,
    origin,
    path,
    pageOrigin: exchange.pageOrigin,
  };
}

/** Redirects of other endpoints that lead here. The page's origin does not count: a redirect may take it away. */
function arrivalsAt(ref: EndpointRef, mates: readonly Exchange[]): Arrival[] {
  return mates
    .filter(({ target, redirectUrl, kind }) => {
      if (kind === 'preflight' || target.endpoint === ref.url) return false;
      return redirectUrl !== null && parseEngineUrl(redirectUrl)?.endpoint === ref.url;
    })
    .map(({ url, redirectUrl, response, startedMs }) => ({
      from: url,
      status: response?.status ?? 0,
      to: redirectUrl ?? '',
      atMs: startedMs,
    }))
    .sort((a, b) => a.atMs - b.atMs || (a.from < b.from ? -1 : 1));
}

function buildSessions(shelf: Shelf, index: MateIndex, nowMs: number): Session[] {
  const own = [...shelf.exchanges.values()];
  const attempts = groupAttempts(own);
  const judged = judge(own, index, attempts);
  const sessions = attempts.map((attempt) =>
    buildSession(
      shelf.ref,
      { ...attempt, exchanges: attempt.exchanges.flatMap((exchange) => judged.get(exchange.key) ?? []) },
      nowMs,
    ),
  );
  return foldSessions(sessions.sort(byStart));
}

function judge(own: Exchange[], index: MateIndex, attempts: Attempt[]): Map<string, JudgedExchange> {
  const used = sidsInUse(own);
  const sidOfHandshake = new Map(
    attempts.flatMap(({ sid, exchanges }) => exchanges.map((exchange) => [exchange.key, sid] as const)),
  );
  const usedSid = (exchange: Exchange): boolean | null => {
    const sid = sidOfHandshake.get(exchange.key);
    if (exchange.target.sid !== null || typeof sid !== 'string') return null;
    // A page may discard a sid that it could read (React's StrictMode opens twice), or have had no time to use it.
    return used.has(sid) || (mayBeDiscarded(exchange, own, used) ? null : false);
  };
  const ownKeys = new Set(own.map(({ key }) => key));
  const mates = index.withMates(own).filter(({ key }) => !ownKeys.has(key));
  return new Map(judgeExchanges([...own, ...mates], { usedSid }).map((exchange) => [exchange.key, exchange]));
}

function sidsInUse(exchanges: Exchange[]): Set<string> {
  return new Set(exchanges.flatMap((exchange) => exchange.target.sid ?? []));
}

/** A client that reads a sid uses it at once, and one that cannot tries again after a second at the earliest. */
const SAME_MOMENT_MS = 1_000;

function mayBeDiscarded(handshake: Exchange, own: Exchange[], used: ReadonlySet<string>): boolean {
  const isNear = (other: Exchange) => Math.abs(other.startedMs - handshake.startedMs) < SAME_MOMENT_MS;
  const sibling = own.some(
    (other) => other !== handshake && other.target.sid !== null && used.has(other.target.sid) && isNear(other),
  );
  const lastMs = own.reduce((last, other) => Math.max(last, other.startedMs), 0);
  return sibling || lastMs - handshake.startedMs < SAME_MOMENT_MS;
}

function byStart(a: Session, b: Session): number {
  return a.startedMs - b.startedMs || (a.key < b.key ? -1 : 1);
}

function byFirstActivity(a: Endpoint, b: Endpoint): number {
  return (a.sessions[0]?.startedMs ?? 0) - (b.sessions[0]?.startedMs ?? 0) || (a.key < b.key ? -1 : 1);
}
