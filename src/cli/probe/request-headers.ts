/** The headers that a browser sends with what a page asks for. Source: Fetch, and Chromium as measured (docs/browsers.md). */
import type { HarHeader } from '../../model/har.ts';
import { isTrustworthy, relationOf } from './site.ts';

export interface PageRequest {
  method: string;
  url: string;
  /** Origin of the page, or what redirects have made of it. */
  origin: string;
  /** Origin of the page itself. */
  pageOrigin: string;
  body: string | null;
  credentials: 'include' | 'omit';
  cookie: string;
  /** What the page's script added. */
  extra: readonly HarHeader[];
  userAgent: string;
}

/** Of an XHR, or of the `fetch` that later clients use. */
export function xhrHeaders(request: PageRequest): HarHeader[] {
  const { method, url, origin, body, credentials, cookie, extra } = request;
  const isCrossOrigin = relationOf(origin, url) !== 'same-origin';
  return present([
    ...commonHeaders(request),
    ['Connection', 'keep-alive'],
    ['Content-Length', body === null ? null : String(new TextEncoder().encode(body).length)],
    ['Content-Type', body === null ? null : 'text/plain;charset=UTF-8'],
    ['Origin', isCrossOrigin || method !== 'GET' ? origin : null],
    ...fetchMetadata(request, 'cors'),
    // Chromium says so of all requests with credentials to other sites, and of no others.
    ['Sec-Fetch-Storage-Access', crossesSites(request) && credentials === 'include' ? 'active' : null],
    ['Cookie', cookie || null],
    ...extra.map(({ name, value }): Line => [name, value]),
  ]);
}

/** Of the question that comes before a request with headers of the page's own. */
export function preflightHeaders(request: PageRequest): HarHeader[] {
  const names = request.extra.map(({ name }) => name.toLowerCase()).sort();
  return present([
    ...commonHeaders(request),
    ['Connection', 'keep-alive'],
    ['Origin', request.origin],
    ['Access-Control-Request-Method', request.method],
    ['Access-Control-Request-Headers', names.join(',')],
    ...fetchMetadata(request, 'cors'),
  ]);
}

/** Of a WebSocket's handshake, as far as the library does not write them. */
export function socketHeaders(request: PageRequest): HarHeader[] {
  return present([
    ['Origin', request.origin],
    ['User-Agent', request.userAgent],
    ['Accept-Language', 'en'],
    ['Cache-Control', 'no-cache'],
    ['Pragma', 'no-cache'],
    ['Cookie', request.cookie || null],
  ]);
}

/** All that DevTools shows of a request that was never sent. */
export function provisionalHeaders({ pageOrigin, extra, userAgent }: PageRequest): HarHeader[] {
  return present([
    ['Accept', '*/*'],
    ['Referer', pageOrigin === 'null' ? null : `${pageOrigin}/`],
    ['User-Agent', userAgent],
    ...extra.map(({ name, value }): Line => [name, value]),
  ]);
}

/**
 * The headers that make a browser ask first.
 *
 * Source: Fetch, "CORS-unsafe request-header names" (https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names).
 */
export function unsafeHeaders(extra: readonly HarHeader[]): HarHeader[] {
  return extra.filter(({ name, value }) => !SAFELISTED.test(name) || value.length > 128);
}

const SAFELISTED = /^(accept|accept-language|content-language)$/i;

/** Names that a browser lets no page set (https://fetch.spec.whatwg.org/#forbidden-request-header). */
export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.test(name);
}

const FORBIDDEN =
  /^(accept-charset|accept-encoding|access-control-request-(headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

type Line = readonly [name: string, value: string | null];

function commonHeaders({ url, pageOrigin, userAgent }: PageRequest): Line[] {
  return [
    ['Host', new URL(url).host],
    ['Accept', '*/*'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Accept-Language', 'en'],
    ['Referer', pageOrigin === 'null' ? null : `${pageOrigin}/`],
    ['User-Agent', userAgent],
  ];
}

/** Only a trustworthy server is told (https://w3c.github.io/webappsec-fetch-metadata/). */
function fetchMetadata({ url, origin, pageOrigin }: PageRequest, mode: string): Line[] {
  if (!isTrustworthy(url)) return [];
  const site = origin === 'null' ? 'cross-site' : relationOf(pageOrigin, url);
  return [
    ['Sec-Fetch-Dest', 'empty'],
    ['Sec-Fetch-Mode', mode],
    ['Sec-Fetch-Site', site],
  ];
}

function crossesSites({ origin, url }: PageRequest): boolean {
  return isTrustworthy(url) && relationOf(origin, url) === 'cross-site';
}

function present(lines: readonly Line[]): HarHeader[] {
  return lines.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}
