import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { isServed } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { isHandshake, statusOf } from './support/exchanges.ts';
import { reachPath } from './support/path-fixes.ts';
import { serverlessHeader } from './support/serverless.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { socketStatus } from './support/upgrade.ts';
import { unknownPath } from './support/who-answered.ts';
import page from './wrong-path-404.md?raw';

/**
 * Engine.IO never answers 404, so the request did not reach it. Where the endpoint opened before, a WebSocket's 404 is a proxy's;
 * and a host that runs functions has no path at which it could answer (`serverless-host`).
 */
function missesPath(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (!isHandshake(exchange) || serverlessHeader(exchange) !== null) return false;
  if (exchange.kind === 'polling') return statusOf(exchange) === 404;
  return socketStatus(exchange) === 404 && !endpoint.sessions.some((session) => session.opened);
}

/** The path was right once: the server is being replaced, or a proxy lost its way to it. */
function workedBefore({ startedMs }: JudgedExchange, { sessions }: Endpoint): boolean {
  return sessions.some((session) => session.opened && session.startedMs < startedMs);
}

function bodyEvidence(exchange: JudgedExchange): Evidence[] {
  const path = unknownPath(exchange);
  if (path === null) return [];
  return [
    { exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual: `Cannot GET ${path}` },
  ];
}

function alternativesOf(exchange: JudgedExchange, endpoint: Endpoint): string[] {
  if (exchange.kind === 'websocket') return ['ws-upgrade-other-status'];
  return workedBefore(exchange, endpoint) ? ['gateway-502-503-504', 'server-restarted'] : [];
}

export const wrongPath404: Rule = {
  id: 'wrong-path-404',
  severity: 'error',
  confidence: 'certain',
  rung: 3,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => missesPath(exchange, endpoint)),
      ({ exchange }) => ({
        confidence: alternativesOf(exchange, endpoint).length > 0 ? 'likely' : 'certain',
        params: { server: exchange.target.origin, path: exchange.target.path },
        evidence: [{ ...statusEvidence(exchange, '200'), actual: '404' }, ...bodyEvidence(exchange)],
        fixes: reachPath(exchange),
        alternatives: alternativesOf(exchange, endpoint),
      }),
    ),
  isOver: overOnce(isServed, (exchange) => statusOf(exchange) === 404),
};
