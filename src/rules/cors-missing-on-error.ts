import type { Rule } from '../model/rule.ts';
import page from './cors-missing-on-error.md?raw';
import { parties } from './support/context.ts';
import { allowOriginEvidence, failsWith } from './support/cors.ts';
import { statusEvidence } from './support/evidence.ts';
import { statusOf } from './support/exchanges.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) =>
  exchange.kind === 'polling' && statusOf(exchange) >= 400 && failsWith(exchange, 'MissingAllowOriginHeader');

export const corsMissingOnError: Rule = {
  id: 'cors-missing-on-error',
  severity: 'info',
  confidence: 'certain',
  rung: 6,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { ...parties(exchange), status: String(statusOf(exchange)) },
      evidence: [statusEvidence(exchange, '200'), allowOriginEvidence(exchange)],
      fixes: [],
    })),
};
