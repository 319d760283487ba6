import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsUpgradeDropped } from './ws-upgrade-dropped.ts';

const SID = 'SID0000000000000AAAA';
const CLOSED = 'Connection closed before receiving a handshake response';
const dropped = (parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ sid: SID, at: 20, socketErrors: [CLOSED], ...parts });

describe('ws-upgrade-dropped', () => {
  it.each([CLOSED, 'Error in connection establishment: net::ERR_CONNECTION_RESET'])('warns on: %s', (text) => {
    const hit = onlyHit(wsUpgradeDropped, endpoint([...openedByPolling(SID), dropped({ socketErrors: [text] })]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely', alternatives: [] });
    expect(hit.evidence[0]?.actual).toBe(text);
  });

  it('is an error for a client that has no other transport, and says that the server may be at fault', () => {
    const hit = onlyHit(wsUpgradeDropped, endpoint([dropped({ sid: null })]));
    expect(hit).toMatchObject({ severity: 'error', alternatives: ['empty-response', 'ws-path-unmatched'] });
  });

  it.each([
    ['the second after which Socket.IO drops an unknown path', dropped({ durationMs: 1009 })],
    [
      'a client that gave up',
      dropped({ socketErrors: [CLOSED, 'WebSocket is closed before the connection is established.'] }),
    ],
    [
      'a refused connection',
      dropped({ socketErrors: ['Error in connection establishment: net::ERR_CONNECTION_REFUSED'] }),
    ],
    ['an answer', dropped({ socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] })],
    ['a hidden reason', dropped({ socketErrors: [''] })],
    ['a 101', webSocket({ sid: SID, at: 20 })],
    ['Firefox, which has no text', webSocket({ sid: SID, at: 20, status: 0, dialect: 'firefox' })],
  ])('is silent on %s', (_, socket) => {
    expect(hitsOf(wsUpgradeDropped, endpoint([...openedByPolling(SID), socket]))).toEqual([]);
  });

  it('is silent where the sid is dead, and where polling does not work either', () => {
    const dead = poll({ sid: SID, at: 30, status: 400, body: '{"code":1,"message":"Session ID unknown"}' });
    expect(hitsOf(wsUpgradeDropped, endpoint([...openedByPolling(SID), dropped(), dead]))).toEqual([]);
    const blocked = poll(refusal('MissingAllowOriginHeader'));
    expect(hitsOf(wsUpgradeDropped, endpoint([blocked], [dropped({ sid: null })]))).toEqual([]);
  });
});
