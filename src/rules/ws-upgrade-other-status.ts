import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade, proxyWebSocketInVite } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { isOpenedSocket } from '../model/web-socket.ts';
import { fixContext } from './support/context.ts';
import { observed } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';
import {
  answerEvidence,
  effectText,
  isUpgradeFault,
  pollingWorks,
  severityOf,
  socketStatus,
  socketWorks,
} from './support/upgrade.ts';
import page from './ws-upgrade-other-status.md?raw';

/** Who says so on the way to a server that upgrades. Source: RFC 9110, 15; a WebSocket follows no redirect (RFC 6455, 4.1). */
const MEANINGS: Record<number, string> = {
  200: 'Something else answered, such as a page or a static file: the upgrade is not passed on to Socket.IO.',
  301: 'It was sent elsewhere, and a WebSocket follows no redirect.',
  302: 'It was sent elsewhere, often to a login page, and a WebSocket follows no redirect.',
  307: 'It was sent elsewhere, and a WebSocket follows no redirect.',
  308: 'It was sent elsewhere, and a WebSocket follows no redirect.',
  401: 'Something in front of Socket.IO wants a login for it.',
  403: 'Something in front of Socket.IO forbids it: a firewall, a WebSocket switch of the host, a check of the origin.',
  404: 'Whoever answered knows no WebSocket at that path: a route for it is missing in the proxy.',
  426: 'The `Upgrade` header was lost on the way.',
  501: 'Something on the way does not speak WebSocket.',
  502: 'The proxy could not pass it on to the server.',
  503: 'The proxy has no server for it.',
  504: 'The proxy got no answer to it.',
};

/** Where nothing was ever reached, other rules say it better. */
const WITHOUT_POLLING: Record<number, string> = {
  401: 'api-auth-401',
  403: 'api-auth-401',
  404: 'wrong-path-404',
  502: 'gateway-502-503-504',
  503: 'gateway-502-503-504',
  504: 'gateway-502-503-504',
};

const NOT_OURS = [0, 101, 400];

/** How long after an upgrade a poll shows that the client stayed with polling, ms. */
const LATER_MS = 1000;

/** Over HTTP/2 a 200 opens the WebSocket; where no frames are shown, only polls that go on tell that it did not. */
function mayHaveOpened(upgrade: JudgedExchange, session: Session): boolean {
  if (isOpenedSocket(upgrade)) return true;
  if (socketStatus(upgrade) !== 200 || upgrade.socketErrors.length > 0) return false;
  return !observed(session).some(
    ({ kind, method, startedMs }) => kind === 'polling' && method === 'GET' && startedMs > upgrade.startedMs + LATER_MS,
  );
}

function shows(exchange: JudgedExchange, session: Session, endpoint: Endpoint): boolean {
  if (exchange.kind !== 'websocket' || NOT_OURS.includes(socketStatus(exchange))) return false;
  return !mayHaveOpened(exchange, session) && isUpgradeFault(exchange, session, endpoint);
}

function alternativesOf(status: number, session: Session, endpoint: Endpoint): string[] {
  // Its ASGI servers answer a refused origin 403.
  if (status === 403 && session.server?.name === 'python-socketio') return ['python-origin-rejected'];
  const other = WITHOUT_POLLING[status];
  return other === undefined || pollingWorks(endpoint) ? [] : [other];
}

/** @param mayPoll polling is not known to be answered that way, too */
function fixesOf(exchange: JudgedExchange, mayPoll: boolean): Fix[] {
  const context = fixContext(exchange);
  return [...forwardUpgrade(context), ...proxyWebSocketInVite(context), ...(mayPoll ? [pollingAlone(context)] : [])];
}

export const wsUpgradeOtherStatus: Rule = {
  id: 'ws-upgrade-other-status',
  severity: 'warning',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange, session) => shows(exchange, session, endpoint)),
      ({ exchange, session }) => {
        const status = socketStatus(exchange);
        return {
          severity: severityOf(exchange),
          params: {
            server: exchange.target.origin,
            path: exchange.target.path,
            status: String(status),
            meaning: MEANINGS[status] ?? 'That is no answer of Socket.IO: something on the way gave it.',
            effect: effectText(exchange),
          },
          evidence: [answerEvidence(exchange)],
          fixes: fixesOf(exchange, WITHOUT_POLLING[status] === undefined || pollingWorks(endpoint)),
          alternatives: alternativesOf(status, session, endpoint),
        };
      },
    ),
  isOver: socketWorks,
};
