import { askAtDefaultPath, serveAtPath } from '../fixes/path.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { socketWorks } from './support/upgrade.ts';
import page from './ws-path-unmatched.md?raw';

/** Engine.IO ends upgrades of paths that nobody serves after `destroyUpgradeTimeout`, 1000 ms (engine.io, `lib/server.ts`, `attach`). */
const DESTROYED_MS = { from: 980, to: 1_150 };

/** Servers in Python answer such an upgrade: 403 or 404. */
const ANSWER_AT_ONCE = ['aiohttp', 'asgi', 'flask'];

/** Chromium's words for a connection that ended before its answer; `''` when another extension blanks them. */
const CLOSED = 'Connection closed before receiving a handshake response';

/** Only without a sid: where polling gave one out, the path is right. */
function isDestroyed(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket' || exchange.target.sid !== null || exchange.response !== null) return false;
  const { durationMs } = exchange;
  const takesThatLong = durationMs !== null && durationMs >= DESTROYED_MS.from && durationMs <= DESTROYED_MS.to;
  return takesThatLong && exchange.socketErrors.some((text) => text === '' || text.includes(CLOSED));
}

export const wsPathUnmatched: Rule = {
  id: 'ws-path-unmatched',
  severity: 'error',
  confidence: 'likely',
  rung: 3,
  page,
  check: (endpoint) => {
    if (endpoint.sessions.some((session) => session.opened)) return [];
    return oneHit(sightings(endpoint, isDestroyed), ({ exchange }) => ({
      params: {
        server: exchange.target.origin,
        path: exchange.target.path,
        seconds: ((exchange.durationMs ?? 0) / 1000).toFixed(2),
      },
      evidence: [
        {
          exchange: exchange.key,
          where: 'timing',
          name: 'closed after',
          expected: null,
          actual: `${Math.round(exchange.durationMs ?? 0)} ms`,
        },
      ],
      fixes: [...serveAtPath(fixContext(exchange), ANSWER_AT_ONCE), ...askAtDefaultPath(fixContext(exchange))],
      alternatives: ['ws-upgrade-dropped'],
    }));
  },
  isOver: socketWorks,
};
