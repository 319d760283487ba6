import { connectOverHttps, serveOverHttps } from '../fixes/https.ts';
import type { Rule } from '../model/rule.ts';
import page from './mixed-content.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { isMixedContent, isUnsent } from './support/unsent.ts';

export const mixedContent: Rule = {
  id: 'mixed-content',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isUnsent(exchange) && isMixedContent(exchange)),
      ({ exchange }) => {
        const context = fixContext(exchange);
        const secure = exchange.target.origin.replace(/^http:/, 'https:');
        return {
          params: { server: exchange.target.origin, page: exchange.pageOrigin ?? 'the page', secure },
          evidence: [
            { exchange: exchange.key, where: 'url', name: 'scheme', expected: 'https', actual: exchange.target.scheme },
            errorEvidence(exchange, 'not sent: refused by the browser itself'),
          ],
          fixes: [connectOverHttps(context), ...serveOverHttps({ ...context, server: secure }, true)],
        };
      },
    ),
  isOver: overOnceAnswered,
};
