/**
 * HARs of programs that are no Chromium. mitmproxy's were recorded: mitmproxy 8.1.1 between Chromium 156 and the lab's servers,
 * written by its own exporters (`binaryWithoutFrames`: `examples/contrib/har_dump.py` of that version; the others:
 * `mitmproxy/addons/savehar.py` of version 10.1), cut to the Engine.IO entries. The others are the smallest that each program's
 * exporter would write, after its source.
 */
import { describe, expect, it } from 'vitest';
import { openFile } from '../engine/open-file.ts';
import type { Report } from '../model/report.ts';
import { openBody, PAGE, SERVER } from '../testing/entries.ts';
import recorded from '../testing/mitmproxy-entries.json' with { type: 'json' };

function open(log: object): Report {
  const text = JSON.stringify({ log: { version: '1.2', ...log } });
  return openFile({ text, name: 'test.har' }).buildReport({ redact: true, createdAtMs: 0, version: '0.0.0' });
}

/** A report says the same of itself when it is opened again: nothing hangs on who wrote the first file. */
function expectSameAgain(report: Report): void {
  const again = openFile({ text: JSON.stringify(report), name: 'report.json' });
  const request = { redact: true, createdAtMs: 0, version: '0.0.0' };
  expect(JSON.parse(JSON.stringify(again.buildReport(request)))).toEqual(JSON.parse(JSON.stringify(report)));
}

const codes = ({ limits }: Report) => limits.map(({ code }) => code);
const rules = ({ findings }: Report) => findings.map(({ rule }) => rule);

describe('a HAR of mitmproxy', () => {
  const MITMPROXY = { name: 'mitmproxy', version: '10.1.0', comment: '' };

  it('shows by what the page did next that an answer was kept from it', () => {
    const report = open({ creator: MITMPROXY, pages: [], entries: recorded.blocked });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: 'cors-not-configured' });
    expect(report.environment).toMatchObject({ browser: 'Chromium 156', os: 'Linux', capture: 'har' });
    expect(codes(report)).toContain('proxy-har');
    expectSameAgain(report);
  });

  it('has the frames of a WebSocket, binary ones too, at the address of its HTTP request', () => {
    const report = open({ creator: MITMPROXY, pages: [], entries: recorded.binary });
    expect(report.summary.status).toBe('healthy');
    expect(report.sessions).toMatchObject([
      { transport: 'websocket', namespaces: [{ name: '/', state: 'connected' }] },
    ]);
    expect(report.exchanges.find(({ kind }) => kind === 'websocket')?.url).toMatch(/^ws:/);
    const binary = openFile({
      text: JSON.stringify({ log: { creator: MITMPROXY, entries: recorded.binary } }),
      name: 'test.har',
    }).engine;
    const [session] = binary.diagnose().diagnosis.sessions;
    expect(binary.packets(session?.id ?? '').map(({ socket }) => socket)).toContain('BINARY_EVENT');
    expectSameAgain(report);
  });

  it('leaves frames out in older versions: an accepted WebSocket is one in use, and not closed', () => {
    const creator = { name: 'mitmproxy har_dump', version: '0.1', comment: 'mitmproxy version mitmproxy 8.1.1' };
    const report = open({ creator, entries: recorded.binaryWithoutFrames });
    expect(report.summary.status).toBe('healthy');
    expect(report.sessions).toMatchObject([{ transport: 'websocket', state: 'connected' }]);
    expect(rules(report).filter((rule) => rule !== 'cswsh-exposure')).toEqual([]);
    expectSameAgain(report);
  });

  it('says in its own words that nobody listens', () => {
    const report = open({ creator: MITMPROXY, entries: recorded.refused });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: 'connection-refused' });
    expectSameAgain(report);
  });

  it('has the status of a refused upgrade, of a page that was closed later', () => {
    const report = open({ creator: MITMPROXY, entries: recorded.upgrade400 });
    expect(rules(report)).toContain('ws-upgrade-400-proxy');
    expectSameAgain(report);
  });
});

const URL_OF_HANDSHAKE = `${SERVER}/socket.io/?EIO=4&transport=polling&t=abc`;
const SOCKET_PATH = '/socket.io/?EIO=4&transport=websocket';

