import { beSticky } from '../fixes/stickiness.ts';
import type { Rule } from '../model/rule.ts';
import page from './sticky-session-missing.md?raw';
import { fixContext } from './support/context.ts';
import { errorBody } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { handshakeOf, misroutedSids, proveSecondProcess } from './support/lost-sids.ts';
import { oneHit } from './support/sightings.ts';
import { isCrossSite } from './support/stickiness.ts';

export const stickySessionMissing: Rule = {
  id: 'sticky-session-missing',
  severity: 'error',
  confidence: 'certain',
  rung: 8,
  page,
  mayReturn: true,
  explains: ['python-multiworker', 'third-party-cookie-blocked', 'server-restarted'],
  check: (endpoint) => {
    const lost = misroutedSids(endpoint);
    const isProven = proveSecondProcess(lost);
    return oneHit(lost, ({ exchange, session }) => {
      const handshake = handshakeOf(session);
      return {
        confidence: isProven ? 'certain' : 'likely',
        params: { server: exchange.target.origin },
        evidence: [
          ...(handshake ? [statusEvidence(handshake, '200')] : []),
          statusEvidence(exchange, '200'),
          errorBody(exchange),
        ],
        fixes: beSticky(fixContext(exchange), isCrossSite(exchange) === true),
        alternatives: isProven ? [] : ['server-restarted'],
      };
    });
  },
};
