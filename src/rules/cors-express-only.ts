import { allowPage } from '../fixes/cors.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './cors-express-only.md?raw';
import { fixContext, parties } from './support/context.ts';
import { ACAO, allowOriginEvidence, isCorsTest, lacksOrigin } from './support/cors.ts';
import { allowedElsewhere, appAnswer, type OtherAnswer } from './support/other-answers.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => lacksOrigin(exchange, { asked: false });

function appEvidence({ path, status, allowOrigin, exchange }: OtherAnswer): Evidence {
  const name = `${ACAO} of ${path} (${status})`;
  // As it should be: this is the one that shows how the other could look.
  return { exchange, where: 'response header', name, expected: allowOrigin, actual: allowOrigin };
}

function check(endpoint: Endpoint) {
  const other = appAnswer(endpoint);
  if (!other) return [];
  const bare = sightings(endpoint, shows).filter(
    ({ exchange, session }) => !allowedElsewhere(exchange, session, endpoint),
  );
  return oneHit(bare, ({ exchange }) => ({
    params: { ...parties(exchange), path: other.path, allowed: other.allowOrigin },
    evidence: [allowOriginEvidence(exchange), appEvidence(other)],
    fixes: allowPage(fixContext(exchange)),
  }));
}

export const corsExpressOnly: Rule = {
  id: 'cors-express-only',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check,
  isOver: overOncePast('MissingAllowOriginHeader', isCorsTest, shows),
};
