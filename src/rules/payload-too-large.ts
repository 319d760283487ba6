import { acceptBody } from '../fixes/proxy-limits.ts';
import { raiseBufferSize, roomFor } from '../fixes/server-options.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence, Fix, Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import { frameBytes } from '../model/web-socket.ts';
import page from './payload-too-large.md?raw';
import { fixContext } from './support/context.ts';
import { packetEvidence, statusEvidence } from './support/evidence.ts';
import { mediaType, observed, responseHeader, statusOf } from './support/exchanges.ts';
import { handshakeOf } from './support/handshake.ts';
import { endedSockets } from './support/liveness.ts';

/** Something too large, and who would not take it. */
interface TooLarge {
  session: Session;
  exchange: JudgedExchange;
  /** Null where the browser does not say how much was sent. */
  bytes: number | null;
  /** The server's own limit, bytes; null where it is not announced (before Socket.IO 4.5). */
  limit: number | null;
  owner: 'Socket.IO' | 'the proxy';
  end: 'status' | 'reset' | 'closed';
}

/** The server closes within this time of a frame that is too large (measured: 0.6 s), ms. */
const CLOSED_WITHIN_MS = 1_000;

/** `maxHttpBufferSize` since 2.5, bytes: where a limit is not announced, less than this is never too much. */
const DEFAULT_LIMIT = 1e6;

/** And before 2.5, which waits 20 s for a pong where its forerunners wait 5 or 60 s. */
const V2_LIMIT = 1e8;
const PATIENT_V2_MS = 20_000;

/** What is surely too much for the session's server, bytes. */
function leastRefused(session: Session): number {
  const open = handshakeOf(session)?.open;
  if (open?.maxPayload != null) return open.maxPayload;
  return session.eio === 3 && open?.pingTimeout !== PATIENT_V2_MS ? V2_LIMIT : DEFAULT_LIMIT;
}

function postBytes({ requestBody, source }: JudgedExchange): number | null {
  if (requestBody.state === 'text') return new TextEncoder().encode(requestBody.text).length;
  const size = source.request.bodySize ?? 0;
  return size > 0 ? size : null;
}

/** Engine.IO's own 413 has no content; proxies send a page of theirs. */
function ownerOf(exchange: JudgedExchange): TooLarge['owner'] {
  return mediaType(exchange) === 'text/html' ? 'the proxy' : 'Socket.IO';
}

function refusedPosts(session: Session): TooLarge[] {
  const limit = handshakeOf(session)?.open.maxPayload ?? null;
  return observed(session)
    .filter(({ kind, method, target }) => kind === 'polling' && method === 'POST' && target.sid !== null)
    .flatMap((exchange): TooLarge[] => {
      const bytes = postBytes(exchange);
      if (statusOf(exchange) === 413)
        return [{ session, exchange, bytes, limit, owner: ownerOf(exchange), end: 'status' }];
      // Before engine.io 6.2 the server just cut the connection.
      const wasCut = exchange.outcome === 'failed' && /RESET|CLOSED|EMPTY_RESPONSE/.test(exchange.error ?? '');
      return wasCut && bytes !== null && bytes > leastRefused(session)
        ? [{ session, exchange, bytes, limit, owner: 'Socket.IO', end: 'reset' }]
        : [];
    });
}

function closedSockets(session: Session): TooLarge[] {
  const limit = handshakeOf(session)?.open.maxPayload ?? null;
  return endedSockets(session).flatMap(({ exchange, endMs }): TooLarge[] => {
    const last = exchange.frames.findLast(({ direction }) => direction === 'send');
    if (!last || endMs - last.atMs > CLOSED_WITHIN_MS) return [];
    const recent = exchange.frames.filter(
      ({ direction, atMs }) => direction === 'send' && endMs - atMs <= CLOSED_WITHIN_MS,
    );
    const bytes = Math.max(...recent.map(frameBytes));
    return bytes > leastRefused(session)
      ? [{ session, exchange, bytes, limit, owner: 'Socket.IO', end: 'closed' }]
      : [];
  });
}

export const payloadTooLarge: Rule = {
  id: 'payload-too-large',
  severity: 'error',
  confidence: 'certain',
  rung: 11,
  page,
  mayReturn: true,
  check(endpoint): Hit[] {
    const seen = endpoint.sessions
      .flatMap((session) => [...refusedPosts(session), ...closedSockets(session)])
      .sort((a, b) => a.exchange.startedMs - b.exchange.startedMs);
    const latest = seen.at(-1);
    if (!latest) return [];
    return [
      {
        sessions: [...new Set(seen.map(({ session }) => session.key))],
        exchanges: [...new Set(seen.map(({ exchange }) => exchange.key))],
        confidence:
          latest.end === 'status' || (latest.end === 'closed' && latest.limit !== null) ? 'certain' : 'likely',
        params: { owner: ownerText(latest), what: whatText(latest), limit: limitText(latest) },
        evidence: evidenceOf(latest),
        fixes: fixesOf(latest),
      },
    ];
  },
  // That a later connection opened says nothing: only sending as much again would, and that is looked at above.
  isOver: () => false,
};

function ownerText({ owner, exchange }: TooLarge): string {
  return owner === 'Socket.IO' ? exchange.target.origin : `The proxy before ${exchange.target.origin}`;
}

function sizeText(bytes: number | null): string {
  return bytes === null ? 'more than it takes' : `${(bytes / 1e6).toFixed(bytes < 1e5 ? 4 : 1)} MB`;
}

function whatText({ bytes, end }: TooLarge): string {
  const size = sizeText(bytes);
  if (end === 'status') return `A POST with ${size} was answered 413, which ends the connection`;
  if (end === 'reset') return `A POST with ${size} was cut off without an answer`;
  return `The WebSocket was closed right after a frame of ${size}`;
}

function limitText({ limit, owner }: TooLarge): string {
  if (owner !== 'Socket.IO') return 'The answer is a page of the proxy’s own: Socket.IO never saw the request.';
  return limit === null
    ? 'The server’s `maxHttpBufferSize` is the limit: 1 MB unless it was changed.'
    : `The server announced its limit in the handshake: \`maxPayload\` ${limit} bytes.`;
}

function evidenceOf({ exchange, bytes, limit, end }: TooLarge): Evidence[] {
  const size = packetEvidence(
    exchange,
    'bytes sent',
    bytes === null ? null : String(bytes),
    limit === null ? null : `at most ${limit}`,
  );
  return end === 'status' ? [statusEvidence(exchange, '200'), size] : [size];
}

/** Whether the answer may be that proxy's own page. HAProxy's names nobody. */
function mayBe(proxy: string, server: string | null): boolean {
  return proxy === 'haproxy' ? server === null : server?.toLowerCase().includes(proxy) === true;
}

function fixesOf({ exchange, bytes, limit, owner }: TooLarge): Fix[] {
  const needed = bytes ?? 2 * (limit ?? DEFAULT_LIMIT);
  const context = fixContext(exchange);
  // Under uvicorn, python-engineio neither closes the WebSocket nor answers with 413.
  const server = raiseBufferSize(context, needed, limit).filter(({ id }) => id !== 'asgi');
  if (owner === 'Socket.IO') return server;
  // A proxy that takes more only moves the limit to the server, where that is lower.
  return [
    ...acceptBody(context, roomFor(needed)).filter(({ id }) => mayBe(id, responseHeader(exchange, 'Server'))),
    ...(needed > (limit ?? DEFAULT_LIMIT) ? server : []),
  ];
}
