/**
 * What a browser does around a page's requests: it asks for leave first, follows redirects, keeps cookies, and keeps answers from
 * the page that CORS forbids. Everything that went over the wire, and what was kept back from it, is written down.
 */
import { CookieJar } from 'tough-cookie';
import { type ProbeEnd, type ProbeRequest, probeRecord } from '../../capture/probe.ts';
import { checkAccess } from '../../cors/cors-check.ts';
import { checkPreflight } from '../../cors/preflight-check.ts';
import { checkRedirectTarget, isRedirect, originAfterRedirect } from '../../cors/redirect.ts';
import type { EntryRecord } from '../../model/capture-log.ts';
import type { HarHeader } from '../../model/har.ts';
import { headerValue, headerValues } from '../../model/headers.ts';
import { parseUrl } from '../../protocol/url.ts';
import type { Network } from './network.ts';
import {
  type PageRequest,
  preflightHeaders,
  provisionalHeaders,
  socketHeaders,
  unsafeHeaders,
  xhrHeaders,
} from './request-headers.ts';
import { isMixedContent, relationOf } from './site.ts';
import { nowMs } from './wire.ts';
import type { WireSocket } from './wire-socket.ts';

export interface Page {
  /** `null` for a page without one (a sandboxed frame). */
  origin: string;
  credentials: boolean;
  /** Headers that its script adds to polling requests (`extraHeaders`). */
  headers: readonly HarHeader[];
  /** Cookies that the browser has for the server already, as a `Cookie` header. */
  cookie: string;
  userAgent: string;
}

export interface Question {
  method?: 'GET' | 'POST';
  url: string;
  body?: string;
  /** ms after which the probe gives up. */
  patienceMs: number;
  /** A question of the probe's own: not what the page's client would ask. */
  beside?: { origin: string };
}

/** What the page is given: an answer, nothing yet, or the news that there is none. */
export type Outcome =
  | { kind: 'answered'; status: number; headers: HarHeader[]; text: string }
  | { kind: 'pending' | 'failed' };

export interface Browser {
  /** Of the page that it shows. */
  readonly origin: string;
  readonly records: readonly EntryRecord[];
  ask(question: Question): Promise<Outcome>;
  /** Does something with a WebSocket, and writes down what came of it. */
  withSocket<T>(url: string, patienceMs: number, use: (socket: WireSocket) => Promise<T>): Promise<T>;
}

/** As many as Chromium follows (net/url_request/url_request.h). */
const MAX_REDIRECTS = 20;

