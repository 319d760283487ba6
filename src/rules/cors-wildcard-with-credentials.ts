import { allowPage } from '../fixes/cors.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-wildcard-with-credentials.md?raw';
import { fixContext, parties } from './support/context.ts';
import {
  allowOriginEvidence,
  corsAnswer,
  credentialsEvidence,
  isCorsTest,
  isRefused,
  showsCredentials,
} from './support/cors.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'WildcardOriginNotAllowed');

export const corsWildcardWithCredentials: Rule = {
  id: 'cors-wildcard-with-credentials',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: showsCredentials(exchange) ? 'certain' : 'likely',
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange), ...credentialsEvidence(exchange)],
      fixes: allowPage(
        { ...fixContext(exchange), credentials: 'include' },
        { isNotPython: true, now: { answers: corsAnswer(exchange) } },
      ),
    })),
  isOver: overOncePast('WildcardOriginNotAllowed', isCorsTest, shows),
};
