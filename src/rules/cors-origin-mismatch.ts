import { forbidCaching } from '../fixes/cache.ts';
import { onlyProxyAnswers } from '../fixes/proxy-cors.ts';
import { sameOrigin } from '../fixes/same-origin.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-origin-mismatch.md?raw';
import { mismatch, serverNow } from './support/allow-origin.ts';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, isForeignFromCache, isRefused } from './support/cors.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'AllowOriginMismatch', 'InvalidAllowOriginValue');

export const corsOriginMismatch: Rule = {
  id: 'cors-origin-mismatch',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const { detail, allowed, difference, fixes: listed } = mismatch(exchange);
      const params = { ...parties(exchange), allowed, difference };
      const proxies = onlyProxyAnswers(fixContext(exchange), { now: serverNow(exchange) });
      const evidence = [allowOriginEvidence(exchange)];
      if (!isForeignFromCache(exchange))
        return { detail, params, evidence, fixes: [...listed, ...proxies, ...sameOrigin(fixContext(exchange))] };
      // What a cache gave out does not show whom the server would allow.
      const others = forbidCaching(fixContext(exchange)).filter(({ id }) => listed.every((fix) => fix.id !== id));
      const fixes = [...listed, ...others];
      return { detail, confidence: 'likely', params, evidence, fixes, alternatives: ['cors-vary-missing'] };
    }),
  isOver: overOncePast('AllowOriginMismatch', isCorsTest, shows),
};
