import { oneUpgradeHandler } from '../fixes/one-upgrade-handler.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';
import { hasInvalidFrame } from './support/sockets.ts';
import { socketWorks } from './support/upgrade.ts';
import page from './two-servers-same-http.md?raw';

/** The second answer follows the first at once, ms. */
const AT_ONCE_MS = 2000;

const shows: Shows = (exchange) =>
  exchange.target.eio === 4 && hasInvalidFrame(exchange) && (exchange.durationMs ?? 0) < AT_ONCE_MS;

export const twoServersSameHttp: Rule = {
  id: 'two-servers-same-http',
  severity: 'error',
  confidence: 'likely',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      severity: exchange.target.sid === null ? 'error' : 'warning',
      params: { server: exchange.target.origin },
      evidence: [errorEvidence(exchange, exchange.socketErrors.find((text) => text !== '') ?? '')],
      fixes: oneUpgradeHandler(fixContext(exchange)),
    })),
  isOver: (later) => socketWorks(later) && !later.latest.some((exchange) => shows(exchange, later)),
};
