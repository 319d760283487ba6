import { bypassWorker } from '../fixes/service-worker.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import page from './service-worker-intercept.md?raw';
import { fixContext } from './support/context.ts';
import { observed, statusOf } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';

/**
 * Whether the worker itself gave the answer. One that passes the request on shows as a second request of the same URL, which is
 * the one that tells what is wrong.
 */
function isAnsweredByWorker(exchange: JudgedExchange, session: Session): boolean {
  // The page that was left aborts its requests, whoever would have answered them.
  if (session.opened || exchange.outcome === 'pending' || exchange.error === 'net::ERR_ABORTED') return false;
  if (exchange.kind !== 'polling' || !isViaWorker(exchange)) return false;
  return !observed(session).some((other) => other !== exchange && other.url === exchange.url && !isViaWorker(other));
}

function isViaWorker({ source }: JudgedExchange): boolean {
  return source.response._fetchedViaServiceWorker === true;
}

export const serviceWorkerIntercept: Rule = {
  id: 'service-worker-intercept',
  severity: 'warning',
  confidence: 'likely',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, isAnsweredByWorker), ({ exchange }) => ({
      params: {
        path: exchange.target.path,
        answer: exchange.response ? `answered it with \`${statusOf(exchange)}\`` : 'answered it with an error',
      },
      evidence: [
        { exchange: exchange.key, where: 'timing', name: 'fetched via service worker', expected: null, actual: 'yes' },
      ],
      fixes: [bypassWorker(fixContext(exchange))],
    })),
};
