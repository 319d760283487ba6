import { oneWorker } from '../fixes/python.ts';
import { stickyNginx } from '../fixes/stickiness.ts';
import type { Rule } from '../model/rule.ts';
import page from './python-multiworker.md?raw';
import { errorBody } from './support/engine-errors.ts';
import { misroutedSids } from './support/lost-sids.ts';
import { pythonRefusal } from './support/python.ts';
import { oneHit } from './support/sightings.ts';

export const pythonMultiworker: Rule = {
  id: 'python-multiworker',
  severity: 'error',
  confidence: 'likely',
  rung: 8,
  page,
  mayReturn: true,
  check: (endpoint) => {
    const refused = misroutedSids(endpoint).filter(({ exchange }) => pythonRefusal(exchange) !== null);
    return oneHit(refused, ({ exchange }) => ({
      params: { server: exchange.target.origin },
      evidence: [errorBody(exchange)],
      fixes: [oneWorker(), stickyNginx()],
      alternatives: ['server-restarted'],
    }));
  },
};
