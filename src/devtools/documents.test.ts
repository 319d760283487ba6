import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../model/har.ts';
import { entry, message, PAGE, socketEntry, T0 } from '../testing/entries.ts';
import { createDocuments, type DocumentInfo, pageOf, readProbe } from './documents.ts';

function info(name: string, at: number, more: Partial<DocumentInfo> = {}): DocumentInfo {
  return { url: `${PAGE}/${name}`, origin: PAGE, timeOrigin: at, startMs: T0 + at, aliveMs: T0 + at + 300, ...more };
}

function on(pageref: string | undefined, at: number): HarEntry {
  return { ...entry({ at }), pageref };
}

/** Documents of a page that showed `a` at 0 s and shows `b` since 10 s. */
function twoDocuments(): ReturnType<typeof createDocuments> {
  const documents = createDocuments();
  documents.observe(info('a', 0), T0);
  documents.documentOf(on('page_1', 500));
  documents.observe(info('b', 10_000), T0 + 10_300);
  return documents;
}

const nameOf = (document: DocumentInfo | null) => document?.url.at(-1) ?? null;

describe('documentOf', () => {
  it('goes by pageref where the page is known', () => {
    const documents = twoDocuments();
    expect(nameOf(documents.documentOf(on('page_1', 10_200)))).toBe('a');
    expect(nameOf(documents.documentOf(on('page_2', 10_400)))).toBe('b');
  });

  it('goes by the time the document answered where there is no pageref', () => {
    const documents = twoDocuments();
    expect(nameOf(documents.documentOf(on(undefined, 10_200)))).toBe('a');
    expect(nameOf(documents.documentOf(on(undefined, 10_300)))).toBe('b');
    expect(documents.documentOf(on(undefined, -10_000))).toBeNull();
  });

  it('gives a page that was seen before its document to that document', () => {
    const documents = createDocuments();
    documents.observe(info('a', 0), T0);
    documents.documentOf(on('page_1', 500));
    documents.documentOf(on('page_2', 10_400));
    documents.observe(info('b', 10_000), T0 + 10_500);
    expect(nameOf(documents.documentOf(on('page_2', 10_600)))).toBe('b');
    expect(nameOf(documents.documentOf(on('page_1', 600)))).toBe('a');
  });

  it('leaves a page with its document whose first request was never sent, and so has no start', () => {
    const documents = createDocuments();
    documents.observe(info('a', 0), T0);
    documents.documentOf({ ...on('page_1', 0), startedDateTime: '1969-12-31T23:59:59.000Z' });
    const laterMs = Date.now() - T0 + 1_000;
    documents.observe(info('b', laterMs), T0 + laterMs + 300);
    expect(nameOf(documents.documentOf(on('page_1', 500)))).toBe('a');
  });

  it('leaves a page with its document that was reloaded at once', () => {
    const documents = createDocuments();
    documents.observe(info('a', 0), T0);
    documents.documentOf(on('page_1', 320));
    documents.observe(info('b', 340), T0 + 600);
    expect(nameOf(documents.documentOf(on('page_1', 320)))).toBe('a');
    expect(nameOf(documents.documentOf(on('page_told_of_late', 325)))).toBe('a');
  });

  it('leaves a page with the document that its earliest request is of', () => {
    const documents = createDocuments();
    documents.observe(info('a', 0), T0);
    documents.documentOf(on('page_1', 10_100));
    documents.documentOf(on('page_1', 500));
    documents.observe(info('b', 10_000), T0 + 10_300);
    expect(nameOf(documents.documentOf(on('page_1', 10_200)))).toBe('a');
  });

  it('knows a document’s own request, which is older than its answer', () => {
    const own = { ...entry({ at: 10_001, requestHeaders: { 'Sec-Fetch-Dest': 'document' } }), pageref: undefined };
    expect(nameOf(twoDocuments().documentOf(own))).toBe('b');
  });

  it('counts a WebSocket that was never sent to the current document', () => {
    const unsent = {
      ...socketEntry({ messages: [message('error', '', 0)] }),
      startedDateTime: '1969-12-31T23:59:59.000Z',
      pageref: undefined,
    };
    expect(nameOf(twoDocuments().documentOf(unsent))).toBe('b');
  });
});

