import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './gateway-502-503-504.md?raw';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { isHandshake, responseHeader, statusOf } from './support/exchanges.ts';
import { devServers, proxiesFor } from './support/path-fixes.ts';
import { serverlessHeader } from './support/serverless.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { socketStatus, socketWorks } from './support/upgrade.ts';

/** RFC 9110, 15.6.3 to 15.6.5; 520 to 526: Cloudflare (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/). */
const GATEWAY = [502, 503, 504, 520, 521, 522, 523, 525, 526];

/** What a gateway says when a request took too long: on a poll that the server holds it says nothing about the server. */
const TOO_LONG = [503, 504, 524];

function isDown(exchange: JudgedExchange): boolean {
  if (exchange.kind === 'websocket') return isHandshake(exchange) && GATEWAY.includes(socketStatus(exchange));
  if (exchange.kind !== 'polling' || serverlessHeader(exchange) !== null) return false;
  return GATEWAY.includes(statusOf(exchange)) && !(isHeld(exchange) && TOO_LONG.includes(statusOf(exchange)));
}

function isHeld({ method, target }: JudgedExchange): boolean {
  return method === 'GET' && target.sid !== null;
}

/**
 * Those that give this status where nobody answers them. Nobody listens: nginx and Caddy say 502, HAProxy and Apache 503, webpack's
 * server 504. Cloudflare's own name a fault at the origin's door, which no proxy behind it can mend.
 */
function fixesFor(exchange: JudgedExchange, status: number): Fix[] {
  if (status > 504) return [];
  const unable = status === 503 ? ['nginx'] : [];
  const webpack = status === 504 ? devServers(exchange).filter(({ id }) => id === 'webpack') : [];
  return [...proxiesFor(exchange).filter(({ id }) => !unable.includes(id)), ...webpack];
}

export const gateway502503504: Rule = {
  id: 'gateway-502-503-504',
  severity: 'error',
  confidence: 'certain',
  rung: 3,
  page,
  mayReturn: true,
  check: (endpoint) => {
    const socketsAlone = !endpoint.sessions.some((session) => session.opened);
    const shows = sightings(endpoint, (exchange) => isDown(exchange) && (exchange.kind === 'polling' || socketsAlone));
    return oneHit(shows, ({ exchange }) => {
      const isSocket = exchange.kind === 'websocket';
      const status = String(isSocket ? socketStatus(exchange) : statusOf(exchange));
      return {
        confidence: isSocket ? 'likely' : 'certain',
        params: { server: exchange.target.origin, status },
        evidence: [
          { ...statusEvidence(exchange, isSocket ? '101' : '200'), actual: status },
          ...(responseHeader(exchange, 'Server') === null ? [] : [headerEvidence(exchange, 'Server', null)]),
        ],
        fixes: fixesFor(exchange, Number(status)),
        alternatives: isSocket ? ['ws-upgrade-other-status'] : [],
      };
    });
  },
  isOver: (later) =>
    socketWorks(later) ||
    overOnce(
      (exchange) => exchange.response !== null && exchange.kind === 'polling' && isHandshake(exchange),
      isDown,
    )(later),
};