/** As `generateHarHttpEntry` and `generateHarWebSocketMessage` of httptoolkit-ui `src/model/http/har.ts` write it. */
function httpToolkitSocket() {
  const sentMs = Date.UTC(2026, 10, 23, 10);
  const message = (type: string, at: number, data: string) => ({ type, opcode: 1, data, time: (sentMs + at) / 1000 });
  return {
    pageref: 'Chrome 156 (Linux)',
    startedDateTime: '2026-11-23T11:00:00.000+01:00',
    time: -1,
    request: {
      method: 'GET',
      url: `${SERVER.replace('http', 'ws')}${SOCKET_PATH}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [
        { name: 'host', value: 'localhost:3001' },
        { name: 'origin', value: PAGE },
        { name: 'upgrade', value: 'websocket' },
        { name: 'sec-websocket-key', value: 'dGhlIHNhbXBsZSBub25jZQ==' },
      ],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'upgrade', value: 'websocket' }],
      content: { mimeType: 'application/octet-stream', size: 0, text: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 2, receive: 0 },
    _resourceType: 'websocket',
    _webSocketMessages: [
      message('receive', 5, openBody('SID0000000000000AAAA')),
      message('send', 6, '40'),
      message('receive', 8, '40{"sid":"sockA"}'),
    ],
  };
}

/** As the same file writes an exchange that was aborted. */
function httpToolkitAborted() {
  const { _resourceType, _webSocketMessages, ...entry } = httpToolkitSocket();
  return {
    ...entry,
    request: { ...entry.request, url: URL_OF_HANDSHAKE, headers: [{ name: 'origin', value: PAGE }] },
    response: {
      status: 0,
      statusText: '',
      httpVersion: '',
      headers: [],
      cookies: [],
      content: { size: 0, mimeType: 'application/x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
  };
}

describe('a HAR of HTTP Toolkit', () => {
  const log = {
    creator: { name: 'HTTP Toolkit', version: '0.1.0' },
    pages: [
      {
        id: 'Chrome 156 (Linux)',
        title: 'Chrome 156 (Linux)',
        startedDateTime: '2026-11-23T11:00:00.000+01:00',
        pageTimings: {},
      },
    ],
    _tlsErrors: [],
  };

  it('has the frames of a WebSocket that is open still, and a page that is no address', () => {
    const report = open({ ...log, entries: [httpToolkitSocket()] });
    expect(report.summary.status).toBe('healthy');
    expect(report.sessions).toMatchObject([{ state: 'connected', transport: 'websocket' }]);
    expect(report.endpoints).toMatchObject([{ pageOrigin: PAGE }]);
    expect(report.page?.origin ?? PAGE).toBe(PAGE);
    expectSameAgain(report);
  });

  it('does not say why a request was aborted, so no rule does', () => {
    const report = open({ ...log, entries: [httpToolkitAborted()] });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: null });
    expectSameAgain(report);
  });
});

/** As Charles 4 writes it: `_charlesStatus`, and null for what HTTP/2 and its own exporter do not have. */
function charlesEntry(parts: { status: number; headers: [string, string][]; body: string; charlesStatus?: string }) {
  const { status, headers, body, charlesStatus = 'COMPLETE' } = parts;
  return {
    startedDateTime: '2026-11-23T11:00:00.000+01:00',
    time: 12,
    request: {
      method: 'GET',
      url: URL_OF_HANDSHAKE,
      httpVersion: 'HTTP/2.0',
      cookies: [],
      headers: [
        { name: ':method', value: 'GET' },
        { name: 'origin', value: PAGE },
      ],
      queryString: [],
      headersSize: 289,
      bodySize: 0,
    },
    response: {
      _charlesStatus: charlesStatus,
      status,
      statusText: null,
      httpVersion: 'HTTP/2.0',
      cookies: [],
      headers: headers.map(([name, value]) => ({ name, value })),
      content: { size: body.length, mimeType: 'text/plain; charset=UTF-8', text: body },
      redirectURL: null,
      headersSize: 0,
      bodySize: body.length,
    },
    serverIPAddress: '127.0.0.1',
    cache: {},
    timings: { connect: -1, send: 0, wait: 12, receive: 0 },
  };
}

describe('a HAR of Charles', () => {
  const creator = { name: 'Charles Proxy', version: '4.6.2' };

  it('opens with nulls where HAR 1.2 has texts', () => {
    const entry = charlesEntry({
      status: 400,
      headers: [
        [':status', '400'],
        ['access-control-allow-origin', PAGE],
      ],
      body: '{"code":5,"message":"Unsupported protocol version"}',
    });
    const report = open({
      creator,
      entries: [{ ...entry, request: { ...entry.request, url: URL_OF_HANDSHAKE.replace('EIO=4', 'EIO=3') } }],
    });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: 'version-eio3-to-v3plus' });
    expect(report.limits.filter(({ code }) => code === 'entry-skipped')).toEqual([]);
    expectSameAgain(report);
  });
});

/** As WebKit's `HARBuilder.entry` writes it: one page for all, `_fetchType`, `_priority`; header lines of one name are joined. */
function safariEntry(parts: { at?: number; url?: string; status?: number; headers?: object[]; body?: string }) {
  const { at = 0, url = URL_OF_HANDSHAKE, status = 200, headers = [], body = '' } = parts;
  return {
    pageref: 'page_0',
    startedDateTime: new Date(Date.UTC(2026, 10, 23, 10) + at).toISOString(),
    time: 4.2,
    request: {
      method: 'GET',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [
        { name: 'Origin', value: PAGE },
        {
          name: 'User-Agent',
          value:
            'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
        },
      ],
      queryString: [],
      headersSize: 300,
      bodySize: 0,
    },
    response: {
      status,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers,
      content: { size: body.length, compression: 0, mimeType: 'text/plain', text: body },
      redirectURL: '',
      headersSize: 200,
      bodySize: body.length,
      _transferSize: 300,
    },
    cache: {},
    timings: { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 2, receive: 1 },
    serverIPAddress: '127.0.0.1',
    _serverPort: 3001,
    connection: '1',
    _fetchType: 'Network Load',
    _priority: 'medium',
  };
}

describe('a HAR of Safari', () => {
  const log = {
    creator: { name: 'WebKit Web Inspector', version: '620.1.16.11.8' },
    pages: [{ startedDateTime: '2026-11-23T10:00:00.000Z', id: 'page_0', title: `${PAGE}/chat`, pageTimings: {} }],
  };

  it('shows by what the page did next that an answer was kept from it', () => {
    const entries = [0, 2000, 5000].map((at) =>
      safariEntry({ at, url: `${URL_OF_HANDSHAKE}${at}`, body: `0${openBody(`SID${at}`).slice(1)}` }),
    );
    const report = open({ ...log, entries });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: 'cors-not-configured' });
    expect(report.environment).toMatchObject({ browser: 'Safari 18', os: 'macOS' });
    expect(report.page).toEqual({ url: `${PAGE}/chat`, origin: PAGE });
    expect(codes(report)).toContain('safari-har');
    expectSameAgain(report);
  });

  it('does not take a failure in words for one of Chromium’s', () => {
    const entry = safariEntry({ status: 0 });
    const failed = {
      ...entry,
      response: { ...entry.response, headers: [], _error: 'Could not connect to the server.' },
    };
    const report = open({ ...log, entries: [failed] });
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: null });
    expect(report.exchanges).toMatchObject([{ error: 'Could not connect to the server.' }]);
    expectSameAgain(report);
  });
});

describe('whoever wrote it', () => {
  const entry = () =>
    safariEntry({ headers: [{ name: 'Access-Control-Allow-Origin', value: PAGE }], body: openBody('A') });
  const exchangesOf = (entries: unknown[]) => open({ entries }).exchanges;

  it.each([
    ['pairs', [['Access-Control-Allow-Origin', 'http://other']]],
    ['an object', { 'Access-Control-Allow-Origin': 'http://other' }],
    ['an object of lists', { 'Access-Control-Allow-Origin': ['http://other'] }],
    [
      'a list with a broken line',
      [{ value: 'x' }, null, { name: 'Access-Control-Allow-Origin', value: 'http://other' }],
    ],
  ])('reads header lines as %s', (_, headers) => {
    const given = { ...entry(), response: { ...entry().response, headers } };
    expect(exchangesOf([given])).toMatchObject([{ cors: { verdict: 'fail', error: 'AllowOriginMismatch' } }]);
  });

  it.each([
    ['a status in quotes', { response: { ...entry().response, status: '200' } }, 200],
    ['a status of null', { response: { ...entry().response, status: null } }, 0],
    ['no response', { response: undefined }, 0],
    ['a response of null', { response: null }, 0],
    ['a time of -1 and no timings', { time: -1, timings: undefined }, 200],
    ['no pageref, no server', { pageref: undefined, serverIPAddress: undefined, comment: 'x' }, 200],
  ])('does with %s', (_, change, status) => {
    expect(exchangesOf([{ ...entry(), ...change }])).toMatchObject([{ status }]);
  });

  it('leaves out a broken message of a WebSocket, keeps the others, and says so', () => {
    const socket = httpToolkitSocket();
    const messages = [{ type: 'receive', data: 'x' }, ...socket._webSocketMessages, { type: 'sideways', time: 1 }];
    const report = open({ entries: [{ ...socket, _webSocketMessages: messages }] });
    expect(report.sessions).toMatchObject([{ state: 'connected', transport: 'websocket' }]);
    expect(report.limits).toContainEqual({
      code: 'message-skipped',
      text: 'entry 0: WebSocket messages 0, 4 skipped: no type or time that can be read',
    });
  });
});
