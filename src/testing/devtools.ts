/** DevTools as a test plays it: the test says what was requested, and when the page navigates. */
import type { Body, Network, NetworkRequest } from '../devtools/network.ts';
import { USED_SIDS_PROBE } from '../devtools/sid-witness.ts';
import type { HarEntry } from '../model/har.ts';

export interface FakeRequest {
  entry: HarEntry;
  /** What reading the body gives; a promise makes the reader wait. */
  body?: string | null | Promise<string | null>;
  /** Comes with the entry, as in Firefox's `getHAR`. */
  ownBody?: string;
}

export interface FakeDocument {
  url: string;
  /** Ms since the epoch. */
  startedMs: number;
}

export interface FakeDevTools extends Network {
  /** `onRequestFinished` fires. */
  finish(...requests: FakeRequest[]): void;
  /** `onNavigated` fires; the page answers for the document from now on. */
  navigate(document: FakeDocument): void;
  /** `onNavigated` fires for the same document, as Chromium does on `pushState`. */
  pushState(url: string): void;
  /** What the page says from now on that it fetched. */
  remember(...urls: string[]): void;
  /** What `getHAR` shows from now on. */
  show(...requests: FakeRequest[]): void;
  /** How often `getHAR` was called. */
  looks(): number;
}

export interface FakeDevToolsOptions {
  document?: FakeDocument | null;
  /** As Firefox's Network panel may. */
  filtersEvents?: boolean;
  /** How long `getHAR` takes, ms. */
  harTakesMs?: number;
}

/** DevTools of a page, with nothing requested yet. */
export function fakeDevTools(options: FakeDevToolsOptions = {}): FakeDevTools {
  let document = options.document ?? null;
  let shown: FakeRequest[] = [];
  let remembered: string[] = [];
  let looks = 0;
  const finishedListeners: ((request: NetworkRequest) => void)[] = [];
  const navigatedListeners: ((url: string) => void)[] = [];
  const navigated = (url: string) => {
    for (const listener of navigatedListeners) listener(url);
  };
  return {
    onRequestFinished: (listener) => finishedListeners.push(listener),
    onNavigated: (listener) => navigatedListeners.push(listener),
    async readHar() {
      looks++;
      const requests = shown.map(toRequest);
      if (options.harTakesMs) await new Promise((resolve) => setTimeout(resolve, options.harTakesMs));
      return { requests, filtersEvents: options.filtersEvents ?? false };
    },
    async evaluateInPage(expression) {
      if (expression === USED_SIDS_PROBE) return remembered;
      return document === null ? undefined : answerOf(document);
    },
    finish(...requests) {
      for (const request of requests) for (const listener of finishedListeners) listener(toRequest(request));
    },
    navigate(next) {
      document = next;
      navigated(next.url);
    },
    pushState(url) {
      if (document) document = { ...document, url };
      navigated(url);
    },
    remember(...urls) {
      remembered = urls;
    },
    show(...requests) {
      shown = requests;
    },
    looks: () => looks,
  };
}

/** What `DOCUMENT_PROBE` evaluates to; the answer to the navigation came 20 ms after its start. */
function answerOf({ url, startedMs }: FakeDocument): unknown {
  const ageMs = Date.now() - startedMs;
  return { url, origin: new URL(url).origin, timeOrigin: startedMs + 0.5, ageMs, responseStartMs: 20 };
}

function toRequest({ entry, body = null, ownBody }: FakeRequest): NetworkRequest {
  const own: Body | null = ownBody === undefined ? null : { text: ownBody, encoding: null };
  return {
    url: entry.request.url,
    entry: () => structuredClone(entry),
    ownBody: () => own,
    readBody: async () => own ?? { text: await body, encoding: null },
  };
}
