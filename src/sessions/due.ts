/** When an endpoint changes by itself: what waits becomes telling once it has waited long enough. */
import type { JudgedExchange } from '../model/exchange.ts';
import type { Session } from '../model/session.ts';
import { CONNECT_WAIT_MS, HANDSHAKE_WAIT_MS, SETTLED_MS, UPGRADE_WAIT_MS, unansweredConnects } from '../model/waits.ts';
import { isOpenedSocket } from '../model/web-socket.ts';
import { CLIENT_TIMEOUT_MS } from './build.ts';

/** The next moment after `nowMs` (ms since the epoch) at which these sessions are to be judged again; null: never. */
export function nextDueMs(sessions: readonly Session[], nowMs: number): number | null {
  // In whole ms, as the recorder's clock ticks: a tick that comes a part of one too early would be the last.
  const due = sessions
    .flatMap(duesOf)
    .map(Math.ceil)
    .filter((atMs) => atMs > nowMs);
  return due.length === 0 ? null : Math.min(...due);
}

function duesOf(session: Session): number[] {
  const connects = unansweredConnects(session.packets).map(({ atMs }) => atMs + CONNECT_WAIT_MS);
  const settled = session.transport === 'polling' && session.state === 'connected' ? SETTLED_MS : 0;
  return [...session.latest.flatMap(duesOfExchange), ...connects, ...(settled ? [session.startedMs + settled] : [])];
}

function duesOfExchange(exchange: JudgedExchange): number[] {
  const after = (...waits: number[]) => waits.map((wait) => exchange.startedMs + wait);
  const isOpen = isOpenedSocket(exchange) && !exchange.ended;
  if (exchange.outcome !== 'pending' && !isOpen) return [];
  const probes = exchange.frames.filter(({ data }) => data === '2probe').map(({ atMs }) => atMs + UPGRADE_WAIT_MS);
  return [...after(HANDSHAKE_WAIT_MS, UPGRADE_WAIT_MS, CLIENT_TIMEOUT_MS), ...probes];
}