/** A browser that shows one page. */
export function openBrowser(page: Page, network: Network): Browser {
  const records: EntryRecord[] = [];
  const jar = new CookieJar(undefined, { allowSecureOnLocal: true, rejectPublicSuffixes: false });
  const pageUrl = page.origin === 'null' ? null : `${page.origin}/`;

  const write = (request: ProbeRequest, end: ProbeEnd) =>
    void records.push(probeRecord(request, end, records.length + 1));

  /** Cookies go along within the origin, and beyond it with credentials. */
  const includes = ({ origin, url }: { origin: string; url: string }) =>
    page.credentials || relationOf(origin, url) === 'same-origin';

  const cookiesFor = async (origin: string, url: string): Promise<string> => {
    const isForeign = relationOf(origin, url) === 'cross-site';
    const kept = await jar.getCookies(url.replace(/^ws/, 'http'), { sameSiteContext: isForeign ? 'none' : 'strict' });
    // What does not say otherwise is `Lax`; and `None` without `Secure` is not kept at all.
    const sent = kept.filter(({ sameSite, secure }) => !isForeign || (sameSite === 'none' && secure));
    return [page.cookie, ...sent.map((cookie) => cookie.cookieString())].filter((text) => text !== '').join('; ');
  };

  const keepCookies = async (url: string, headers: readonly HarHeader[]): Promise<void> => {
    for (const line of headerValues(headers, 'Set-Cookie'))
      await jar.setCookie(line, url.replace(/^ws/, 'http'), { ignoreError: true });
  };

  /** Asks for leave where the standard wants it; whether the request may be sent. */
  const mayBeSent = async (
    request: PageRequest,
    about: About,
    patienceMs: number,
  ): Promise<'yes' | 'no' | 'pending'> => {
    const unsafe = unsafeHeaders(request.extra);
    if (unsafe.length === 0 || relationOf(request.origin, request.url) === 'same-origin') return 'yes';
    const headers = preflightHeaders({ ...request, extra: unsafe });
    const asked = { ...about, kind: 'preflight' as const, method: 'OPTIONS', headers, body: null, startedMs: nowMs() };
    const end = await network.ask({ method: 'OPTIONS', url: request.url, headers, body: null, patienceMs });
    if (end.kind !== 'answered') {
      write(asked, { ...end, wasSent: true });
      return end.kind === 'pending' ? 'pending' : 'no';
    }
    const question = { origin: request.origin, method: request.method, headerNames: unsafe.map(({ name }) => name) };
    const failure = checkPreflight(question, end.answer, page.credentials);
    write(asked, { ...end, withheld: failure !== null });
    return failure === null ? 'yes' : 'no';
  };

  /** One request, without what it may be redirected to. */
  const askOnce = async (request: PageRequest, about: About, patienceMs: number): Promise<ProbeEnd> => {
    const startedMs = nowMs();
    const asked = { ...about, kind: 'xhr' as const, method: request.method, body: request.body, startedMs };
    const unsent = { ...asked, headers: provisionalHeaders(request) };
    const keepBack = (end: ProbeEnd) => {
      write(unsent, end);
      return end;
    };
    if (isMixedContent(page.origin, request.url))
      return keepBack({ kind: 'failed', error: '', durationMs: 0, wasSent: false });
    const leave = await mayBeSent(request, about, patienceMs);
    const durationMs = nowMs() - startedMs;
    if (leave === 'pending') return keepBack({ kind: 'pending', durationMs, wasSent: false });
    if (leave === 'no') return keepBack({ kind: 'failed', error: 'net::ERR_FAILED', durationMs, wasSent: false });
    const cookie = includes(request) ? await cookiesFor(request.origin, request.url) : '';
    const headers = xhrHeaders({ ...request, cookie });
    const { method, url, body } = request;
    const wire = await network.ask({ method, url, headers, body, patienceMs });
    const end =
      wire.kind === 'answered'
        ? { ...wire, withheld: isWithheld(request, wire.answer.headers) }
        : { ...wire, wasSent: true };
    write({ ...asked, headers }, end);
    if (end.kind === 'answered' && includes(request)) await keepCookies(url, end.answer.headers);
    return end;
  };

  const isWithheld = ({ origin, url }: PageRequest, headers: readonly HarHeader[]): boolean =>
    relationOf(origin, url) !== 'same-origin' && checkAccess(origin, headers, page.credentials) !== null;

  const ask = async ({ method = 'GET', url, body = undefined, patienceMs, beside }: Question): Promise<Outcome> => {
    const origin = beside?.origin ?? page.origin;
    const common = { pageOrigin: origin, credentials: credentialsOf(page), cookie: '', userAgent: page.userAgent };
    let request: PageRequest = { ...common, method, url, origin, body: body ?? null, extra: page.headers };
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const about: About = {
        url: request.url,
        purpose: beside ? 'beside' : 'client',
        credentials: request.credentials,
        pageUrl,
      };
      const end = await askOnce(request, about, patienceMs);
      const next = nextHop(request, end);
      if (next === null) return outcomeOf(end);
      request = next;
    }
    return { kind: 'failed' };
  };

  return {
    origin: page.origin,
    records,
    ask,
    async withSocket(url, patienceMs, use) {
      const common = { method: 'GET', url, origin: page.origin, pageOrigin: page.origin, body: null, extra: [] };
      const asked: PageRequest = {
        ...common,
        credentials: 'include',
        cookie: await cookiesFor(page.origin, url),
        userAgent: page.userAgent,
      };
      const socket = await network.openSocket({ ...asked, headers: socketHeaders(asked), patienceMs });
      if (socket.answer) await keepCookies(url, socket.answer.headers);
      const result = await use(socket);
      const { headers, answer, messages, startedMs, endedMs } = socket;
      const durationMs = (endedMs ?? nowMs()) - startedMs;
      await socket.close();
      const request = {
        ...common,
        kind: 'websocket',
        headers,
        startedMs,
        purpose: 'client',
        credentials: null,
        pageUrl,
      } as const;
      const isSilent = answer === null && messages.length === 0;
      if (isSilent) write(request, { kind: 'pending', durationMs, wasSent: true });
      else
        write(request, {
          kind: 'socket',
          answer: messages.some(isRefusal) ? null : answer,
          messages,
          ended: true,
          durationMs,
        });
      return result;
    },
  };
}

type About = Pick<ProbeRequest, 'url' | 'purpose' | 'credentials' | 'pageUrl'>;

function credentialsOf({ credentials }: Page): 'include' | 'omit' {
  return credentials ? 'include' : 'omit';
}

/** Of a handshake that failed Chromium shows no status and no headers. */
function isRefusal({ type, data }: { type: string; data: string }): boolean {
  return type === 'error' && /handshake|connection establishment/.test(data);
}

/** Where the browser goes on to; null where it does not. Source: Fetch, "HTTP-redirect fetch" (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
function nextHop(request: PageRequest, end: ProbeEnd): PageRequest | null {
  if (end.kind !== 'answered' || end.withheld || !isRedirect(end.answer)) return null;
  const target = parseUrl(headerValue(end.answer.headers, 'Location') ?? '', request.url)?.href;
  if (target === undefined) return null;
  const isCors = relationOf(request.origin, request.url) !== 'same-origin';
  if (checkRedirectTarget(request.origin, target, isCors) !== null) return null;
  const origin = originAfterRedirect(request.origin, request.url, target);
  const asGet = end.answer.status === 303 || (end.answer.status <= 302 && request.method === 'POST');
  return { ...request, url: target, origin, ...(asGet && { method: 'GET', body: null }) };
}

function outcomeOf(end: ProbeEnd): Outcome {
  if (end.kind !== 'answered') return { kind: end.kind === 'pending' ? 'pending' : 'failed' };
  if (end.withheld) return { kind: 'failed' };
  const { status, headers, body } = end.answer;
  return { kind: 'answered', status, headers, text: new TextDecoder().decode(body) };
}
