import { answerBeforeMiddleware } from '../fixes/exempt-options.ts';
import { connectToTarget } from '../fixes/redirect.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-redirect.md?raw';
import { fixContext } from './support/context.ts';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { statusOf } from './support/exchanges.ts';
import { isPreflightAccepted, preflightNeeds, proxyAnswersBeforeLogin, statusFault } from './support/preflight.ts';
import { redirectKind } from './support/redirects.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'redirect';

export const preflightRedirect: Rule = {
  id: 'preflight-redirect',
  severity: 'error',
  confidence: 'certain',
  rung: 2,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const { advice, remedy, fixes } = cure(exchange);
      return {
        params: {
          server: exchange.target.origin,
          status: String(statusOf(exchange)),
          target: exchange.redirectUrl ?? '',
          advice,
          remedy,
        },
        evidence: [statusEvidence(exchange, '204'), headerEvidence(exchange, 'Location', null)],
        fixes,
      };
    }),
  isOver: overOnce(isPreflightAccepted, shows),
};

/** To a login no preflight can be taken: it has no cookies. Elsewhere the client can ask by itself. */
function cure(exchange: JudgedExchange): Record<'advice' | 'remedy', string> & Pick<Hit, 'fixes'> {
  const target = exchange.redirectUrl ?? '';
  const context = fixContext(exchange);
  if (redirectKind(exchange.url, target) !== 'login')
    return {
      advice: 'Connect to the final address',
      remedy:
        'Use the final address in the client, with its scheme, host and path, so that nothing has to be redirected.',
      fixes: connectToTarget(context, target),
    };
  return {
    advice: 'Answer OPTIONS before the login',
    remedy:
      'A preflight never carries cookies, so it cannot be logged in: answer OPTIONS before the login, which still guards the request itself.',
    fixes: [...proxyAnswersBeforeLogin(exchange), ...answerBeforeMiddleware(context, preflightNeeds(exchange))],
  };
}
