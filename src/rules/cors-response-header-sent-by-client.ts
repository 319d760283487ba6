import { dropHeaders, enableCors } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-response-header-sent-by-client.md?raw';
import { fixContext, parties } from './support/context.ts';
import { requestEvidence } from './support/evidence.ts';
import { isSuccess } from './support/exchanges.ts';
import { isResponseHeader, requestedHeaders, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => exchange.kind === 'preflight' && requestedHeaders(exchange).some(isResponseHeader);

/** A server without a list of headers lets this one pass: it does nothing then, but no harm either. */
function isHarmless(exchange: JudgedExchange): boolean {
  return isSuccess(exchange) && exchange.cors.verdict === 'pass';
}

function describe(exchange: JudgedExchange) {
  const asked = requestedHeaders(exchange);
  const headers = asked.filter(isResponseHeader);
  const others = asked.filter((name) => !isResponseHeader(name) && name !== 'content-type');
  const context = fixContext(exchange);
  return {
    severity: isHarmless(exchange) ? ('info' as const) : ('error' as const),
    params: {
      ...parties(exchange),
      headers: headers.join(', '),
      effect: isHarmless(exchange)
        ? 'It lets the header pass, so the only price is the extra request.'
        : 'It did not allow the request, which was never sent.',
    },
    evidence: [requestEvidence(exchange, 'Access-Control-Request-Headers', others.join(', ') || null)],
    fixes: [
      dropHeaders(context, headers, others),
      ...(context.page === null
        ? []
        : enableCors(context, { isNotPython: true }, `Allow \`${context.page}\` where it counts: on the server`)),
    ],
  };
}

export const corsResponseHeaderSentByClient: Rule = {
  id: 'cors-response-header-sent-by-client',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) => oneHit(sightings(endpoint, shows), ({ exchange }) => describe(exchange)),
  isOver: overOnce(wouldShowPreflight, shows),
};
