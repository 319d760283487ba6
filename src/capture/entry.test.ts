import { describe, expect, it } from 'vitest';
import type { EntryRecord } from '../model/capture-log.ts';
import type { Exchange } from '../model/exchange.ts';
import type { HarEntry } from '../model/har.ts';
import chromium from '../testing/devtools-entries/chromium-156.json' with { type: 'json' };
import firefox from '../testing/devtools-entries/firefox-153.json' with { type: 'json' };
import { entry, handshakeUrl, message, records, socketEntry, T0 } from '../testing/entries.ts';
import { createExchangeStore } from './store.ts';

function exchangesOf(items: readonly EntryRecord[]): Exchange[] {
  const store = createExchangeStore();
  for (const item of items) store.add(item);
  return [...store.takeChanges().values()]
    .filter((exchange) => exchange !== null)
    .sort((a, b) => a.startedMs - b.startedMs);
}

interface RecordedCase {
  finished: { entry?: HarEntry; content?: string | null; encoding?: string; url?: string; ev?: string; r?: string[] }[];
  getHAR?: HarEntry[];
}

/** Real entries, with the bodies that `getContent` really gave. */
function recorded(item: RecordedCase): EntryRecord[] {
  const finished = item.finished.flatMap(({ entry: raw, content }) => (raw ? [{ raw, content: content ?? null }] : []));
  const listed = (item.getHAR ?? []).map((raw) => ({ raw, content: null }));
  return [...finished, ...listed].map(({ raw, content }, index) => ({
    ...(records([raw])[0] as EntryRecord),
    seq: index + 1,
    body: content,
  }));
}

/** The list is of the whole page, so that it holds the cases before as well: these are the exchanges of this case. */
const realChromium = (name: keyof typeof chromium) => {
  const item = chromium[name] as unknown as RecordedCase;
  const firstMs = Math.min(
    ...item.finished.flatMap(({ entry: raw }) => (raw ? [Date.parse(raw.startedDateTime)] : [])),
  );
  return exchangesOf(recorded(item)).filter((exchange) => exchange.startedMs >= firstMs);
};
const realFirefox = (name: keyof typeof firefox) => exchangesOf(recorded(firefox[name] as unknown as RecordedCase));

describe('real Chromium entries', () => {
  it('tells a withheld response from a read one, and hides its body', () => {
    const [blocked] = realChromium('nocors');
    expect(blocked).toMatchObject({
      kind: 'polling',
      outcome: 'blocked',
      pageOrigin: 'http://localhost:3000',
      dialect: 'chromium',
    });
    expect(blocked?.response).toMatchObject({ status: 200, body: { state: 'hidden' } });
    expect(realChromium('good')[0]).toMatchObject({ outcome: 'answered', error: null });
  });

  it('counts an entry once that came both live and in the list', () => {
    expect(realChromium('nocors')).toHaveLength(1);
    expect(
      realChromium('nocors_pref')
        .map((exchange) => exchange.kind)
        .sort(),
    ).toEqual(['polling', 'preflight']);
  });

  it('sees that the request of a failed preflight was never sent', () => {
    const request = realChromium('nocors_pref').find((exchange) => exchange.kind === 'polling');
    expect(request).toMatchObject({
      outcome: 'failed',
      response: null,
      error: 'net::ERR_FAILED',
      requestHeadersComplete: false,
    });
  });

  it('tells refused by the network from refused by the browser itself', () => {
    expect(realChromium('refused')[0]).toMatchObject({ outcome: 'failed', error: 'net::ERR_CONNECTION_REFUSED' });
    expect(realChromium('csp-blocked')[0]).toMatchObject({ outcome: 'failed', error: '' });
  });

  it('keeps the error text of a refused upgrade', () => {
    const socket = realChromium('upgrade-400').find((exchange) => exchange.kind === 'websocket');
    expect(socket).toMatchObject({ outcome: 'failed', ended: true, response: null });
    expect(socket?.socketErrors).toEqual(['Error during WebSocket handshake: Unexpected response code: 400']);
  });

  it('knows an open WebSocket, with its frames', () => {
    const socket = realChromium('good').find((exchange) => exchange.kind === 'websocket');
    expect(socket).toMatchObject({ outcome: 'answered', ended: false });
    expect(socket?.frames.map((frame) => frame.data)).toEqual(['2probe', '3probe', '5']);
  });
});

