import { freeTheEventLoop, freeThePage } from '../fixes/lifecycle.ts';
import { waitLonger } from '../fixes/server-options.ts';
import type { Fix, Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './ping-timeout.md?raw';
import { sessionContext } from './support/context.ts';
import { seconds, timingEvidence } from './support/evidence.ts';
import { heartbeatOf } from './support/handshake.ts';
import { type EndedSocket, endedSockets, isJoined, keptAlive, saidGoodbye, silences } from './support/liveness.ts';

/** Longer than most pauses, ms. How long the pause really was is not seen: the connection ended before. */
const PATIENCE_MS = 60_000;

function patience(session: Session): Fix[] {
  return waitLonger(sessionContext(session), PATIENCE_MS, heartbeatOf(session)?.intervalMs ?? null);
}

/** The client waited for a ping, gave up, and began anew. */
function serverSilent(endpoint: Endpoint): Hit[] {
  const seen = silences(endpoint);
  const latest = seen.at(-1);
  if (!latest) return [];
  const { exchange, session, heardMs, patienceMs, next } = latest;
  const waited = `${seconds(next.exchange.startedMs - heardMs)} s`;
  return [
    {
      detail: 'server-silent',
      // The handshake that follows is shown beneath, where the server does not answer it either.
      sessions: [
        ...new Set(
          seen.flatMap((silence) => [
            silence.session.key,
            ...(silence.next.session.opened ? [] : [silence.next.session.key]),
          ]),
        ),
      ],
      exchanges: [...new Set(seen.flatMap((silence) => [silence.exchange.key, silence.next.exchange.key]))],
      params: {
        server: session.endpoint.origin,
        what: `The server pings, and was not heard of for ${waited}. After \`pingInterval + pingTimeout\` (${seconds(patienceMs)} s) the client gave the connection up and began a new one.`,
        remedy:
          'Find what keeps the server: a long computation, a synchronous call, a debugger, too little memory. Long work belongs into a worker thread.',
      },
      evidence: [
        timingEvidence(
          exchange,
          'from the last sign of the server to the next handshake',
          waited,
          `less than ${seconds(patienceMs)} s`,
        ),
      ],
      fixes: [...(session.server?.name === 'python-socketio' ? [] : [freeTheEventLoop()]), ...patience(session)],
    },
  ];
}

/** How early a timer may seem to fire, as a part of its time. */
const TIMER_GRAIN = 0.8;

/** A page that wakes up finds the ping and the end of the connection together, ms. */
const TOGETHER_MS = 1_000;

/** How long the page did not answer, ms; null where that is not what ended the connection. */
function frozenMs(session: Session, { exchange, endMs }: EndedSocket): number | null {
  const heartbeat = heartbeatOf(session);
  const index = exchange.frames.findLastIndex(isPing);
  const ping = exchange.frames[index];
  const before = exchange.frames[index - 1];
  if (!heartbeat || !ping || !before) return null;
  const leastMs = heartbeat.timeoutMs * TIMER_GRAIN;
  const isAnswered = exchange.frames.slice(index).some(({ direction, data }) => direction === 'send' && data === '3');
  if (!isAnswered && endMs - ping.atMs >= leastMs) return endMs - ping.atMs;
  // DevTools is told of a frame when the page gets it: asleep, the page gets the ping when the server has given up already. Its
  // own timer may be due as well then, and whichever comes first decides whether it still answers.
  const previousMs = exchange.frames.slice(0, index).findLast(isPing)?.atMs ?? session.startedMs;
  const isLate = ping.atMs - previousMs >= heartbeat.intervalMs + leastMs;
  // A page that still sent something when the ping was due was awake: then it is the server that was late.
  const dueMs = previousMs + heartbeat.intervalMs;
  if (exchange.frames.slice(0, index).some(({ direction, atMs }) => direction === 'send' && atMs > dueMs)) return null;
  const wokeUpMs = ping.atMs - before.atMs;
  return isLate && wokeUpMs >= leastMs && endMs - ping.atMs <= TOGETHER_MS ? wokeUpMs : null;
}

function isPing({ direction, data }: EndedSocket['lastFrame']): boolean {
  return direction === 'receive' && data === '2';
}

/** The server pinged, the page did not answer in time, and the server closed. */
function pageFrozen(endpoint: Endpoint): Hit[] {
  const seen = endpoint.sessions
    .filter((session) => session.eio === 4 && isJoined(session) && !saidGoodbye(session))
    .flatMap((session) => endedSockets(session).map((socket) => ({ ...socket, ms: frozenMs(session, socket) })))
    .flatMap(({ ms, ...socket }) => (ms === null ? [] : [{ ...socket, ms }]));
  const latest = seen.at(-1);
  if (!latest) return [];
  const { exchange, session, ms } = latest;
  const timeout = seconds(heartbeatOf(session)?.timeoutMs ?? 0);
  return [
    {
      detail: 'page-frozen',
      sessions: [...new Set(seen.map((socket) => socket.session.key))],
      exchanges: seen.map((socket) => socket.exchange.key),
      params: {
        server: exchange.target.origin,
        what: `The server pinged, and the page was silent for ${seconds(ms)} s. The server waits ${timeout} s for an answer (\`pingTimeout\`), then it closed the connection.`,
        remedy:
          'Find what keeps the page’s thread (a long computation, `alert()`, a breakpoint), and move long work into a worker. Browsers also put pages in the background to sleep.',
      },
      evidence: [
        timingEvidence(exchange, 'the page was silent for', `${seconds(ms)} s`, `less than ${timeout} s after a ping`),
      ],
      fixes: [freeThePage(), ...patience(session)],
    },
  ];
}

export const pingTimeout: Rule = {
  id: 'ping-timeout',
  severity: 'warning',
  confidence: 'likely',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) => [...serverSilent(endpoint), ...pageFrozen(endpoint)],
  isOver: keptAlive,
};
