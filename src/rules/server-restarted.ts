import { closeGracefully } from '../fixes/session-life.ts';
import type { Rule } from '../model/rule.ts';
import page from './server-restarted.md?raw';
import { errorBody } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { sidsOfRestart } from './support/lost-sids.ts';
import { oneHit } from './support/sightings.ts';

export const serverRestarted: Rule = {
  id: 'server-restarted',
  severity: 'warning',
  confidence: 'likely',
  rung: 8,
  page,
  mayReturn: true,
  check: (endpoint) => {
    const lost = sidsOfRestart(endpoint);
    return oneHit(lost, ({ exchange }) => ({
      params: { server: exchange.target.origin, count: String(lost.length) },
      evidence: [statusEvidence(exchange, '200'), errorBody(exchange)],
      fixes: closeGracefully(),
      alternatives: ['sticky-session-missing'],
    }));
  },
};
