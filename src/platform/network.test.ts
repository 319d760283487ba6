import { afterEach, describe, expect, it, vi } from 'vitest';
import { onRequestFinished, readHar } from './network.ts';

afterEach(() => vi.unstubAllGlobals());

interface BrowserEntry {
  [name: string]: unknown;
  request: { [name: string]: unknown; url: string };
}

type Listener = (entry: BrowserEntry) => void;

/** The part of `chrome.devtools.network` that is read, as a browser plays it. */
function stubNetwork(creator: string, entries: BrowserEntry[]): { fire: Listener } {
  const listeners: Listener[] = [];
  const network = {
    getHAR: (callback: (har: unknown) => void) => callback({ creator: { name: creator }, entries }),
    onRequestFinished: { addListener: (listener: Listener) => listeners.push(listener) },
  };
  vi.stubGlobal('chrome', { devtools: { network } });
  return { fire: (entry) => listeners.forEach((listener) => void listener(entry)) };
}

/** What Chromium and Firefox hand over: an entry with a method in it, which cannot be posted. */
function browserEntry(more: Record<string, unknown> = {}, answer: unknown[] = ['body', '']): BrowserEntry {
  return {
    startedDateTime: '2026-11-23T10:00:00.000Z',
    pageref: 'page_1',
    request: { method: 'GET', url: 'http://a.test/', headers: [] },
    response: { status: 200, headers: [], content: { size: 4, mimeType: 'text/plain' } },
    timings: { wait: 1 },
    getContent: (callback: (...values: unknown[]) => void) => callback(...answer),
    ...more,
  };
}

async function finished(answer: unknown[]): Promise<{ entry: unknown; body: unknown }> {
  const { fire } = stubNetwork('any', []);
  const seen = new Promise<{ entry: unknown; body: unknown }>((resolve) => {
    onRequestFinished(async (request) => resolve({ entry: request.entry(), body: await request.readBody() }));
  });
  fire(browserEntry({}, answer));
  return seen;
}

describe('a finished request', () => {
  it('is plain data, fit to be posted', async () => {
    const { entry } = await finished(['body', '']);
    expect(() => structuredClone(entry)).not.toThrow();
    expect(entry).toMatchObject({ pageref: 'page_1', request: { url: 'http://a.test/' } });
  });

  it.each([
    ['Chromium, text', ['body', ''], { text: 'body', encoding: null }],
    ['Chromium, binary', ['AAE=', 'base64'], { text: 'AAE=', encoding: 'base64' }],
    ['Chromium, nothing to be had', [null, ''], { text: null, encoding: null }],
    ['Firefox, text', ['body', 'text/plain; charset=UTF-8'], { text: 'body', encoding: null }],
    ['Firefox, JSON', ['{}', 'application/json'], { text: '{}', encoding: null }],
    ['Firefox, binary', ['AAE=', 'application/octet-stream'], { text: 'AAE=', encoding: 'base64' }],
    ['Firefox, no type', ['', ''], { text: '', encoding: null }],
    ['Firefox, the page has gone', [], { text: null, encoding: null }],
  ])('has its body in one form: %s', async (_, answer, expected) => {
    expect((await finished(answer)).body).toEqual(expected);
  });
});

describe('getHAR', () => {
  it('of Chromium: bodies have to be read', async () => {
    stubNetwork('WebInspector', [browserEntry()]);
    const { requests, filtersEvents } = await readHar();
    expect(filtersEvents).toBe(false);
    expect(requests[0]?.ownBody()).toBeNull();
    expect(await requests[0]?.readBody()).toEqual({ text: 'body', encoding: null });
    expect(requests[0]?.entry().pageref).toBe('page_1');
  });

  it('of Firefox: bodies come along, and page numbers mean nothing', async () => {
    const content = { size: 4, mimeType: 'text/plain', text: 'body' };
    stubNetwork('Firefox', [browserEntry({ response: { status: 200, headers: [], content } })]);
    const { requests, filtersEvents } = await readHar();
    expect(filtersEvents).toBe(true);
    expect(requests[0]?.ownBody()).toEqual({ text: 'body', encoding: null });
    expect(requests[0]?.entry()).not.toHaveProperty('pageref');
    expect(requests[0]?.entry().response).toEqual({
      status: 200,
      headers: [],
      content: { size: 4, mimeType: 'text/plain' },
    });
  });

  it('of Firefox: a pending request has part of its body, which is none', async () => {
    const content = { size: 4, mimeType: 'text/plain', text: 'bo' };
    stubNetwork('Firefox', [browserEntry({ timings: {}, response: { status: 200, headers: [], content } })]);
    const { requests } = await readHar();
    expect(requests[0]?.ownBody()).toBeNull();
  });
});
