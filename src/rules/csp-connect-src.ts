import { allowInPolicy } from '../fixes/content-security-policy.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, PageDocument, Session } from '../model/session.ts';
import type { DecidingDirective } from '../protocol/content-security-policy.ts';
import page from './csp-connect-src.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { documentOf, forbiddenBy, isMixedContent, isUnsent } from './support/unsent.ts';
import { lacksOfferedUpgrade, socketWorks } from './support/upgrade.ts';

/** What the policy says of a request; null when no document was seen, or it allows the request. */
function verdictOn(exchange: JudgedExchange, url: string, endpoint: Endpoint): Verdict | null {
  const document = documentOf(exchange, endpoint);
  const directive = document && forbiddenBy(document, url, exchange);
  return document && directive ? { document, directive } : null;
}

interface Verdict {
  document: PageDocument;
  directive: DecidingDirective;
}

/** The policy forbids the request, or there is no other reason left: the policy was not seen, and it is no mixed content. */
function isBlocked(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (!isUnsent(exchange)) return false;
  if (documentOf(exchange, endpoint) !== null) return verdictOn(exchange, exchange.url, endpoint) !== null;
  return exchange.dialect === 'chromium' && !isMixedContent(exchange);
}

/** A WebSocket that the policy forbids leaves no entry: what is seen is a handshake that offers it, and nothing after. */
function isKeptOnPolling(exchange: JudgedExchange, session: Session, endpoint: Endpoint): boolean {
  if (!lacksOfferedUpgrade(exchange, session) || endpoint.sessions.some(socketWorks)) return false;
  return verdictOn(exchange, socketUrl(exchange), endpoint) !== null;
}

function socketUrl({ target }: JudgedExchange): string {
  return target.endpoint.replace(/^http/, 'ws');
}

function policyEvidence(verdict: Verdict | null, server: string): Evidence[] {
  if (!verdict) return [];
  const { name, sources } = verdict.directive;
  const expected = `${name} … ${server} ${server.replace(/^http/, 'ws')}`;
  const actual = [name, ...sources].join(' ');
  return [{ exchange: null, where: 'response header', name: 'Content-Security-Policy', expected, actual }];
}

const KEPT = 'The connection works over polling and stays there: WebSocket is not listed.';

function reasonOf(verdict: Verdict | null): string {
  if (!verdict) return 'DevTools did not see the page’s document, so its policy is not shown here.';
  return `What the page allows is \`${[verdict.directive.name, ...verdict.directive.sources].join(' ').replaceAll('`', "'")}\`.`;
}

export const cspConnectSrc: Rule = {
  id: 'csp-connect-src',
  severity: 'error',
  confidence: 'likely',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(
        endpoint,
        (exchange, session) => isBlocked(exchange, endpoint) || isKeptOnPolling(exchange, session, endpoint),
      ),
      ({ exchange }) => {
        const isSocket = !isUnsent(exchange);
        const url = isSocket ? socketUrl(exchange) : exchange.url;
        const verdict = verdictOn(exchange, url, endpoint);
        const { origin: server } = exchange.target;
        return {
          severity: isSocket ? 'warning' : 'error',
          confidence: verdict && !isSocket ? 'certain' : 'likely',
          params: {
            target: isSocket ? server.replace(/^http/, 'ws') : server,
            reason: reasonOf(verdict),
            effect: isSocket ? KEPT : 'The server never hears of the request.',
          },
          evidence: [
            ...policyEvidence(verdict, server),
            errorEvidence(
              exchange,
              isSocket ? 'no WebSocket was ever sent' : 'not sent: refused by the browser itself',
            ),
          ],
          fixes: allowInPolicy(fixContext(exchange), verdict?.directive.sources ?? null),
          ...(isSocket && { transport: 'websocket' as const }),
          alternatives: isSocket ? ['stuck-on-polling'] : [],
        };
      },
    ),
  isOver: overOnceAnswered,
};
