import { describe, expect, it } from 'vitest';
import type { HarHeader } from '../../model/har.ts';
import { headerValue } from '../../model/headers.ts';
import { openBrowser, type Page } from './browser.ts';
import type { Network, WireEnd } from './network.ts';
import type { WireRequest } from './wire.ts';

const SERVER = 'https://api.example.com';
const HANDSHAKE = `${SERVER}/socket.io/?EIO=4&transport=polling&t=1`;
const PAGE: Page = {
  origin: 'https://app.example.org',
  credentials: false,
  headers: [],
  cookie: '',
  userAgent: 'test',
};
const ALLOWED = { 'Access-Control-Allow-Origin': PAGE.origin, 'Access-Control-Allow-Credentials': 'true' };

type Answer = { status?: number; headers?: Record<string, string>; body?: string } | 'refused';

/** A network whose answers are given by the method and path that is asked for; what it was asked, in order. */
function networkWith(answer: (request: WireRequest) => Answer): Network & { asked: WireRequest[] } {
  const asked: WireRequest[] = [];
  return {
    asked,
    ask: async (request) => {
      asked.push(request);
      return endOf(answer(request));
    },
    openSocket: () => Promise.reject(new Error('no WebSocket here')),
  };
}

function endOf(answer: Answer): WireEnd {
  if (answer === 'refused') return { kind: 'failed', error: 'net::ERR_CONNECTION_REFUSED', durationMs: 1 };
  const { status = 200, headers = {}, body = '0{}' } = answer;
  const lines: HarHeader[] = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const shown = {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    headers: lines,
    body: new TextEncoder().encode(body),
  };
  return { kind: 'answered', answer: shown, durationMs: 1 };
}

async function visit(page: Partial<Page>, answer: (request: WireRequest) => Answer, url = HANDSHAKE) {
  const network = networkWith(answer);
  const browser = openBrowser({ ...PAGE, ...page }, network);
  const outcome = await browser.ask({ url, patienceMs: 1000 });
  const entries = browser.records.map(({ entry }) => entry);
  const marks = entries.map(({ request, response }) => [request.method, response.status, response._error]);
  return { outcome, entries, marks, asked: network.asked, browser };
}

const sent = (request: WireRequest | undefined, name: string) => headerValue(request?.headers ?? [], name);

