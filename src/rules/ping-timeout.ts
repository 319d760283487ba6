import { freeThePage, watchEventLoop } from '../fixes/lifecycle.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './ping-timeout.md?raw';
import { packetEvidence, seconds, timingEvidence } from './support/evidence.ts';
import { heartbeatOf } from './support/handshake.ts';
import { endedSockets, isJoined, keptAlive, saidGoodbye, silences } from './support/liveness.ts';

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
      fixes: [watchEventLoop()],
    },
  ];
}

/** How early the server's own timer may seem to fire, as a part of `pingTimeout`. */
const TIMER_GRAIN = 0.8;

/** The server's ping was the last thing on the WebSocket: nobody answered it, and the server closed. */
function pageFrozen(endpoint: Endpoint): Hit[] {
  const seen = endpoint.sessions
    .filter((session) => session.eio === 4 && isJoined(session) && !saidGoodbye(session))
    .flatMap((session) =>
      endedSockets(session).filter(({ endMs, lastFrame }) => {
        const timeoutMs = heartbeatOf(session)?.timeoutMs;
        const isPing = lastFrame.direction === 'receive' && lastFrame.data === '2';
        return timeoutMs !== undefined && isPing && endMs - lastFrame.atMs >= timeoutMs * TIMER_GRAIN;
      }),
    );
  const latest = seen.at(-1);
  if (!latest) return [];
  const { exchange, endMs, lastFrame } = latest;
  return [
    {
      detail: 'page-frozen',
      sessions: [...new Set(seen.map(({ session }) => session.key))],
      exchanges: seen.map((socket) => socket.exchange.key),
      params: {
        server: exchange.target.origin,
        what: `The server pinged, the page did not answer within ${seconds(endMs - lastFrame.atMs)} s, and the server closed the connection.`,
        remedy:
          'Find what keeps the page’s thread (a long computation, `alert()`, a breakpoint), and move long work into a worker. Browsers also put pages in the background to sleep.',
      },
      evidence: [packetEvidence(exchange, 'answer to the last ping', null, '3')],
      fixes: [freeThePage()],
    },
  ];
}

export const pingTimeout: Rule = {
  id: 'ping-timeout',
  severity: 'warning',
  confidence: 'likely',
  rung: 11,
  page,
  check: (endpoint) => [...serverSilent(endpoint), ...pageFrozen(endpoint)],
  isOver: keptAlive,
};
