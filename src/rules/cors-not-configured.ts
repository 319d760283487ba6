import { enableCors } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-not-configured.md?raw';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, isRefused, namesOriginElsewhere } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { responseTokens } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** `Vary: Origin` would say that a list of origins exists (expressjs/cors, `lib/index.js`): that is `cors-origin-not-in-list`. */
const shows: Shows = (exchange, session) =>
  isRefused(exchange, 'MissingAllowOriginHeader') &&
  !responseTokens(exchange, 'Vary').includes('origin') &&
  !namesOriginElsewhere(session);

export const corsNotConfigured: Rule = {
  id: 'cors-not-configured',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange), headerEvidence(exchange, 'Vary', null)],
      fixes: [enableCors(fixContext(exchange))],
    })),
  isOver: overOnce(isCorsTest, shows),
};