describe('what a browser does around a request', () => {
  it('gives the page an answer that names it, and marks nothing', async () => {
    const { outcome, marks, asked } = await visit({}, () => ({ headers: ALLOWED }));
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, text: '0{}' });
    expect(marks).toEqual([['GET', 200, null]]);
    expect(sent(asked[0], 'Origin')).toBe(PAGE.origin);
    expect(sent(asked[0], 'Sec-Fetch-Site')).toBe('cross-site');
    expect(sent(asked[0], 'Sec-Fetch-Storage-Access')).toBeNull();
  });

  it('keeps an answer back that does not, with status and headers and without its content', async () => {
    const { outcome, marks, entries } = await visit({}, () => ({ headers: { Vary: 'Origin' } }));
    expect(outcome).toEqual({ kind: 'failed' });
    expect(marks).toEqual([['GET', 200, 'net::ERR_FAILED']]);
    expect(entries[0]?.response.headers).toEqual([{ name: 'Vary', value: 'Origin' }]);
    expect(entries[0]?.response.content?.text).toBeUndefined();
  });

  it('asks no leave of its own origin, and names it only where it writes', async () => {
    const { outcome, asked } = await visit({ origin: SERVER, headers: [{ name: 'X-Token', value: 'a' }] }, () => ({}));
    expect(outcome.kind).toBe('answered');
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
    expect(sent(asked[0], 'Origin')).toBeNull();
  });

  it('asks leave for headers of the page, and sends nothing without it', async () => {
    const headers = [{ name: 'X-Token', value: 'a' }];
    const refused = await visit({ headers }, () => ({ status: 400, headers: {} }));
    expect(refused.asked.map(({ method }) => method)).toEqual(['OPTIONS']);
    expect(sent(refused.asked[0], 'Access-Control-Request-Headers')).toBe('x-token');
    expect(refused.marks).toEqual([
      ['OPTIONS', 400, null],
      ['GET', 0, 'net::ERR_FAILED'],
    ]);
    expect(headerValue(refused.entries[1]?.request.headers ?? [], 'Origin')).toBeNull();
    const leave = { ...ALLOWED, 'Access-Control-Allow-Headers': 'x-token' };
    const given = await visit({ headers }, ({ method }) => ({
      status: method === 'OPTIONS' ? 204 : 200,
      headers: leave,
    }));
    expect(given.outcome.kind).toBe('answered');
    expect(sent(given.asked[1], 'X-Token')).toBe('a');
  });

  it('marks a preflight that is led elsewhere, and one that meets nobody', async () => {
    const headers = [{ name: 'X-Token', value: 'a' }];
    const elsewhere = await visit({ headers }, () => ({ status: 308, headers: { Location: '/x' } }));
    expect(elsewhere.marks[0]).toEqual(['OPTIONS', 308, 'net::ERR_INVALID_REDIRECT']);
    const nobody = await visit({ headers }, () => 'refused');
    expect(nobody.marks.map(([, , error]) => error)).toEqual(['net::ERR_CONNECTION_REFUSED', 'net::ERR_FAILED']);
  });

  it('follows a redirect that allows the page, and is a stranger on the next server', async () => {
    const other = 'https://other.example.net/socket.io/?EIO=4&transport=polling';
    const { asked, marks } = await visit({}, ({ url }) =>
      url === HANDSHAKE ? { status: 302, headers: { ...ALLOWED, Location: other } } : { headers: ALLOWED },
    );
    expect(asked.map(({ url }) => url)).toEqual([HANDSHAKE, other]);
    expect(sent(asked[1], 'Origin')).toBe('null');
    expect(marks).toEqual([
      ['GET', 302, null],
      ['GET', 200, 'net::ERR_FAILED'],
    ]);
    const kept = await visit({}, () => ({ status: 302, headers: { Location: other } }));
    expect(kept.asked).toHaveLength(1);
    const ring = await visit({}, () => ({ status: 302, headers: { ...ALLOWED, Location: HANDSHAKE } }));
    expect(ring.asked).toHaveLength(21);
  });

  it('sends nothing over http from a page on https, except to the machine itself', async () => {
    const { asked, marks } = await visit({}, () => ({}), HANDSHAKE.replace('https', 'http'));
    expect(asked).toEqual([]);
    expect(marks).toEqual([['GET', 0, '']]);
    const own = await visit(
      {},
      () => ({ headers: ALLOWED }),
      'http://127.0.0.1:3001/socket.io/?EIO=4&transport=polling',
    );
    expect(own.outcome.kind).toBe('answered');
  });

  it('sends cookies back with credentials, and to another site only those that may go there', async () => {
    const cookie = (attributes: string) => ({ headers: { ...ALLOWED, 'Set-Cookie': `route=a; Path=/${attributes}` } });
    const second = async (page: Partial<Page>, attributes: string) => {
      const { browser, asked } = await visit(page, () => cookie(attributes));
      await browser.ask({ url: HANDSHAKE, patienceMs: 1000 });
      return sent(asked[1], 'Cookie');
    };
    expect(await second({ credentials: true }, '; SameSite=None; Secure')).toBe('route=a');
    for (const kept of ['', '; SameSite=Lax', '; SameSite=Strict', '; SameSite=None'])
      expect(await second({ credentials: true }, kept)).toBeNull();
    expect(await second({}, '; SameSite=None; Secure')).toBeNull();
    expect(await second({ origin: SERVER }, '; SameSite=Strict')).toBe('route=a');
    const sibling = { origin: 'https://app.example.com', credentials: true };
    const own = { ...ALLOWED, 'Access-Control-Allow-Origin': sibling.origin, 'Set-Cookie': 'route=a; Path=/' };
    const { browser, asked } = await visit(sibling, () => ({ headers: own }));
    await browser.ask({ url: HANDSHAKE, patienceMs: 1000 });
    expect(sent(asked[1], 'Cookie')).toBe('route=a');
    expect(sent(asked[1], 'Sec-Fetch-Site')).toBe('same-site');
  });
});
