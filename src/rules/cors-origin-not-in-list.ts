import { allowOrigin, fromElsewhere } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './cors-origin-not-in-list.md?raw';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, lacksOrigin } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { allowedElsewhere } from './support/other-answers.ts';
import { oneHit, overOncePast, type Shows, type Sighting, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => lacksOrigin(exchange, { asked: true });

/** A list that allows the page in one answer allows it in all. */
function unexplained(endpoint: Endpoint): Sighting[] {
  return sightings(endpoint, shows).filter(({ exchange, session }) => !allowedElsewhere(exchange, session, endpoint));
}

export const corsOriginNotInList: Rule = {
  id: 'cors-origin-not-in-list',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(unexplained(endpoint), ({ exchange }) => ({
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange), headerEvidence(exchange, 'Vary', null)],
      fixes: [
        ...allowOrigin(fixContext(exchange), { hasList: true, isNotPython: true }),
        ...fromElsewhere(fixContext(exchange)),
      ],
      alternatives: ['cors-proxy-stripped'],
    })),
  isOver: overOncePast('MissingAllowOriginHeader', isCorsTest, shows),
};
