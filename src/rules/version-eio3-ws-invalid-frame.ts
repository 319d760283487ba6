import { allowEio3, upgradeClient } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';
import { failsBlanked, hasInvalidFrame } from './support/sockets.ts';
import { socketWorks } from './support/upgrade.ts';
import page from './version-eio3-ws-invalid-frame.md?raw';

/** The refusal follows the `101` at once; what breaks a connection later on is something else, ms. */
const AT_ONCE_MS = 2000;

const shows: Shows = (exchange) =>
  exchange.target.eio === 3 &&
  exchange.target.sid === null &&
  (exchange.durationMs ?? 0) < AT_ONCE_MS &&
  (hasInvalidFrame(exchange) || failsBlanked(exchange));

function textOf({ socketErrors }: JudgedExchange): string {
  return socketErrors.find((text) => text !== '') ?? '';
}

export const versionEio3WsInvalidFrame: Rule = {
  id: 'version-eio3-ws-invalid-frame',
  severity: 'error',
  confidence: 'likely',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: hasInvalidFrame(exchange) ? 'likely' : 'hint',
      params: { server: exchange.target.origin },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: '3' },
        errorEvidence(exchange, textOf(exchange)),
      ],
      // Socket.IO 3 stays silent instead (`ws-silent-after-101`).
      fixes: [
        ...allowEio3(fixContext(exchange)).filter(({ id }) => id !== 'node-v3'),
        upgradeClient(fixContext(exchange)),
      ],
      alternatives: ['two-servers-same-http'],
    })),
  isOver: (later) => socketWorks(later) && !later.latest.some((exchange) => shows(exchange, later)),
};
