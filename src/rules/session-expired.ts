import { recoverState } from '../fixes/session-life.ts';
import type { Rule } from '../model/rule.ts';
import page from './session-expired.md?raw';
import { fixContext } from './support/context.ts';
import { errorBody } from './support/engine-errors.ts';
import { expiredSids, lifeMs, sidsOfRestart } from './support/lost-sids.ts';
import { oneHit } from './support/sightings.ts';

function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

export const sessionExpired: Rule = {
  id: 'session-expired',
  severity: 'info',
  confidence: 'likely',
  rung: 8,
  page,
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
        fixes: recoverState(fixContext(exchange)),
      };
    });
  },
};
