import { plainWebSocket } from '../fixes/elsewhere.ts';
import { askAtDefaultPath } from '../fixes/path.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './plain-websocket-server.md?raw';
import { fixContext } from './support/context.ts';
import { statusOf } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { socketWorks } from './support/upgrade.ts';

/** What a frame of Engine.IO begins with: its packet's type, or `b` for binary data in text. A first frame is `0{`. */
const MAY_BE_ENGINE_IO = /^([0-6](\D|$|\d)|b)/;

/** How much of a frame is shown. */
const SHOWN = 60;

/** The first frame from the server, where it is nothing that an Engine.IO server ever sends; null otherwise. */
function foreignFrame(exchange: JudgedExchange): string | null {
  if (exchange.kind !== 'websocket' || exchange.target.sid !== null || statusOf(exchange) !== 101) return null;
  const [first] = exchange.frames;
  if (first?.direction !== 'receive' || first.binary) return null;
  return MAY_BE_ENGINE_IO.test(first.data) ? null : first.data;
}

export const plainWebsocketServer: Rule = {
  id: 'plain-websocket-server',
  severity: 'error',
  confidence: 'likely',
  rung: 3,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => foreignFrame(exchange) !== null),
      ({ exchange }) => ({
        params: { server: exchange.target.origin.replace(/^http/, 'ws'), path: exchange.target.path },
        evidence: [
          {
            exchange: exchange.key,
            where: 'packet',
            name: 'first frame',
            expected: '0{"sid":…}',
            actual: foreignFrame(exchange)?.slice(0, SHOWN) ?? null,
          },
        ],
        fixes: [plainWebSocket(fixContext(exchange)), ...askAtDefaultPath(fixContext(exchange)).map(renamed)],
      }),
    ),
  isOver: (later) => later.opened && socketWorks(later),
};

/** Two fixes for one stack need ids of their own. */
function renamed<T extends { id: string }>(fix: T): T {
  return { ...fix, id: 'browser-client-path' };
}
