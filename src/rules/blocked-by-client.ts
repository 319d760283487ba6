import { renamePath } from '../fixes/elsewhere.ts';
import type { Rule } from '../model/rule.ts';
import page from './blocked-by-client.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** Chromium's word for a request that an extension, or DevTools' own request blocking, cancelled. */
const BLOCKED = /ERR_BLOCKED_BY_CLIENT/;

export const blockedByClient: Rule = {
  id: 'blocked-by-client',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => errorWord(exchange, BLOCKED) !== null),
      ({ exchange }) => ({
        params: { server: exchange.target.origin, path: exchange.target.path },
        evidence: [errorEvidence(exchange, errorWord(exchange, BLOCKED))],
        fixes: renamePath(fixContext(exchange)),
      }),
    ),
  isOver: overOnceAnswered,
};