describe('real Firefox entries', () => {
  it('reads the body that came with the entry, and does not invent an error mark', () => {
    expect(realFirefox('polling-ok')[0]).toMatchObject({ dialect: 'firefox', outcome: 'answered', error: null });
    expect(realFirefox('upgrade-400')[0]).toMatchObject({
      kind: 'websocket',
      outcome: 'answered',
      response: { status: 400 },
    });
    expect(realFirefox('websocket-open')[0]).toMatchObject({ kind: 'websocket', outcome: 'answered', ended: false });
  });
});

describe('body states', () => {
  const body = (parts: Parameters<typeof entry>[0]) => exchangesOf(records([entry(parts)]))[0]?.response?.body;

  it('does not mix up empty, hidden and not captured', () => {
    expect(body({ body: 'ok' })).toEqual({ state: 'text', text: 'ok' });
    expect(body({ body: '' })).toEqual({ state: 'empty' });
    expect(body({ error: 'net::ERR_FAILED' })).toEqual({ state: 'hidden' });
    expect(body({ responseHeaders: { 'Content-Length': '118' } })).toEqual({ state: 'not-captured' });
  });
});

describe('one request in several records', () => {
  it('adds up the frames of a WebSocket that came as deltas, in any order', () => {
    const part = (first: number, messages: Parameters<typeof socketEntry>[0]['messages']): EntryRecord => ({
      ...(records([socketEntry({ messages, key: 'same==' })])[0] as EntryRecord),
      seq: first + 1,
      firstFrame: first,
    });
    const all = [message('send', 'a', 1), message('receive', 'b', 2), message('send', 'c', 3)];
    const deltas = [part(2, all.slice(2)), part(0, all.slice(0, 2)), part(1, all.slice(1, 2))];
    expect(exchangesOf(deltas)).toHaveLength(1);
    expect(exchangesOf(deltas)[0]?.frames.map((frame) => frame.data)).toEqual(['a', 'b', 'c']);
  });

  it('lets the finished entry win over the pending one', () => {
    const url = handshakeUrl();
    const pending = entry({ url, status: 0, error: null, time: 3 });
    const done = entry({ url, body: 'ok', time: 9 });
    for (const order of [
      [pending, done],
      [done, pending],
    ]) {
      expect(exchangesOf(records(order))).toMatchObject([{ outcome: 'answered', durationMs: 9 }]);
    }
    expect(exchangesOf(records([pending]))).toMatchObject([{ outcome: 'pending', durationMs: null }]);
  });

  it('keeps two requests of one millisecond apart where the client leaves out `t`', () => {
    const url = 'http://localhost:3001/socket.io/?EIO=4&transport=polling';
    const twins = [
      entry({ url, time: 4, body: 'a' }),
      entry({ url, time: 5, body: 'b' }),
      entry({ url, time: 5, body: 'b' }),
    ];
    expect(exchangesOf(records(twins))).toHaveLength(2);
  });

  it('forgets what the recorder forgot', () => {
    const store = createExchangeStore();
    for (const record of records([entry({ body: 'ok' })])) store.add(record);
    store.takeChanges();
    store.forget([1]);
    expect([...store.takeChanges().values()]).toEqual([null]);
  });
});

describe('a WebSocket that was refused before it was sent', () => {
  it('is dated by when it was seen', () => {
    const raw = socketEntry({
      messages: [{ type: 'error', opcode: -1, time: 1234.5, data: 'net::ERR_CONNECTION_REFUSED' }],
      status: 0,
    });
    const undated = {
      ...raw,
      startedDateTime: '1969-12-31T23:59:59.000Z',
      time: 9_000_000,
      request: { ...raw.request, method: '', headers: [] },
    };
    const [record] = records([undated]);
    const [exchange] = exchangesOf([{ ...(record as EntryRecord), seenMs: T0 + 7 }]);
    expect(exchange).toMatchObject({
      startedMs: T0 + 7,
      durationMs: 0,
      outcome: 'failed',
      pageOrigin: 'http://localhost:3000',
    });
  });
});
