import { allowOrigin, fromElsewhere } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './cors-not-configured.md?raw';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, lacksOrigin } from './support/cors.ts';
import { allowedElsewhere, appAnswer } from './support/other-answers.ts';
import { oneHit, overOncePast, type Shows, type Sighting, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => lacksOrigin(exchange, { asked: false });

/** Nothing says more: where the app allows an origin it is `cors-express-only`, where Socket.IO does `cors-proxy-stripped`. */
function unexplained(endpoint: Endpoint): Sighting[] {
  if (appAnswer(endpoint)) return [];
  return sightings(endpoint, shows).filter(({ exchange, session }) => !allowedElsewhere(exchange, session, endpoint));
}

export const corsNotConfigured: Rule = {
  id: 'cors-not-configured',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(unexplained(endpoint), ({ exchange }) => ({
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange)],
      fixes: [...allowOrigin(fixContext(exchange), {}), ...fromElsewhere(fixContext(exchange))],
    })),
  isOver: overOncePast('MissingAllowOriginHeader', isCorsTest, shows),
};
