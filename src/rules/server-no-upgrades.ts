import { offerWebSocket } from '../fixes/server-options.ts';
import { installSimpleWebsocket } from '../fixes/websocket-library.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './server-no-upgrades.md?raw';
import { fixContext } from './support/context.ts';
import { packetEvidence } from './support/evidence.ts';
import { handshakeOf } from './support/handshake.ts';
import { stacksInHeaders } from './support/likely-stacks.ts';
import { oneHit } from './support/sightings.ts';
import { socketWorks } from './support/upgrade.ts';

/** An `open` packet over WebSocket names no upgrades either: there is nothing left to upgrade to. */
function offersNone(session: Session): boolean {
  const handshake = handshakeOf(session);
  return handshake?.exchange.kind === 'polling' && handshake.open.upgrades.length === 0;
}

/** ASGI and aiohttp bring WebSocket along: there the option alone may be the reason (python-engineio `async_drivers/`). */
function mayLackLibrary(session: Session, endpoint: Endpoint): boolean {
  if (session.server?.name !== 'python-socketio') return false;
  return !stacksInHeaders(endpoint).some((id) => id === 'asgi' || id === 'aiohttp');
}

export const serverNoUpgrades: Rule = {
  id: 'server-no-upgrades',
  severity: 'warning',
  confidence: 'certain',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      endpoint.sessions.filter(offersNone).flatMap((session) => {
        const exchange = handshakeOf(session)?.exchange;
        return exchange ? [{ session, exchange }] : [];
      }),
      ({ exchange, session }) => ({
        params: { server: exchange.target.origin },
        evidence: [packetEvidence(exchange, 'upgrades', '[]', '["websocket"]')],
        fixes: [
          ...(mayLackLibrary(session, endpoint) ? [installSimpleWebsocket()] : []),
          ...offerWebSocket(fixContext(exchange)),
        ],
      }),
    ),
  isOver: (later) => socketWorks(later) || (handshakeOf(later)?.open.upgrades.length ?? 0) > 0,
};
