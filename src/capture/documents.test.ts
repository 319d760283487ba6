import { describe, expect, it } from 'vitest';
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import { engineWith } from '../testing/diagnose.ts';
import { entry, healthyEntries, PAGE, records, T0 } from '../testing/entries.ts';
import { createDocumentStore, isDocument } from './documents.ts';
import { readHar } from './har-file.ts';

const META = `<!doctype html><meta http-equiv="Content-Security-Policy" content="img-src *; connect-src 'self'">secret`;

function page(
  parts: { url?: string; type?: string; headers?: Record<string, string>; policy?: string } = {},
): HarEntry {
  const { url = `${PAGE}/chat?token=1#top`, type, headers = {}, policy } = parts;
  const base = entry({ url, requestHeaders: headers, responseHeaders: { 'Content-Type': 'text/html; charset=utf-8' } });
  const { _resourceType: _, ...rest } = base;
  if (policy) rest.response.headers.push({ name: 'Content-Security-Policy', value: policy });
  return { ...rest, ...(type && { _resourceType: type }) };
}

function recordOf(item: HarEntry, body: string | null = null): EntryRecord {
  const [record] = records([item]);
  if (!record) throw new Error('builder changed');
  return { ...record, body, pageUrl: `${PAGE}/chat` };
}

describe('isDocument', () => {
  it.each([
    ['Chromium', page({ type: 'document' }), true],
    ['Chromium, of a frame', page({ type: 'document', headers: { 'Sec-Fetch-Dest': 'iframe' } }), false],
    ['Firefox', page({ headers: { 'Sec-Fetch-Dest': 'document' } }), true],
    ['a browser that says nothing: the page’s own address', page(), true],
    ['a browser that says nothing: another address', page({ url: `${PAGE}/other` }), false],
    ['a script', page({ type: 'script' }), false],
    ['a handshake', entry(), false],
  ])('%s', (_, item, expected) => {
    expect(isDocument(recordOf(item))).toBe(expected);
  });
});

describe('the document store', () => {
  it('keeps what decides about connections, from header and markup, and nothing else', () => {
    const store = createDocumentStore();
    const policy = "script-src 'nonce-x'; default-src https:";
    store.add(recordOf(page({ type: 'document', policy }), META));
    expect(store.byOrigin().get(PAGE)).toEqual([
      { url: `${PAGE}/chat`, startedMs: T0, policy: "default-src https:, connect-src 'self'" },
    ]);
    expect(JSON.stringify(store.entriesOf(new Set([PAGE])))).not.toMatch(/secret|token|nonce/);
  });

  it('takes the content when it comes later, in any order', () => {
    const early = { ...recordOf(page({ type: 'document' })), seq: 1 };
    const late = { ...recordOf(page({ type: 'document' }), META), seq: 2 };
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const store = createDocumentStore();
      for (const record of order) store.add(record);
      expect(store.byOrigin().get(PAGE)).toEqual([expect.objectContaining({ policy: "connect-src 'self'" })]);
    }
  });
});

describe('a HAR file', () => {
  it('shows the policy that a blocked request met', () => {
    const document = page({ type: 'document', policy: "connect-src 'self'" });
    const { records: read } = readHar(
      { log: { entries: [document, entry({ status: 0, error: '', at: 20 })] } },
      'x.har',
    );
    const { findings } = engineWith(read).diagnose().diagnosis;
    expect(findings).toMatchObject([{ rule: 'csp-connect-src', confidence: 'certain' }]);
  });
});

describe('a report', () => {
  it('holds the document, so that opening it again finds the same', () => {
    const log = [recordOf(page({ type: 'document' }), META), ...records(healthyEntries(), 2)];
    for (const redact of [false, true]) {
      const { har } = engineWith(log).buildReport({ redact, notes: '', createdAtMs: T0, version: '0.0.0' });
      const documents = har.log.entries.filter(({ _resourceType }) => _resourceType === 'document');
      expect(documents).toHaveLength(1);
      expect(documents[0]?.response.headers).toEqual([
        { name: 'Content-Security-Policy', value: "connect-src 'self'" },
      ]);
    }
  });
});
