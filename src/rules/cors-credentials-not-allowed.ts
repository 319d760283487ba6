import { allowPage } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-credentials-not-allowed.md?raw';
import { fixContext, parties } from './support/context.ts';
import {
  ACAC,
  allowOriginEvidence,
  corsAnswer,
  credentialsEvidence,
  isCorsTest,
  isRefused,
  showsCredentials,
} from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { responseHeader } from './support/exchanges.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'InvalidAllowCredentials');

export const corsCredentialsNotAllowed: Rule = {
  id: 'cors-credentials-not-allowed',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: showsCredentials(exchange) ? 'certain' : 'likely',
      params: { ...parties(exchange), sent: responseHeader(exchange, ACAC) ?? '(none)' },
      evidence: [
        headerEvidence(exchange, ACAC, 'true'),
        allowOriginEvidence(exchange),
        ...credentialsEvidence(exchange),
      ],
      fixes: allowPage(
        { ...fixContext(exchange), credentials: 'include' },
        { now: { answers: corsAnswer(exchange) } },
        'Set `cors.credentials` to the boolean `true`',
      ),
    })),
  isOver: overOncePast('InvalidAllowCredentials', isCorsTest, shows),
};
