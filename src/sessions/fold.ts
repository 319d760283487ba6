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
  const groups = new Map<number, Session[]>();
  let alike = new Map<string, number>();
  for (const session of sessions) {
    if (session.state !== 'failed') {
      if (session.opened) alike = new Map();
      folded.push(session);
      continue;
    }
    const signature = failureSignature(session);
    const index = alike.get(signature);
    if (index !== undefined) {
      groups.get(index)?.push(session);
    } else {
      alike.set(signature, folded.length);
      groups.set(folded.length, [session]);
      folded.push(session);
    }
  }
  return folded.map((session, index) => foldGroup(groups.get(index) ?? [session]));
}

function foldGroup(group: readonly Session[]): Session {
  const [first, newest] = [group[0], group.at(-1)];
  if (!first || !newest) throw new RangeError('an empty group of sessions');
  if (first === newest) return first;
  return {
    ...newest,
    key: first.key,
    attempts: group.reduce((sum, { attempts }) => sum + attempts, 0),
    startedMs: first.startedMs,
    callSite: group.find(({ callSite }) => callSite !== null)?.callSite ?? null,
    pageUrl: group.findLast(({ pageUrl }) => pageUrl !== null)?.pageUrl ?? null,
    exchanges: group.flatMap(({ exchanges }) => exchanges),
  };
}

const signatures = new WeakMap<Session, string>();

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
  const signature =
    signatures.get(session) ??
    JSON.stringify([session.eio, session.clientError, session.latest.map(exchangeSignature)]);
  signatures.set(session, signature);
  return signature;
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
