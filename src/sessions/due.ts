/** When an endpoint changes by itself: what waits becomes telling once it has waited long enough. */
import type { JudgedExchange } from '../model/exchange.ts';
import type { Session } from '../model/session.ts';
import { CONNECT_WAIT_MS, HANDSHAKE_WAIT_MS, SETTLED_MS, UPGRADE_WAIT_MS, unansweredConnects } from '../model/waits.ts';
import { isOpenedSocket } from '../model/web-socket.ts';
import { CLIENT_TIMEOUT_MS } from './build.ts';

/** The next moment after `nowMs` (ms since the epoch) at which these sessions are to be judged again; null: never. */
export function nextDueMs(sessions: readonly Session[], nowMs: number): number | null {
  const due = sessions.flatMap(duesOf).filter((atMs) => atMs > nowMs);
  return due.length === 0 ? null : Math.min(...due);
}

function duesOf(session: Session): number[] {
  const connects = unansweredConnects(session.packets).map(({ atMs }) => atMs + CONNECT_WAIT_MS);
  const settled = session.transport === 'polling' && session.state === 'connected' ? SETTLED_MS : 0;
  return [...session.latest.flatMap(duesOfExchange), ...connects, ...(settled ? [session.startedMs + settled] : [])];
}

function duesOfExchange(exchange: JudgedExchange): number[] {
  const after = (...waits: number[]) => waits.map((wait) => exchange.startedMs + wait);
  if (exchange.outcome === 'pending') {
    return exchange.target.sid === null
      ? after(HANDSHAKE_WAIT_MS, CLIENT_TIMEOUT_MS)
      : after(UPGRADE_WAIT_MS, CLIENT_TIMEOUT_MS);
  }
  if (!isOpenedSocket(exchange) || exchange.ended) return [];
  // Firefox never shows a frame, so there is nothing to wait for.
  if (exchange.frames.length === 0)
    return exchange.dialect === 'firefox' ? [] : after(HANDSHAKE_WAIT_MS, CLIENT_TIMEOUT_MS);
  return exchange.frames.filter(({ data }) => data === '2probe').map(({ atMs }) => atMs + UPGRADE_WAIT_MS);
}
