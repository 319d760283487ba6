import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import { decodePollingBody } from '../protocol/payload.ts';
import page from './poll-buffered.md?raw';
import { seconds, timingEvidence } from './support/evidence.ts';
import { bodyText, isSuccess, observed } from './support/exchanges.ts';
import { heartbeatOf } from './support/handshake.ts';
import { keptAlive } from './support/liveness.ts';

/** A poll that is held this long was not answered by something the client just did, ms. */
const HELD_MS = 1_500;
/** So many that take equally long are held back by a clock. */
const ALIKE = 3;
/** The part of them that has to: a busy machine makes one or the other late. */
const MOST = 0.8;
/** Clocks are this exact: ms, and a part of the time. */
const GRAIN_MS = 100;
const GRAIN_PART = 0.1;
/** A ping that comes this much after it was due was kept somewhere, ms. */
const LATE_MS = 1_000;

function heldPolls(session: Session): JudgedExchange[] {
  return observed(session).filter(
    (exchange) =>
      exchange.kind === 'polling' &&
      exchange.method === 'GET' &&
      exchange.target.sid !== null &&
      isSuccess(exchange) &&
      (exchange.durationMs ?? 0) >= HELD_MS,
  );
}

function typesIn(exchange: JudgedExchange): string[] {
  return (decodePollingBody(bodyText(exchange) ?? '', exchange.target.eio ?? 4) ?? []).map(({ type }) => type);
}

/** Alone, or in one request with other packets that were to be sent. */
function sendsPong({ requestBody, target }: JudgedExchange): boolean {
  const packets = requestBody.state === 'text' ? decodePollingBody(requestBody.text, target.eio ?? 4) : null;
  return packets?.some(({ type }) => type === 'pong') ?? false;
}

/** The polls that were held took equally long, which is not the heartbeat's interval, and some brought messages. */
function isClocked(polls: readonly JudgedExchange[], intervalMs: number): boolean {
  const times = polls.map(({ durationMs }) => durationMs ?? 0);
  const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const alike = times.filter((time) => Math.abs(time - middle) <= Math.max(GRAIN_MS, middle * GRAIN_PART));
  if (alike.length < Math.max(ALIKE, times.length * MOST)) return false;
  return Math.abs(middle - intervalMs) > LATE_MS && polls.some((poll) => typesIn(poll).includes('message'));
}

/** The server pings an interval after it got the last pong; how late such a ping came at most, ms. */
function latestPingMs(session: Session, intervalMs: number): number {
  const posts = observed(session).filter(({ method }) => method === 'POST');
  // A pong that was not captured would make the next ping look late.
  if (posts.some(({ requestBody }) => requestBody.state !== 'text')) return 0;
  const pongs = posts.filter(sendsPong);
  const pings = observed(session).filter((exchange) => exchange.method === 'GET' && typesIn(exchange).includes('ping'));
  const delays = pings.flatMap((ping) => {
    const endMs = ping.startedMs + (ping.durationMs ?? 0);
    const pong = pongs.findLast(({ startedMs }) => startedMs < endMs);
    return pong ? [endMs - pong.startedMs - intervalMs] : [];
  });
  return Math.max(0, ...delays);
}

export const pollBuffered: Rule = {
  id: 'poll-buffered',
  severity: 'warning',
  confidence: 'hint',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) =>
    endpoint.sessions.flatMap((session) => {
      const intervalMs = session.eio === 4 ? heartbeatOf(session)?.intervalMs : undefined;
      const polls = heldPolls(session);
      const shown = polls.at(-1);
      if (intervalMs === undefined || !shown || !isClocked(polls, intervalMs)) return [];
      const lateMs = latestPingMs(session, intervalMs);
      if (lateMs < LATE_MS) return [];
      const held = seconds(shown.durationMs ?? 0);
      return [
        {
          sessions: [session.key],
          exchanges: polls.map(({ key }) => key),
          params: { server: shown.target.origin, held },
          evidence: [
            timingEvidence(shown, 'every held poll took', `${held} s`, 'until there is something to send'),
            timingEvidence(shown, 'a ping was late by', `${seconds(lateMs)} s`, '0 s'),
          ],
          // A poll's answer is whole: nginx's `proxy_buffering`, or compression, keeps back nothing of it, so no such line cures this.
          fixes: [],
        },
      ];
    }),
  isOver: keptAlive,
};
