import type { Rule } from '../model/rule.ts';
import page from './cors-origin-mismatch.md?raw';
import { mismatch } from './support/allow-origin.ts';
import { parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, isRefused } from './support/cors.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'AllowOriginMismatch', 'InvalidAllowOriginValue');

export const corsOriginMismatch: Rule = {
  id: 'cors-origin-mismatch',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const { detail, allowed, difference, fix } = mismatch(exchange);
      return {
        detail,
        params: { ...parties(exchange), allowed, difference },
        evidence: [allowOriginEvidence(exchange)],
        fixes: [fix],
      };
    }),
  isOver: overOnce(isCorsTest, shows),
};
