import { isPastCheck } from '../../cors/check-order.ts';
import type { CorsErrorName } from '../../cors/outcome.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Hit } from '../../model/finding.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { observed } from './exchanges.ts';

/** An exchange that shows a fault, and the session it belongs to. */
export interface Sighting {
  exchange: JudgedExchange;
  session: Session;
}

export type Shows = (exchange: JudgedExchange, session: Session) => boolean;

/** What a rule says of the exchange that stands for all that show the fault. */
export type Description = Omit<Hit, 'sessions' | 'exchanges'>;

/** Every exchange of the endpoint that shows the fault, in order of time. */
export function sightings(endpoint: Endpoint, shows: Shows): Sighting[] {
  const seen = endpoint.sessions.flatMap((session) =>
    observed(session)
      .filter((exchange) => shows(exchange, session))
      .map((exchange) => ({ exchange, session })),
  );
  // A folded session begins with its first attempt and shows its last one.
  return seen.sort((a, b) => a.exchange.startedMs - b.exchange.startedMs);
}

/** One hit for all sightings of one fault, because one change mends them all; the latest gives the values. No sighting, no hit. */
export function oneHit<T extends Sighting>(seen: readonly T[], describe: (latest: T) => Description): Hit[] {
  const latest = seen.at(-1);
  if (!latest) return [];
  return [
    {
      ...describe(latest),
      sessions: [...new Set(seen.map(({ session }) => session.key))],
      exchanges: seen.map(({ exchange }) => exchange.key),
    },
  ];
}

/**
 * `isOver` of a rule: the later attempt worked, or it got the kind of answer that would show the fault, and without it. An answer of
 * which it is still open whether it shows the fault (Firefox marks nothing) decides nothing.
 */
export function overOnce(wouldShow: (exchange: JudgedExchange) => boolean, shows: Shows): (later: Session) => boolean {
  return (later) => {
    if (worked(later)) return true;
    const tests = observed(later).filter(wouldShow);
    return tests.length > 0 && !tests.some((exchange) => shows(exchange, later) || mayShow(exchange, later, shows));
  };
}

/**
 * `isOver` of a fault that the browser finds in one of its CORS checks, named by an error of it: an answer that did not get past
 * this check says nothing of it, whatever else it shows.
 */
export function overOncePast(
  check: CorsErrorName,
  wouldShow: (exchange: JudgedExchange) => boolean,
  shows: Shows,
): (later: Session) => boolean {
  return overOnce((exchange) => wouldShow(exchange) && isPastCheck(exchange.cors, check), shows);
}

function mayShow(exchange: JudgedExchange, session: Session, shows: Shows): boolean {
  const { cors } = exchange;
  return cors.candidates.some(
    ({ error, parameter }) =>
      error !== null && shows({ ...exchange, cors: { ...cors, verdict: 'fail', error, parameter } }, session),
  );
}

function worked(session: Session): boolean {
  return session.opened && !session.namespaces.some(({ state }) => state === 'rejected');
}
