/// <reference types="chrome" />
/** What DevTools tells an extension of the inspected page's traffic, in one form for both browsers. */

interface Header {
  name: string;
  value: string;
}

/** The outline of an entry that is always there; the browsers add much more (HAR 1.2, and Chromium's `_` fields). */
export interface NetworkEntry {
  startedDateTime: string;
  pageref?: string;
  request: { method: string; url: string; headers: Header[] };
  response: { status: number; headers: Header[] };
}

export interface ResponseBody {
  /** Null when the browser does not give it. */
  text: string | null;
  encoding: 'base64' | null;
}

export interface NetworkRequest {
  url: string;
  /** A plain copy, fit to be posted. Only made on demand: most of a page's traffic is none of our business. */
  entry(): NetworkEntry;
  /** The body that came with the entry (a finished one in Firefox's `getHAR`); null when it has to be read, or is not there yet. */
  ownBody(): ResponseBody | null;
  /** Reads the body. It must be asked for at once: after a navigation it is gone. Never rejects. */
  readBody(): Promise<ResponseBody>;
}

export interface NetworkHar {
  requests: NetworkRequest[];
  /** Whether the Network panel's filter may have kept some of these from `onRequestFinished` (Firefox). */
  filtersEvents: boolean;
}

const NO_BODY: ResponseBody = { text: null, encoding: null };

/** The listener hears each finished request (in Chromium a WebSocket only when it closes); the answer ends that. */
export function onRequestFinished(listener: (request: NetworkRequest) => void): () => void {
  const hear = (request: chrome.devtools.network.Request) => listener(fromEvent(request));
  chrome.devtools.network.onRequestFinished.addListener(hear);
  return () => chrome.devtools.network.onRequestFinished.removeListener(hear);
}

/** The listener hears each navigation of the top frame; in Chromium also `pushState` and changes of the fragment. */
export function onNavigated(listener: (url: string) => void): () => void {
  chrome.devtools.network.onNavigated.addListener(listener);
  return () => chrome.devtools.network.onNavigated.removeListener(listener);
}

/** All requests that DevTools knows of, pending ones and open WebSockets included. Costs with the length of the page's log. */
export function readHar(): Promise<NetworkHar> {
  return new Promise((resolve) => {
    chrome.devtools.network.getHAR((har) => {
      const isFirefox = har?.creator?.name === 'Firefox';
      // The type says that entries of a HAR lack `getContent`; Chromium gives it to them all the same.
      const requests = (har?.entries ?? []).map(isFirefox ? fromFirefoxHar : fromEvent);
      resolve({ requests, filtersEvents: isFirefox });
    });
  });
}

type BrowserEntry = HARFormatEntry & Partial<Pick<chrome.devtools.network.Request, 'getContent'>>;

function fromEvent(request: BrowserEntry): NetworkRequest {
  return {
    url: request.request.url,
    entry() {
      const { getContent: _, ...entry } = request;
      return entry;
    },
    ownBody: () => null,
    readBody: () => readBody(request),
  };
}

/** Firefox numbers its pages anew in each HAR, so its `pageref` names nothing. */
function fromFirefoxHar(request: BrowserEntry): NetworkRequest {
  return {
    url: request.request.url,
    entry() {
      const { getContent: _, pageref: __, ...entry } = request;
      const { text: ___, encoding: ____, ...content } = request.response.content;
      return { ...entry, response: { ...request.response, content } };
    },
    ownBody: () => firefoxBody(request),
    readBody: () => Promise.resolve(firefoxBody(request) ?? NO_BODY),
  };
}

/** A pending entry has no timings yet, and part of its body, which is none. */
function firefoxBody(request: BrowserEntry): ResponseBody | null {
  const { text, encoding } = request.response.content;
  const finished = Object.keys(request.timings ?? {}).length > 0;
  return finished && text !== undefined ? { text, encoding: encoding === 'base64' ? 'base64' : null } : null;
}

function readBody(request: BrowserEntry): Promise<ResponseBody> {
  return new Promise((resolve) => {
    if (!request.getContent) return resolve(NO_BODY);
    // By callback: as a promise, Chromium gives an object and Firefox an array.
    request.getContent((text: string | null, second: string | null) => {
      resolve({ text: text ?? null, encoding: isBase64(second ?? '') ? 'base64' : null });
    });
  });
}

/** Types whose bodies Firefox gives as text; all others come as base64 (devtools/shared/network-observer, `isTextMimeType`). */
const TEXT_TYPE = /^(text\/|$)|json|javascript|ecmascript|xml|x-www-form-urlencoded/i;

/** Chromium's second argument is the encoding; Firefox's is the type, and tells the encoding only by implication. */
function isBase64(second: string): boolean {
  return second.includes('/') ? !TEXT_TYPE.test(second) : second === 'base64';
}
