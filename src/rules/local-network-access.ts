import { allowLocalNetwork } from '../fixes/local-network.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { parsePolicies } from '../protocol/content-security-policy.ts';
import page from './local-network-access.md?raw';
import { hostnameOf, spaceOf } from './support/addresses.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { documentOf } from './support/unsent.ts';

/** Chromium's word for it; before version 138 it said PRIVATE_NETWORK. */
const BLOCKED = /ERR_BLOCKED_BY_(LOCAL|PRIVATE)_NETWORK_ACCESS_CHECKS/;

/** A polling request that needs no preflight gets a word that says nothing; then the two addresses have to tell. */
function isNamelessBlock(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (exchange.kind !== 'polling' || exchange.response !== null || exchange.error !== 'net::ERR_FAILED') return false;
  if (exchange.source.response._fetchedViaServiceWorker || hasPreflight(exchange, endpoint)) return false;
  const target = spaceOf(hostnameOf(exchange.target.origin));
  return target !== 'public' && pageSpace(exchange, endpoint) === 'public';
}

function hasPreflight({ url }: JudgedExchange, { sessions }: Endpoint): boolean {
  return sessions.some(({ exchanges }) => exchanges.some((other) => other.kind === 'preflight' && other.url === url));
}

function pageSpace(exchange: JudgedExchange, endpoint: Endpoint): string {
  const policies = parsePolicies(documentOf(exchange, endpoint)?.policy ?? '');
  if (policies.some((policy) => policy.has('treat-as-public-address'))) return 'public';
  const host = hostnameOf(exchange.pageOrigin);
  return host === '' ? 'unknown' : spaceOf(host);
}

export const localNetworkAccess: Rule = {
  id: 'local-network-access',
  severity: 'error',
  confidence: 'likely',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => errorWord(exchange, BLOCKED) !== null || isNamelessBlock(exchange, endpoint)),
      ({ exchange }) => {
        const word = errorWord(exchange, BLOCKED);
        return {
          confidence: word === null ? 'hint' : 'likely',
          params: { server: exchange.target.origin, page: exchange.pageOrigin ?? 'the page' },
          evidence: [errorEvidence(exchange, word ?? exchange.error)],
          fixes: [allowLocalNetwork(fixContext(exchange))],
          alternatives: word === null ? ['cors-not-configured'] : [],
        };
      },
    ),
  isOver: overOnceAnswered,
};
