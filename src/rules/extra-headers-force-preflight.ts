import { sendAsAuth } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { Rule } from '../model/rule.ts';
import page from './extra-headers-force-preflight.md?raw';
import { fixContext, parties } from './support/context.ts';
import { requestEvidence } from './support/evidence.ts';
import { isResponseHeader, requestedHeaders, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** Fetch, "CORS-safelisted method" (https://fetch.spec.whatwg.org/#cors-safelisted-method). */
const SAFELISTED_METHODS = ['GET', 'HEAD', 'POST'];

/** Those headers that somebody chose to send; `content-type` is the library's own, on a v2 client's binary POST. */
function customHeaders(preflight: JudgedExchange): string[] {
  return requestedHeaders(preflight).filter((name) => name !== 'content-type' && !isResponseHeader(name));
}

const shows: Shows = (exchange) => {
  if (exchange.kind !== 'preflight' || exchange.response === null || customHeaders(exchange).length === 0) return false;
  const method = headerValue(exchange.requestHeaders, 'Access-Control-Request-Method') ?? 'GET';
  return SAFELISTED_METHODS.includes(method) && !requestedHeaders(exchange).includes('content-type');
};

export const extraHeadersForcePreflight: Rule = {
  id: 'extra-headers-force-preflight',
  severity: 'info',
  confidence: 'hint',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const headers = customHeaders(exchange);
      return {
        params: { ...parties(exchange), headers: headers.join(', ') },
        evidence: [requestEvidence(exchange, 'Access-Control-Request-Headers')],
        fixes: sendAsAuth(fixContext(exchange), headers),
      };
    }),
  isOver: overOnce(wouldShowPreflight, shows),
};
