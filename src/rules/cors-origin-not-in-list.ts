import { enableCors } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-origin-not-in-list.md?raw';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, isRefused, namesOriginElsewhere } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { responseTokens } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** `Vary: Origin` without an allowed origin: a list, a pattern or a function was asked, and said no (expressjs/cors, `lib/index.js`). */
const shows: Shows = (exchange, session) =>
  isRefused(exchange, 'MissingAllowOriginHeader') &&
  responseTokens(exchange, 'Vary').includes('origin') &&
  !namesOriginElsewhere(session);

export const corsOriginNotInList: Rule = {
  id: 'cors-origin-not-in-list',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange), headerEvidence(exchange, 'Vary', null)],
      fixes: [enableCors(fixContext(exchange), { hasList: true })],
      alternatives: ['cors-proxy-stripped'],
    })),
  isOver: overOnce(isCorsTest, shows),
};
