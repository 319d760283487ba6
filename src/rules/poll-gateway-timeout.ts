import { raiseIdleTimeout } from '../fixes/proxy-limits.ts';
import { pingMoreOften } from '../fixes/server-options.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import page from './poll-gateway-timeout.md?raw';
import { fixContext } from './support/context.ts';
import { seconds, statusEvidence, timingEvidence } from './support/evidence.ts';
import { isSuccess, observed, statusOf } from './support/exchanges.ts';
import { heartbeatOf } from './support/handshake.ts';
import { keptAlive } from './support/liveness.ts';
import { oneHit, sightings } from './support/sightings.ts';

/**
 * From when on such an answer is one to a poll that was held, ms. 504 is always a wait (RFC 9110, 15.6.5), 524 Cloudflare's; 503
 * is given after some attempts to reach the server as well (HAProxy: 3 s).
 */
const HELD_MS: Record<number, number> = { 503: 10_000, 504: 1_500, 524: 1_500 };

/** engine.io's default, where the server's own was not seen, ms. */
const PING_INTERVAL_MS = 25_000;

function intervalOf(session: Session): number {
  return heartbeatOf(session)?.intervalMs ?? PING_INTERVAL_MS;
}

/** Within this of a ping that was due, the server itself is late, ms. */
const LATE_MS = 1_000;

function wasHeld(exchange: JudgedExchange, session: Session): boolean {
  if (exchange.kind !== 'polling' || exchange.method !== 'GET' || exchange.target.sid === null) return false;
  const least = HELD_MS[statusOf(exchange)];
  const heldMs = exchange.durationMs ?? 0;
  if (least === undefined || heldMs < least) return false;
  // A server that does not even ping in time is at fault itself.
  if (heldMs > intervalOf(session) + LATE_MS) return false;
  return observed(session).some(
    (other) => other.target.sid !== null && isSuccess(other) && other.startedMs < exchange.startedMs,
  );
}

export const pollGatewayTimeout: Rule = {
  id: 'poll-gateway-timeout',
  severity: 'error',
  confidence: 'likely',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, wasHeld), ({ exchange, session }) => {
      const heldMs = exchange.durationMs ?? 0;
      const intervalMs = intervalOf(session);
      const context = fixContext(exchange);
      return {
        params: {
          server: exchange.target.origin,
          status: String(statusOf(exchange)),
          held: seconds(heldMs),
          interval: seconds(intervalMs),
        },
        evidence: [
          statusEvidence(exchange, '200'),
          timingEvidence(exchange, 'poll held', `${seconds(heldMs)} s`, `up to ${seconds(intervalMs)} s`),
        ],
        fixes: [
          // Apache answers 502 there, which is another rule's: with these statuses it was not Apache.
          ...raiseIdleTimeout(context, heartbeatOf(session)?.patienceMs ?? PING_INTERVAL_MS + 20_000).filter(
            ({ id }) => id !== 'apache',
          ),
          ...pingMoreOften(context, heldMs * 0.6, heartbeatOf(session)?.intervalMs ?? null),
        ],
      };
    }),
  isOver: keptAlive,
};
