import type { Rule } from '../model/rule.ts';
import page from './cors-multiple-acao.md?raw';
import { severalValues } from './support/allow-origin.ts';
import { parties } from './support/context.ts';
import { allowOriginEvidence, isCorsTest, isRefused } from './support/cors.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'MultipleAllowOriginValues');

export const corsMultipleAcao: Rule = {
  id: 'cors-multiple-acao',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const { values, source, fixes } = severalValues(exchange);
      return { params: { ...parties(exchange), values, source }, evidence: [allowOriginEvidence(exchange)], fixes };
    }),
  isOver: overOncePast('MultipleAllowOriginValues', isCorsTest, shows),
};
