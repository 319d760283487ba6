import { describe, expect, it } from 'vitest';
import { identityOf } from '../capture/identity.ts';
import { entry, message, openBody, sidUrl, socketEntry } from '../testing/entries.ts';
import { connectionOf } from './identity.ts';

describe('identityOf', () => {
  it('is the same for a request that goes on', () => {
    const url = sidUrl('S');
    expect(identityOf(entry({ url, status: 0, time: 0 }))).toBe(identityOf(entry({ url, status: 200, time: 90 })));
  });

  it('tells a preflight from its request, and one start from another', () => {
    const url = sidUrl('S');
    const identities = [
      entry({ url }),
      entry({ url, method: 'OPTIONS', type: 'preflight' }),
      entry({ url, at: 1 }),
    ].map(identityOf);
    expect(new Set(identities).size).toBe(3);
  });

  it('knows a WebSocket by its key, however it grows', () => {
    const frames = [message('send', '2probe', 1), message('receive', '3probe', 2)];
    const one = identityOf(socketEntry({ key: 'one==', messages: frames.slice(0, 1) }));
    expect(identityOf(socketEntry({ key: 'one==', messages: frames }))).toBe(one);
    expect(identityOf(socketEntry({ key: 'two==', messages: frames }))).not.toBe(one);
  });

  it('knows a WebSocket that was never sent by its error, and one that has none yet not at all', () => {
    const unsent = (at?: number) => {
      const base = socketEntry({ messages: at === undefined ? [] : [message('error', '', at)] });
      return {
        ...base,
        startedDateTime: '1969-12-31T23:59:59.000Z',
        request: { ...base.request, method: '', headers: [] },
      };
    };
    expect(identityOf(unsent(1))).not.toBe(identityOf(unsent(2)));
    expect(identityOf(unsent())).toBeNull();
  });
});

describe('connectionOf', () => {
  it('joins all that has the sid, whatever the transport', () => {
    const expected = connectionOf(entry({ url: sidUrl('S') }), null);
    expect(expected).not.toBeNull();
    expect(connectionOf(entry(), openBody('S'))).toBe(expected);
    expect(connectionOf(entry(), `96:${openBody('S')}2:40`)).toBe(expected);
    expect(connectionOf(socketEntry({ url: sidUrl('S', 'websocket'), messages: [] }), null)).toBe(expected);
    expect(connectionOf(socketEntry({ messages: [message('receive', openBody('S'), 1)] }), null)).toBe(expected);
  });

  it('is unknown for an attempt without a sid', () => {
    expect(connectionOf(entry(), null)).toBeNull();
    expect(connectionOf(entry(), '{"code":5,"message":"Unsupported protocol version"}')).toBeNull();
    // The Socket.IO id of a namespace is not the sid of the connection.
    expect(connectionOf(entry(), '40{"sid":"socket"}')).toBeNull();
  });
});
