/** Requests that the browser itself did not send: mixed content, and the page's own policy. */
import type { JudgedExchange } from '../../model/exchange.ts';
import { headerValue } from '../../model/headers.ts';
import type { Endpoint, PageDocument } from '../../model/session.ts';
import {
  allowsConnection,
  connectDirective,
  type DecidingDirective,
  parsePolicies,
} from '../../protocol/content-security-policy.ts';
import { isLoopback } from './addresses.ts';

/**
 * Whether the browser refused to send the request. Chromium ends it with an empty error; Firefox shows the request as it was made,
 * without the headers that are added when it is sent (docs/browsers.md). A WebSocket leaves nothing at all.
 */
export function isUnsent(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || exchange.response !== null) return false;
  return exchange.dialect === 'firefox' ? isUnsentInFirefox(exchange) : exchange.error === '';
}

function isUnsentInFirefox({ source, requestHeaders }: JudgedExchange): boolean {
  if (Object.keys(source.timings ?? {}).length > 0 || source.response.bodySize !== -1) return false;
  return ['Connection', 'Sec-Fetch-Mode'].every((name) => headerValue(requestHeaders, name) === null);
}

/** Whether a page on https asks for something on http that is not this machine's own (https://w3c.github.io/webappsec-mixed-content/). */
export function isMixedContent({ url, target, pageOrigin, pageUrl }: JudgedExchange): boolean {
  const page = pageOrigin === null || pageOrigin === 'null' ? pageUrl : pageOrigin;
  const isInsecure = target.scheme === 'http' || target.scheme === 'ws';
  return isInsecure && (page ?? '').startsWith('https:') && !isLoopback(url);
}

/** How far a document's start may be behind that of a request which it made, ms: both are cut to whole milliseconds. */
const GRAIN_MS = 2;

/** The document that made the request: the last one before it. Null when none was seen. */
export function documentOf({ startedMs }: JudgedExchange, { documents }: Endpoint): PageDocument | null {
  return documents.findLast((document) => document.startedMs <= startedMs + GRAIN_MS) ?? null;
}

/**
 * The directive of the document's policy that forbids the URL; null when none does. Chromium lets `http:` stand for http alone,
 * the standard for ws as well: where it is another browser, both readings have to forbid it.
 */
export function forbiddenBy(
  document: PageDocument,
  url: string,
  { dialect, pageOrigin }: JudgedExchange,
): DecidingDirective | null {
  const page = pageOrigin === null || pageOrigin === 'null' ? document.url : pageOrigin;
  const readings = dialect === 'chromium' ? [url] : [url, url.replace(/^ws/, 'http')];
  const directives = parsePolicies(document.policy).flatMap((policy) => connectDirective(policy) ?? []);
  return (
    directives.find(({ sources }) => readings.every((reading) => !allowsConnection(sources, reading, page))) ?? null
  );
}
