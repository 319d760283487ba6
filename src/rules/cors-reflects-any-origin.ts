import { liftSandbox } from '../fixes/null-origin.ts';
import { allowOnlyListed } from '../fixes/origin-list.ts';
import type { Rule } from '../model/rule.ts';
import page from './cors-reflects-any-origin.md?raw';
import { fixContext, parties } from './support/context.ts';
import { ACAC, ACAO } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { isSuccess, originOf, responseHeader } from './support/exchanges.ts';
import { originToServe } from './support/null-origin.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** What anybody can send: a frame with `sandbox` has this origin, whatever site it is on. */
const OPAQUE = 'null';

const shows: Shows = (exchange) =>
  isSuccess(exchange) &&
  originOf(exchange) === OPAQUE &&
  responseHeader(exchange, ACAO) === OPAQUE &&
  responseHeader(exchange, ACAC) === 'true';

export const corsReflectsAnyOrigin: Rule = {
  id: 'cors-reflects-any-origin',
  severity: 'warning',
  confidence: 'certain',
  rung: 11,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { server: parties(exchange).server },
      evidence: [
        requestEvidence(exchange, 'Origin'),
        headerEvidence(exchange, ACAO, null),
        headerEvidence(exchange, ACAC, null),
      ],
      fixes: [allowOnlyListed(fixContext(exchange), originToServe(exchange)), liftSandbox()],
    })),
  isOver: overOnce((exchange) => exchange.kind !== 'websocket' && isSuccess(exchange), shows),
};
