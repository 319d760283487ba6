import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsNotConfigured } from './cors-not-configured.ts';
import { corsOriginNotInList } from './cors-origin-not-in-list.ts';
import { corsProxyStripped } from './cors-proxy-stripped.ts';

const SID = 'SID0000000000000AAAA';
const OURS = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };
const bare = (parts: Parameters<typeof poll>[0] = {}) => poll({ ...refusal('MissingAllowOriginHeader'), ...parts });
const received = (atMs: number) => ({ direction: 'receive' as const, data: openBody(SID), atMs, binary: false });

/** Socket.IO 4.6 and later with `cors` sends the headers on the 101 as well. */
const socket = (parts: Parameters<typeof webSocket>[0] = {}): JudgedExchange => {
  const exchange = webSocket({ response: OURS, ...parts });
  return { ...exchange, frames: [received(exchange.startedMs + 2)] };
};

describe('cors-proxy-stripped', () => {
  it('sees a header that comes and goes within a session', () => {
    const hit = onlyHit(corsProxyStripped, endpoint([...openedByPolling(SID), bare({ sid: SID, at: 40 })]));
    expect(hit.confidence).toBe('likely');
    expect(hit.exchanges).toHaveLength(1);
    expect(hit.evidence.map(({ actual }) => actual)).toEqual([null, PAGE]);
    expect(fixCode(hit, 'nginx')).toContain(`add_header Access-Control-Allow-Origin "${PAGE}" always;`);
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
    expect(hit.alternatives).toEqual([]);
  });

  it('sees it on a WebSocket that was open when polling was refused', () => {
    for (const Vary of ['', 'Origin']) {
      const refused = bare({ at: 3000, response: { Vary } });
      const target = endpoint([socket()], [refused]);
      expect(onlyHit(corsProxyStripped, target).page.explanation).toContain('of a WebSocket upgrade');
      expect([...hitsOf(corsNotConfigured, target), ...hitsOf(corsOriginNotInList, target)]).toEqual([]);
    }
  });

  it('names the server without `cors` where only the preflight carried the header', () => {
    const asked = preflight({ response: { 'Access-Control-Allow-Origin': PAGE } });
    expect(onlyHit(corsProxyStripped, endpoint([asked, bare({ at: 4 })])).alternatives).toEqual([
      'cors-not-configured',
    ]);
  });

  it('is silent where the server may have been set up anew in between', () => {
    const worked = [...openedByPolling(SID), socket({ sid: SID, at: 20, ended: true, durationMs: 900 })];
    const later = [bare({ at: 4000 })];
    const earlier = [bare({ at: -4000 })];
    for (const sessions of [
      [worked, later],
      [earlier, worked],
    ]) {
      expect(hitsOf(corsProxyStripped, endpoint(...sessions))).toEqual([]);
      expect(hitsOf(corsNotConfigured, endpoint(...sessions))).toHaveLength(1);
    }
  });

  it('is silent where a connection that was closed on purpose has its last answer after the refusal began', () => {
    const closing = poll({ at: 500, sid: SID, response: OURS, body: '6', durationMs: 20 });
    expect(hitsOf(corsProxyStripped, endpoint([...openedByPolling(SID), closing], [bare({ at: 510 })]))).toEqual([]);
  });

  it('is silent where a later connection came and went: what an earlier one shows as open is a page that was left', () => {
    const left = [socket()];
    const restarted = [
      ...openedByPolling('SID0000000000000BBBB', 2000),
      socket({ at: 2020, sid: 'SID0000000000000BBBB', ended: true, durationMs: 900 }),
    ];
    expect(hitsOf(corsProxyStripped, endpoint(left, restarted, [bare({ at: 5000 })]))).toEqual([]);
  });

  it('does not believe Firefox that a WebSocket is open: it shows no end', () => {
    const target = endpoint(
      [webSocket({ response: OURS, dialect: 'firefox' })],
      [bare({ at: 3000, dialect: 'firefox' })],
    );
    expect(hitsOf(corsProxyStripped, target)).toEqual([]);
  });

  it('is silent on a gateway’s error page, on what the panel asked, and on a healthy connection', () => {
    const others = [bare({ sid: SID, at: 40, status: 502 }), bare({ sid: SID, at: 40, askedByUs: true })];
    for (const other of [...others, socket({ sid: SID, at: 20 })])
      expect(hitsOf(corsProxyStripped, endpoint([...openedByPolling(SID), other]))).toEqual([]);
  });

  it('is over only once requests with a sid carry the header, too: such a connection opens before it fails', () => {
    const again = endpoint([...openedByPolling(SID), bare({ sid: SID, at: 40 })]).sessions[0];
    const whole = endpoint(openedByPolling(SID)).sessions[0];
    const [handshake] = openedByPolling(SID);
    const begun = handshake && endpoint([handshake]).sessions[0];
    expect([again, whole, begun].map((later) => later && corsProxyStripped.isOver?.(later))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
