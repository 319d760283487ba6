import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { openedByPolling, session, T0, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';

const SID = 'SID0000000000000AAAA';
const frame = (direction: Frame['direction'], data: string, at: number): Frame => ({
  direction,
  data,
  atMs: T0 + at,
  binary: false,
});
const upgradeStep = ({ steps }: ReturnType<typeof session>) => steps.find(({ kind }) => kind === 'upgrade');

/** RFC 8441: over HTTP/2 a WebSocket is opened by CONNECT and 200. */
describe('a WebSocket over HTTP/2', () => {
  const probed = [frame('send', '2probe', 21), frame('receive', '3probe', 22), frame('send', '5', 23)];

  it('carries the session once it was upgraded', () => {
    const upgraded = session([...openedByPolling(SID), webSocket({ sid: SID, at: 20, status: 200, frames: probed })]);
    expect(upgraded).toMatchObject({ state: 'connected', transport: 'websocket' });
    expect(upgradeStep(upgraded)).toMatchObject({
      outcome: 'ok',
      text: 'Upgrade to WebSocket (WebSocket) was answered 200.',
    });
  });

  it('carries it from the start, and ends it', () => {
    const frames = [frame('receive', openBody(SID), 5), frame('send', '40', 6), frame('receive', '40{"sid":"x"}', 7)];
    expect(session([webSocket({ status: 200, frames })])).toMatchObject({ state: 'connected', transport: 'websocket' });
    const ended = session([webSocket({ status: 200, frames, ended: true, durationMs: 5000 })]);
    expect(ended.state).toBe('closed');
    expect(ended.steps.at(-1)?.text).toBe('The WebSocket closed.');
  });

  it('is none without frames: something else answered', () => {
    const refused = session([
      ...openedByPolling(SID),
      webSocket({ sid: SID, at: 20, status: 200, dialect: 'firefox' }),
    ]);
    expect(refused.transport).toBe('polling');
    expect(upgradeStep(refused)).toMatchObject({ outcome: 'failed' });
  });
});
