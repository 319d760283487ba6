import { oneClient } from '../fixes/session-life.ts';
import type { Rule } from '../model/rule.ts';
import page from './request-overlap.md?raw';
import { fixContext } from './support/context.ts';
import { statusEvidence } from './support/evidence.ts';
import { observed } from './support/exchanges.ts';
import { overlaps } from './support/overlap.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange, session) => overlaps(exchange, observed(session)) !== null;

export const requestOverlap: Rule = {
  id: 'request-overlap',
  severity: 'error',
  confidence: 'likely',
  rung: 6,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => ({
      params: { server: exchange.target.origin, method: exchange.method },
      evidence: [
        statusEvidence(exchange, '200'),
        {
          exchange: overlaps(exchange, observed(session))?.key ?? null,
          where: 'timing',
          name: `${exchange.method} requests of this sid under way`,
          expected: '1',
          actual: '2',
        },
      ],
      fixes: [oneClient(fixContext(exchange))],
    })),
};
