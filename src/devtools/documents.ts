/**
 * Which of the inspected page's documents an entry belongs to. Chromium's `onNavigated` also tells of `pushState`, and in both
 * browsers entries of the new document may come before it, so the document itself is asked who it is.
 */
import * as v from 'valibot';
import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import type { Diagnosis } from '../model/report.ts';

/** Asked in the page. `ageMs` and `responseStartMs` do not depend on the page's clock, which a test may have replaced. */
export const DOCUMENT_PROBE = `({
  url: location.href,
  origin: self.origin,
  timeOrigin: performance.timeOrigin,
  ageMs: performance.now(),
  responseStartMs: (performance.getEntriesByType('navigation')[0] || { responseStart: 0 }).responseStart,
})`;

const answerSchema = v.object({
  url: v.string(),
  origin: v.string(),
  timeOrigin: v.number(),
  ageMs: v.number(),
  responseStartMs: v.number(),
});

export interface DocumentInfo {
  url: string;
  origin: string;
  /** Tells one document from the next; null when it could not be asked. */
  timeOrigin: number | null;
  /** Start of its navigation, ms since the epoch. Its own entry starts here. */
  startMs: number;
  /** Its answer arrived, ms since the epoch: none of its requests is older, and the document before it was still alive until then. */
  aliveMs: number;
}

/** How far two readings of the same clock may be apart. */
const CLOCK_GRAIN_MS = 5;

/**
 * Reads the page's answer to `DOCUMENT_PROBE`; null when it is none. It was asked at `askedMs` and had answered at `answeredMs`, ms
 * since the epoch. Between the two lies some time on a busy machine, so the page's own clock is believed where it can be right.
 */
export function readProbe(answer: unknown, askedMs: number, answeredMs: number): DocumentInfo | null {
  const parsed = v.safeParse(answerSchema, answer);
  if (!parsed.success) return null;
  const { url, origin, timeOrigin, ageMs, responseStartMs } = parsed.output;
  const isBelievable =
    timeOrigin >= askedMs - ageMs - CLOCK_GRAIN_MS && timeOrigin <= answeredMs - ageMs + CLOCK_GRAIN_MS;
  const startMs = isBelievable ? timeOrigin : askedMs - ageMs;
  return { url, origin, timeOrigin, startMs, aliveMs: startMs + Math.max(0, responseStartMs) };
}

/** Whether the URL is that of a page to speak of: a blank tab or a page of the browser's own is none, and cannot be asked. */
export function isPage(url: string): boolean {
  return /^(https?|file):/.test(url);
}

/** The page of a document that has one. */
export function pageOf(info: DocumentInfo | null): Diagnosis['page'] {
  return info && isPage(info.url) ? { url: info.url, origin: info.origin } : null;
}

/** How far a start may be off: Firefox's documents begin after their own request. */
const GRAIN_MS = 100;

/** A page's Engine.IO requests come well after its start; those of the page before may have come just before it, when it was reloaded at once. */
const PAGE_GRAIN_MS = 10;

/** A document this much older than the one before it was not loaded after it. */
const RESTORED_MS = 1_000;

export interface Documents {
  current(): DocumentInfo | null;
  /** Takes what the page said of itself at `nowMs`. `new` when it is another document than before. */
  observe(info: DocumentInfo, nowMs: number): 'new' | 'same';
  /** The document that the entry belongs to; null when it is older than all that is known. */
  documentOf(entry: HarEntry): DocumentInfo | null;
  /** Whether it is the current document's own entry. */
  isDocument(entry: HarEntry): boolean;
}

/** Documents of a page that has not been asked yet. */
export function createDocuments(): Documents {
  let history: DocumentInfo[] = [];
  /** `earliestMs`: start of its first request; where that has none, when it was seen. */
  const pages = new Map<string, { document: DocumentInfo | null; earliestMs: number }>();

  /** Entries of the new document may have come before it was known to be there. */
  function adoptPages(document: DocumentInfo): void {
    for (const page of pages.values()) {
      if (page.earliestMs >= document.startMs - PAGE_GRAIN_MS) page.document = document;
    }
  }

  /** A WebSocket that was never sent has no start, and was seen just now. */
  function byStart(entry: HarEntry, sinceMs: (info: DocumentInfo) => number): DocumentInfo | null {
    const startMs = startOf(entry);
    return history.findLast((info) => startMs === null || startMs >= sinceMs(info)) ?? null;
  }

  return {
    current: () => history.at(-1) ?? null,
    observe(info, nowMs) {
      const before = history.at(-1);
      if (before && before.timeOrigin !== null && before.timeOrigin === info.timeOrigin) {
        Object.assign(before, { url: info.url, origin: info.origin });
        return 'same';
      }
      // A document out of the back/forward cache is older than the one before it: its second life starts now.
      const restored = before !== undefined && info.startMs < before.startMs - RESTORED_MS;
      const document = restored ? { ...info, startMs: nowMs - GRAIN_MS, aliveMs: nowMs - GRAIN_MS } : { ...info };
      history = [...history, document].slice(-20);
      adoptPages(document);
      return 'new';
    },
    documentOf(entry) {
      const page = pages.get(entry.pageref ?? '');
      if (page) {
        page.earliestMs = Math.min(page.earliestMs, startOf(entry) ?? page.earliestMs);
        return page.document;
      }
      const document = byStart(entry, sinceOf(entry));
      if (entry.pageref) pages.set(entry.pageref, { document, earliestMs: startOf(entry) ?? Date.now() });
      return document;
    },
    isDocument(entry) {
      const info = history.at(-1);
      if (!info || (startOf(entry) ?? 0) < info.startMs - GRAIN_MS) return false;
      if (headerValue(entry.request.headers, 'Sec-Fetch-Dest') !== null) return hasDestination(entry, 'document');
      return withoutFragment(entry.request.url) === withoutFragment(info.url);
    },
  };
}

/** From when on an entry can be of a document, ms since the epoch. A page's name tells that it is not of the one that was there until the answer came. */
function sinceOf(entry: HarEntry): (info: DocumentInfo) => number {
  if (hasDestination(entry, 'document')) return ({ startMs }) => startMs - GRAIN_MS;
  return entry.pageref ? ({ startMs }) => startMs - PAGE_GRAIN_MS : ({ aliveMs }) => aliveMs - 1;
}

/** Ms since the epoch; null where Chromium writes 1969, because the request was never sent. */
function startOf(entry: HarEntry): number | null {
  const startMs = Date.parse(entry.startedDateTime);
  return startMs > Date.UTC(2000) ? startMs : null;
}

function hasDestination(entry: HarEntry, destination: string): boolean {
  return headerValue(entry.request.headers, 'Sec-Fetch-Dest') === destination;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? '';
}
