import { forbidCaching } from '../fixes/cache.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-vary-missing.md?raw';
import { cacheSignals, isFromCache, mayBeStored, variesByOrigin } from './support/cache.ts';
import { fixContext, parties } from './support/context.ts';
import { ACAO, allowOriginEvidence, isCorsTest, isForeignFromCache } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { originOf, responseHeader } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** The page got the answer that is for it, and a cache may give it to another page. */
function isForAll(exchange: JudgedExchange): boolean {
  const allowed = responseHeader(exchange, ACAO);
  if (exchange.cors.verdict !== 'pass' || allowed === null || allowed !== originOf(exchange)) return false;
  return cacheSignals(exchange).length > 0 && (isFromCache(exchange) || mayBeStored(exchange));
}

const shows: Shows = (exchange) =>
  isCorsTest(exchange) && !variesByOrigin(exchange) && (isForAll(exchange) || isForeignFromCache(exchange));

function effectOn(exchange: JudgedExchange): string {
  return isForeignFromCache(exchange)
    ? `So this page, at \`${originOf(exchange)}\`, got the answer to another one, and the browser withheld it.`
    : 'So a page of another origin may get the answer to this one, and the browser would withhold it there.';
}

export const corsVaryMissing: Rule = {
  id: 'cors-vary-missing',
  severity: 'warning',
  confidence: 'likely',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: isForeignFromCache(exchange) ? 'certain' : 'likely',
      params: {
        server: parties(exchange).server,
        allowed: responseHeader(exchange, ACAO) ?? '',
        effect: effectOn(exchange),
      },
      evidence: [
        headerEvidence(exchange, 'Vary', 'Origin'),
        allowOriginEvidence(exchange),
        ...cacheSignals(exchange).map((name) => headerEvidence(exchange, name, null)),
      ],
      fixes: forbidCaching(fixContext(exchange)),
    })),
  isOver: overOnce((exchange) => isCorsTest(exchange) && responseHeader(exchange, ACAO) !== null, shows),
};
