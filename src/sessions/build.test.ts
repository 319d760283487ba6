/** What a session's state is where the server lets the client down in unusual ways. */
import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { openedByPolling, poll, session, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';

const SID = 'SID0000000000000AAAA';
const CODE_ONE = '{"code":1,"message":"Session ID unknown"}';
const frames = (...texts: string[]): JudgedExchange['frames'] =>
  texts.map((data, index) => ({ direction: 'receive', data, atMs: index, binary: false }));

describe('a session whose request is refused', () => {
  const refused = poll({ sid: SID, at: 10, method: 'POST', requestBody: '40', status: 400, body: CODE_ONE });
  const aborted = (at: number, durationMs: number) =>
    poll({ sid: SID, at, durationMs, status: 0, error: 'net::ERR_ABORTED' });
  const goodbye = poll({ sid: SID, at: 30, method: 'POST', requestBody: '1', body: 'ok' });

  it('has failed, although the client then aborts the rest and says goodbye', () => {
    const seen = session([poll({ body: openBody(SID) }), refused, aborted(11, 20), goodbye]);
    expect(seen).toMatchObject({ state: 'failed', clientError: 'xhr post error' });
  });

  it('was closed by the page where that came first', () => {
    expect(session([poll({ body: openBody(SID) }), aborted(2, 3), refused]).state).toBe('closed');
    expect(session([...openedByPolling(SID), refused, goodbye]).state).toBe('closed');
  });
});

describe('a v4 client at a v2 server, over WebSocket', () => {
  it('has failed, in the client’s own words', () => {
    const seen = session([webSocket({ frames: frames(openBody(SID), '40') })]);
    expect(seen).toMatchObject({ state: 'failed', transport: 'websocket', server: { version: '<3' } });
    expect(seen.clientError).toContain('Socket.IO server in v2.x');
    expect(seen.namespaces).toMatchObject([{ name: '/', state: 'rejected' }]);
  });

  it('is no v2 server where CONNECT brings a sid, or the client is a v2 one', () => {
    expect(session([webSocket({ frames: frames(openBody(SID), '40{"sid":"a"}') })]).state).toBe('connected');
    expect(session([webSocket({ eio: 3, frames: frames(openBody(SID), '40') })]).state).toBe('connected');
  });
});

describe('a CONNECT that is answered on a WebSocket whose frames are not shown', () => {
  const [handshake, connect] = openedByPolling(SID);
  const requests = (dialect: 'chromium' | 'firefox', source = {}) => [
    ...(handshake && connect ? [handshake, connect] : []),
    poll({ sid: SID, at: 12, body: '6' }),
    webSocket({ sid: SID, at: 15, dialect, source }),
  ];

  it('may have been answered', () => {
    expect(session(requests('firefox')).state).toBe('connected');
  });

  it('has not been where the frames are shown', () => {
    const shown = { _webSocketMessages: [] };
    expect(session(requests('chromium', shown)).state).toBe('connecting');
  });
});

describe('a WebSocket that the page closes before it is open', () => {
  const socketErrors = ['WebSocket is closed before the connection is established.'];

  it('is no failure at once (StrictMode), but one where it was waited for', () => {
    expect(session([webSocket({ socketErrors, durationMs: 30 })]).state).toBe('closed');
    expect(session([webSocket({ socketErrors, durationMs: 20_000 })]).state).toBe('failed');
  });

  it('is not known to be either where it was never sent, and has no time', () => {
    expect(session([webSocket({ socketErrors, durationMs: 0 })]).state).toBe('failed');
  });
});

describe('a WebSocket that carries nothing', () => {
  const source = { _webSocketMessages: [] };

  it('ends in the client’s timeout', () => {
    const silent = session([webSocket({ source, ended: true, durationMs: 20_000 })]);
    expect(silent).toMatchObject({ state: 'failed', clientError: 'timeout' });
  });

  it('is a WebSocket error where the browser says so', () => {
    const broken = session([webSocket({ source, status: 101, socketErrors: ['Invalid frame header'] })]);
    expect(broken.clientError).toBe('websocket error');
  });
});

describe('a WebSocket whose beginning was not recorded', () => {
  const frame = (direction: 'send' | 'receive', data: string) => ({ direction, data, atMs: 0, binary: false });

  it('had been opened, if the client has sent something over it', () => {
    const seen = session([webSocket({ frames: [frame('receive', '2'), frame('send', '3')] })]);
    expect(seen).toMatchObject({ state: 'connected', transport: 'websocket' });
  });
});
