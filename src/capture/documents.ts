/** Documents of the inspected pages: their policies decide what a page may connect to. */
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import { headerValue, headerValues } from '../model/headers.ts';
import type { PageDocument } from '../model/session.ts';
import { policiesInMarkup, tellingPart } from '../protocol/content-security-policy.ts';
import { looksLikeEngineIo } from '../protocol/engine-url.ts';

const POLICY = 'Content-Security-Policy';

/** Whether the entry is a top document's own, and carries one. Where a browser says neither, its address and type tell. */
export function isDocument({ entry, pageUrl }: EntryRecord): boolean {
  const { request, response, _resourceType: resourceType } = entry;
  const { status } = response;
  if (!/^https?:/.test(request.url) || looksLikeEngineIo(request.url)) return false;
  if (!(status >= 200 && status <= 299) && status !== 304) return false;
  const destination = headerValue(request.headers, 'Sec-Fetch-Dest');
  if (destination !== null) return destination === 'document';
  if (resourceType !== undefined) return resourceType === 'document';
  const isHtml = /^text\/html\b/i.test(
    headerValue(response.headers, 'Content-Type') ?? response.content?.mimeType ?? '',
  );
  return request.method === 'GET' && isHtml && pageUrl !== null && bareUrl(request.url) === bareUrl(pageUrl);
}

export interface DocumentStore {
  /** Takes a record; false when it is no document. */
  add(record: EntryRecord): boolean;
  /** Drops records; false when none of them was here. */
  forget(seqs: Iterable<number>): boolean;
  /** By the page's origin, each in order of time. */
  byOrigin(): Map<string, PageDocument[]>;
  /** The entries of these pages' origins, for a report. */
  entriesOf(pageOrigins: ReadonlySet<string | null>): HarEntry[];
}

/** A store with nothing in it. */
export function createDocumentStore(): DocumentStore {
  const entries = new Map<number, HarEntry>();

  /** A document may be recorded twice: again once its content is there, which then counts. */
  const distinct = (): HarEntry[] => {
    const byKey = new Map<string, HarEntry>();
    for (const entry of entries.values()) {
      const key = `${entry.startedDateTime} ${entry.request.url}`;
      const known = byKey.get(key);
      byKey.set(key, known && policyOf(known).length > policyOf(entry).length ? known : entry);
    }
    return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  };

  return {
    add(record) {
      const { seq, entry, body } = record;
      if (!isDocument(record)) return false;
      entries.set(seq, bareDocument(entry, body ?? textOf(entry)));
      return true;
    },
    forget(seqs) {
      return [...seqs].filter((seq) => entries.delete(seq)).length > 0;
    },
    byOrigin() {
      const groups = new Map<string, PageDocument[]>();
      for (const entry of distinct()) {
        const { origin } = new URL(entry.request.url);
        groups.set(origin, [...(groups.get(origin) ?? []), documentOf(entry)]);
      }
      return groups;
    },
    entriesOf: (pageOrigins) => distinct().filter((entry) => pageOrigins.has(new URL(entry.request.url).origin)),
  };
}

/** What is kept of a document: no content, no cookies, no query, and of its policies what decides about connections. */
function bareDocument({ startedDateTime, pageref, request, response }: HarEntry, text: string): HarEntry {
  const policies = [...headerValues(response.headers, POLICY), ...policiesInMarkup(text)].map(tellingPart);
  const value = policies.filter((policy) => policy !== '').join(', ');
  return {
    startedDateTime,
    pageref,
    _resourceType: 'document',
    request: { method: request.method, url: bareUrl(request.url), headers: [] },
    response: { status: response.status, headers: value === '' ? [] : [{ name: POLICY, value }] },
  };
}

function textOf({ response }: HarEntry): string {
  return response.content?.encoding === 'base64' ? '' : (response.content?.text ?? '');
}

function policyOf(entry: HarEntry): string {
  return headerValue(entry.response.headers, POLICY) ?? '';
}

function documentOf(entry: HarEntry): PageDocument {
  return { url: entry.request.url, startedMs: Date.parse(entry.startedDateTime), policy: policyOf(entry) };
}

function bareUrl(url: string): string {
  return url.split(/[?#]/)[0] ?? '';
}
