import { waitLonger } from '../fixes/server-options.ts';
import { recoverState } from '../fixes/session-life.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import page from './session-expired.md?raw';
import { fixContext } from './support/context.ts';
import { errorBody } from './support/engine-errors.ts';
import { heartbeatOf } from './support/handshake.ts';
import { expiredSids, lifeMs, sidsOfRestart } from './support/lost-sids.ts';
import { oneHit } from './support/sightings.ts';

function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

/** No server should wait longer than this for a client that may be gone, ms. */
const MOST_PATIENCE_MS = 5 * 60_000;

/** Nor keep what it missed: that is held for every client that is gone, ms. */
const LONGEST_RECOVERY_MS = 30 * 60_000;

/** A pause that a server can wait for; after a longer one it can only keep what was missed, and after a night nobody should. */
function fixesOf(exchange: JudgedExchange, session: Session, gapMs: number): Fix[] {
  const context = fixContext(exchange);
  if (2 * gapMs > LONGEST_RECOVERY_MS) return [];
  if (2 * gapMs > MOST_PATIENCE_MS) return recoverState(context, gapMs);
  return waitLonger(context, 2 * gapMs, heartbeatOf(session)?.intervalMs ?? null);
}

export const sessionExpired: Rule = {
  id: 'session-expired',
  severity: 'info',
  confidence: 'likely',
  rung: 8,
  page,
  mayReturn: true,
  check: (endpoint) => {
    const restarted = new Set(sidsOfRestart(endpoint).map(({ session }) => session));
    const expired = expiredSids(endpoint).filter(({ session }) => !restarted.has(session));
    return oneHit(expired, ({ exchange, session }) => {
      const gapMs = expired.find((one) => one.exchange === exchange)?.gapMs ?? 0;
      const limit = seconds(lifeMs(session));
      return {
        params: { server: exchange.target.origin, gap: seconds(gapMs), limit },
        evidence: [
          {
            exchange: exchange.key,
            where: 'timing',
            name: 'seconds of silence',
            expected: `< ${limit}`,
            actual: seconds(gapMs),
          },
          errorBody(exchange),
        ],
        fixes: fixesOf(exchange, session, gapMs),
      };
    });
  },
};
