import { exemptFromRewriting, exemptPath } from '../fixes/access.ts';
import { connectToTarget, keepTrailingSlash } from '../fixes/redirect.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix, Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Arrival, Endpoint, Session } from '../model/session.ts';
import page from './polling-redirect.md?raw';
import { fixContext, sessionContext } from './support/context.ts';
import { isServed } from './support/engine-errors.ts';
import { observed, responseHeader, statusOf } from './support/exchanges.ts';
import { type RedirectKind, redirectKind } from './support/redirects.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';

const REMEDIES: Record<RedirectKind | 'other', string> = {
  'http-to-https': 'The server wants `https`: use it in the client’s URL.',
  'trailing-slash':
    'Socket.IO’s path ends in a slash, and the web framework takes it away: keep it from doing so for this path.',
  login:
    'The request was taken for a visitor’s who is not logged in: let Socket.IO’s path through, and check the client there.',
  host: 'Use the final host in the client’s URL.',
  other: 'Use the final address in the client, or take Socket.IO’s path out of the redirect.',
};

interface Hop {
  from: string;
  to: string;
  status: number;
}

function describe(
  { from, to, status }: Hop,
  fixContextOf: ReturnType<typeof fixContext>,
): Pick<Hit, 'detail' | 'params' | 'fixes'> {
  const detail = redirectKind(from, to);
  return {
    detail,
    params: { from: bare(from), to: bare(to), status: String(status), remedy: REMEDIES[detail ?? 'other'] },
    fixes: fixesOf(detail, to, fixContextOf),
  };
}

function fixesOf(detail: RedirectKind | null, to: string, context: ReturnType<typeof fixContext>): Fix[] {
  if (detail === 'trailing-slash') return keepTrailingSlash(context);
  if (detail !== 'login') return connectToTarget(context, to);
  return new URL(to).searchParams.has('EIO') ? exemptFromRewriting(context) : exemptPath(context);
}

/** Without the query, which holds nothing that tells the two apart. */
function bare(url: string): string {
  return url.split(/[?#]/)[0] ?? '';
}

/** Chromium shows its own change of http to https (HSTS) as a redirect, and names the reason in this header. */
const BROWSERS_OWN = 'Non-Authoritative-Reason';

function isServersRedirect(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || exchange.redirectUrl === null) return false;
  return responseHeader(exchange, BROWSERS_OWN) === null;
}

/** A connection that works all the same is none of this rule's business. */
function failed(session: Session): boolean {
  return session.state === 'failed';
}

/** What came by a redirect and was opened fails for a reason of its own. */
function isLost(session: Session): boolean {
  return failed(session) && !session.opened;
}

/** What the redirect's target answered; 0 where that is not in the record. */
function targetStatus(target: string, { sessions }: Endpoint): number {
  const answer = sessions.flatMap(observed).findLast(({ url }) => url === target);
  return answer ? statusOf(answer) : 0;
}

/** Where nobody answers at the target either, asking there directly is no cure: the path itself may be what is wrong. */
function doubtOf(status: number): Pick<Hit, 'confidence' | 'alternatives'> {
  return status === 404 ? { confidence: 'likely', alternatives: ['wrong-path-404'] } : {};
}

/** Redirects of this endpoint that led to no connection, here or (where the target is no Engine.IO address) anywhere. */
function redirectsAway(endpoint: Endpoint): Hit[] {
  const shows = sightings(endpoint, (exchange, session) => isServersRedirect(exchange) && failed(session));
  return oneHit(shows, ({ exchange }) => {
    const hop = { from: exchange.url, to: exchange.redirectUrl ?? '', status: statusOf(exchange) };
    return {
      ...describe(hop, fixContext(exchange)),
      ...doubtOf(targetStatus(hop.to, endpoint)),
      evidence: [
        { exchange: exchange.key, where: 'status', name: 'status', expected: '200', actual: String(hop.status) },
        { exchange: exchange.key, where: 'response header', name: 'Location', expected: null, actual: bare(hop.to) },
      ],
    };
  });
}

/** The other end: what came here by a redirect, and fails here. */
function redirectsHere(endpoint: Endpoint): Hit[] {
  const arrivalOf = (url: string): Arrival | undefined => endpoint.arrivals.findLast(({ to }) => to === url);
  const shows = sightings(
    endpoint,
    (exchange, session) => exchange.kind === 'polling' && isLost(session) && arrivalOf(exchange.url) !== undefined,
  );
  return oneHit(shows, ({ exchange, session }) => {
    const hop = arrivalOf(exchange.url) ?? { from: '', to: exchange.url, status: 0 };
    return {
      ...describe(hop, { ...sessionContext(session), ...askedOf(hop.from) }),
      ...doubtOf(statusOf(exchange)),
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'redirected from', expected: null, actual: bare(hop.from) },
      ],
    };
  });
}

/** Where the client asked at first. */
function askedOf(url: string): { server: string; path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return { server: origin, path: pathname };
}

export const pollingRedirect: Rule = {
  id: 'polling-redirect',
  severity: 'error',
  confidence: 'certain',
  rung: 2,
  page,
  check: (endpoint) => [...redirectsAway(endpoint), ...redirectsHere(endpoint)],
  isOver: (later) =>
    observed(later).every(({ redirectUrl }) => redirectUrl === null) && overOnce(isServed, () => false)(later),
};
