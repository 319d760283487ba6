import { connectToPageHost } from '../fixes/elsewhere.ts';
import type { Rule } from '../model/rule.ts';
import page from './dns-failure.md?raw';
import { hostnameOf } from './support/addresses.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** Chromium (net/base/net_error_list.h) and Node (getaddrinfo). */
const UNKNOWN_HOST = /ERR_NAME_(NOT_RESOLVED|RESOLUTION_FAILED)|ERR_ICANN_NAME_COLLISION|ENOTFOUND|EAI_AGAIN/;

export const dnsFailure: Rule = {
  id: 'dns-failure',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => errorWord(exchange, UNKNOWN_HOST) !== null),
      ({ exchange }) => ({
        params: { host: hostnameOf(exchange.target.origin), url: exchange.target.origin },
        evidence: [errorEvidence(exchange, errorWord(exchange, UNKNOWN_HOST))],
        fixes: [connectToPageHost(fixContext(exchange))],
      }),
    ),
  isOver: overOnceAnswered,
};
