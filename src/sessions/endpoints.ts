/**
 * Exchange -> endpoint -> session, kept up to date as exchanges come and go. Only endpoints that were touched are built again.
 */
import type { Exchange, JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { Arrival, Endpoint, EndpointRef, Neighbour, PageDocument, Session } from '../model/session.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { buildSession, type JudgedAttempt } from './build.ts';
import { nextDueMs } from './due.ts';
import { foldSessions } from './fold.ts';
import { type Attempt, byStart as byExchangeStart, groupAttempts } from './group.ts';
import { withPageOrigins } from './page-origins.ts';
import { sidUseOf } from './used-sids.ts';
import { createMateIndex } from './verdict-mates.ts';
import { judgeExchanges } from './verdicts.ts';
import { joinWorkerTwins } from './worker-twins.ts';

export interface EndpointBook {
  /** Takes changed exchanges (null: gone). */
  apply(changes: ReadonlyMap<string, Exchange | null>): void;
  /** What is known beside the Engine.IO traffic, by the server's origin. Replaces what was given before. */
  setNeighbours(neighbours: ReadonlyMap<string, Neighbour[]>): void;
  /** The documents that were seen, by the page's origin. Replaces what was given before. */
  setDocuments(documents: ReadonlyMap<string, PageDocument[]>): void;
  /** Builds what was touched since the last call; endpoints that were not keep their identity. Ordered by first activity. */
  build(nowMs: number): Endpoint[];
  /** When the endpoints that were built last change by themselves (ms since the epoch); null: never. */
  dueMs(): number | null;
}

interface Shelf {
  ref: EndpointRef;
  exchanges: Map<string, Exchange>;
  built: Endpoint | null;
  /** When the endpoint changes by itself: a pending request becomes a timeout, a sid has not been used. Null: never. */
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
        const all = [...shelf.exchanges.values()];
        const asides = all.filter(({ probe }) => probe === 'beside');
        const own = joinWorkerTwins(all.filter(({ probe }) => probe !== 'beside'));
        // What was joined is no mate of what it went into.
        const mates = index.withMates(own).filter(({ key }) => !shelf.exchanges.has(key));
        const attempts = groupAttempts(own);
        const sidUse = sidUseOf(attempts, nowMs);
        const judged = new Map(
          judgeExchanges([...own, ...asides, ...mates], sidUse).map((exchange) => [exchange.key, exchange]),
        );
        const sessions = buildSessions(shelf.ref, attempts, judged, nowMs);
        const arrivals = arrivalsAt(shelf.ref, mates);
        const beside = asides.flatMap(({ key }) => judged.get(key) ?? []).sort(byExchangeStart);
        shelf.built = { ...shelf.ref, sessions, neighbours, beside, documents, arrivals, nowMs };
        shelf.dueMs = earliest([nextDueMs(sessions, nowMs), sidUse.dueMs]);
      }
      return [...shelves.values()].flatMap((shelf) => (shelf.built ? [shelf.built] : [])).sort(byFirstActivity);
    },
    dueMs: () => earliest([...shelves.values()].map((shelf) => shelf.dueMs)),
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
    .filter(({ target, redirectUrl, kind, response }) => {
      if (kind === 'preflight' || target.endpoint === ref.url) return false;
      // The browser's own change of http to https (HSTS), which Chromium shows as a redirect.
      if (headerValue(response?.headers ?? [], 'Non-Authoritative-Reason') !== null) return false;
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

function buildSessions(
  ref: EndpointRef,
  attempts: readonly Attempt[],
  judged: ReadonlyMap<string, JudgedExchange>,
  nowMs: number,
): Session[] {
  const sessions = attempts.map((attempt) =>
    buildOnce(
      ref,
      { ...attempt, exchanges: attempt.exchanges.flatMap((exchange) => judged.get(exchange.key) ?? []) },
      nowMs,
    ),
  );
  return foldSessions(sessions.sort(byStart));
}

/** Sessions that time cannot change, by their first exchange, with what they were made of. */
const settled = new WeakMap<JudgedExchange, { attempt: JudgedAttempt; session: Session }>();

/** A storm of attempts is built again with every one that arrives: those that are over stay as they are. */
function buildOnce(ref: EndpointRef, attempt: JudgedAttempt, nowMs: number): Session {
  const [first] = attempt.exchanges;
  const known = first && settled.get(first);
  if (known?.session.endpoint === ref && isSameAttempt(known.attempt, attempt)) return known.session;
  const session = buildSession(ref, attempt, nowMs);
  if (first && nextDueMs([session], nowMs) === null) settled.set(first, { attempt, session });
  return session;
}

function isSameAttempt(a: JudgedAttempt, b: JudgedAttempt): boolean {
  if (a.key !== b.key || a.sid !== b.sid || a.exchanges.length !== b.exchanges.length) return false;
  return a.exchanges.every((exchange, index) => exchange === b.exchanges[index]);
}

function earliest(timesMs: readonly (number | null)[]): number | null {
  return timesMs.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)), null);
}

function byStart(a: Session, b: Session): number {
  return a.startedMs - b.startedMs || (a.key < b.key ? -1 : 1);
}

function byFirstActivity(a: Endpoint, b: Endpoint): number {
  return (a.sessions[0]?.startedMs ?? 0) - (b.sessions[0]?.startedMs ?? 0) || (a.key < b.key ? -1 : 1);
}