describe('observe', () => {
  it('knows a document by its time origin, whatever its URL became', () => {
    const documents = createDocuments();
    expect(documents.observe(info('a', 0), T0)).toBe('new');
    expect(documents.observe(info('routed', 0), T0 + 5_000)).toBe('same');
    expect(documents.current()?.url).toBe(`${PAGE}/routed`);
    expect(documents.observe(info('routed', 9_000), T0 + 9_100)).toBe('new');
  });

  it('takes two documents that could not be asked for two', () => {
    const documents = createDocuments();
    documents.observe(info('a', 0, { timeOrigin: null }), T0);
    expect(documents.observe(info('a', 0, { timeOrigin: null }), T0)).toBe('new');
  });

  it('lets the second life of a document from the back/forward cache begin when it came back', () => {
    const documents = twoDocuments();
    documents.observe(info('a', 0), T0 + 20_000);
    expect(nameOf(documents.documentOf(on(undefined, 15_000)))).toBe('b');
    expect(documents.documentOf(on(undefined, 20_010))).toBe(documents.current());
    expect(nameOf(documents.current())).toBe('a');
  });
});

describe('isDocument', () => {
  const documentLike = (url: string, destination?: string) =>
    entry({ url, at: 10_005, ...(destination && { requestHeaders: { 'Sec-Fetch-Dest': destination } }) });

  it('goes by the destination, else by the URL', () => {
    const documents = twoDocuments();
    expect(documents.isDocument(documentLike(`${PAGE}/redirected-here`, 'document'))).toBe(true);
    expect(documents.isDocument(documentLike(`${PAGE}/b`, 'iframe'))).toBe(false);
    expect(documents.isDocument(documentLike(`${PAGE}/b#part`))).toBe(true);
    expect(documents.isDocument(documentLike(`${PAGE}/other`))).toBe(false);
  });

  it('is not fooled by the document before', () => {
    const before = entry({ url: `${PAGE}/a`, at: 5, requestHeaders: { 'Sec-Fetch-Dest': 'document' } });
    expect(twoDocuments().isDocument(before)).toBe(false);
  });
});

describe('readProbe', () => {
  const answer = { url: `${PAGE}/`, origin: PAGE, timeOrigin: 1, ageMs: 400, responseStartMs: 30 };

  it('reckons by the recorder’s clock', () => {
    expect(readProbe(answer, 10_000, 10_020)).toMatchObject({ startMs: 9_600, aliveMs: 9_630 });
  });

  it('believes the page’s clock where it can be right: the answer may take its time', () => {
    expect(readProbe({ ...answer, timeOrigin: 9_700 }, 10_000, 10_150)).toMatchObject({ startMs: 9_700 });
    expect(readProbe({ ...answer, timeOrigin: 9_800 }, 10_000, 10_150)).toMatchObject({ startMs: 9_600 });
  });

  it('bears a response that began before the document, as Firefox says', () => {
    expect(readProbe({ ...answer, responseStartMs: -82 }, 10_000, 10_000)).toMatchObject({ aliveMs: 9_600 });
  });

  it('gives null for a page that did not answer', () => {
    expect(readProbe(undefined, 0, 0)).toBeNull();
    expect(readProbe({ url: 1 }, 0, 0)).toBeNull();
  });
});

it('pageOf: a blank tab and a page of the browser’s own are no page', () => {
  const urls = [
    'about:blank',
    'chrome://newtab/',
    'chrome-error://chromewebdata/',
    'https://a.test/',
    'file:///tmp/a.html',
  ];
  expect(urls.filter((url) => pageOf(info('', 0, { url })))).toEqual(['https://a.test/', 'file:///tmp/a.html']);
});
