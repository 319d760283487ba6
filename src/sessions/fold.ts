/** Reconnect storms: failed attempts that look alike become one session with a count. */
import type { JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { Session } from '../model/session.ts';

/**
 * Folds the failed sessions of one endpoint that fail alike, as long as no success lies between them. The newest stands for
 * all of them, with the call site of the first that has one (a reconnect's stack shows the library alone).
 *
 * @param sessions in order of their start
 */
export function foldSessions(sessions: readonly Session[]): Session[] {
  const folded: Session[] = [];
  let alike = new Map<string, number>();
  for (const session of sessions) {
    if (session.state !== 'failed') {
      if (session.opened) alike = new Map();
      folded.push(session);
      continue;
    }
    const signature = failureSignature(session);
    const index = alike.get(signature);
    const earlier = index === undefined ? undefined : folded[index];
    if (earlier && index !== undefined) {
      folded[index] = fold(earlier, session);
    } else {
      alike.set(signature, folded.length);
      folded.push(session);
    }
  }
  return folded;
}

function fold(earlier: Session, later: Session): Session {
  return {
    ...later,
    key: earlier.key,
    attempts: earlier.attempts + later.attempts,
    startedMs: earlier.startedMs,
    callSite: earlier.callSite ?? later.callSite,
    pageUrl: later.pageUrl ?? earlier.pageUrl,
    exchanges: [...earlier.exchanges, ...later.exchanges],
  };
}

const TELLING_HEADERS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Vary',
  'Location',
];

/** What two attempts must share to count as the same failure: every answer, as far as any rule looks at it. */
function failureSignature(session: Session): string {
  return JSON.stringify([session.eio, session.clientError, session.latest.map(exchangeSignature)]);
}

function exchangeSignature(exchange: JudgedExchange): unknown[] {
  const headers = exchange.response?.headers ?? [];
  const body = exchange.response?.body;
  return [
    exchange.kind,
    exchange.method,
    exchange.target.sid !== null,
    exchange.outcome,
    exchange.response?.status,
    exchange.error,
    exchange.socketErrors,
    exchange.cors.error,
    exchange.cors.parameter,
    body?.state === 'text' && (exchange.response?.status ?? 0) >= 400 ? body.text : body?.state,
    TELLING_HEADERS.map((name) => headerValue(headers, name)),
  ];
}
