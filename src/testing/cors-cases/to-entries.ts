/**
 * What Chromium's DevTools shows of a recorded case. Reads what went over the wire and the network error, which entries
 * show too; the verdict is what the entries are to be tested against, so it is not looked at.
 */
import { isRedirect } from '../../cors/redirect.ts';
import type { HarEntry, HarHeader } from '../../model/har.ts';
import type { CaseAnswer, CorsCase } from './cases.ts';

type CaseHop = CorsCase['hops'][number];

const START_MS = Date.UTC(2026, 10, 23, 10, 0, 0);

/** The entries of one case, in no particular order, under URLs that are Engine.IO's. */
export function entriesOf(one: CorsCase): HarEntry[] {
  const { id, hops, netError, request } = one;
  if (hops.length > 0) return hops.flatMap((hop, index) => hopEntries(one, hop, index === hops.length - 1));
  // Blocked before it was sent: an XHR leaves an entry, a fetch that CSP stops leaves none.
  return netError === null
    ? []
    : [unsent(one, { index: 0, url: engineUrl(request.url, id), method: request.method }, netError)];
}

/** `t` is unique, as the client makes it. A second request of one URL was recorded under the first one's. */
function engineUrl(url: string, id: string): string {
  return url.replace(/\/c\/s\d+-\d+\/(?=\d)/, `/socket.io/?EIO=4&transport=polling&t=${id}-`);
}

function hopEntries(one: CorsCase, hop: CaseHop, isLast: boolean): HarEntry[] {
  const place = { index: hop.index, url: engineUrl(hop.url, one.id), method: hop.method };
  const { preflight, response } = hop;
  const preflights = preflight ? [preflightEntry(one, place, preflight)] : [];
  // A request that CORS lets through is marked as aborted by the DevTools protocol when nobody may read it, not in its entry.
  const error = isLast && one.netError !== 'net::ERR_ABORTED' ? one.netError : null;
  const main = response ? answered(one, place, response, error) : unsent(one, place, one.netError ?? 'net::ERR_FAILED');
  return [...preflights, main];
}

interface Place {
  index: number;
  url: string;
  method: string;
}

function preflightEntry(one: CorsCase, place: Place, answer: CaseAnswer): HarEntry {
  const head = { status: answer.status, headers: harHeaders(answer.responseHeaders, one.id) };
  const onRedirect = isRedirect(head) ? 'net::ERR_INVALID_REDIRECT' : null;
  const error = answer.wireFault ? one.netError : onRedirect;
  const entry = answered(one, { ...place, method: 'OPTIONS' }, answer, error);
  return { ...entry, _resourceType: 'preflight', _initiator: { type: 'preflight', url: place.url, requestId: one.id } };
}

function answered(one: CorsCase, place: Place, answer: CaseAnswer, error: string | null): HarEntry {
  const headers = harHeaders(answer.responseHeaders, one.id);
  const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? '';
  const { status, statusText, requestHeaders } = answer;
  const entry = outline(one, place, harHeaders(requestHeaders, one.id), 500);
  return {
    ...entry,
    response: {
      ...entry.response,
      status,
      statusText,
      headers,
      redirectURL: status >= 300 && status < 400 ? location : '',
      _error: error,
    },
  };
}

/** Provisional headers: what the page set, and a Referer; none of those that the network stack adds. */
function unsent(one: CorsCase, place: Place, error: string): HarEntry {
  const referer = one.request.origin === 'null' ? '' : `${one.request.origin}/`;
  const entry = outline(
    one,
    place,
    [{ name: 'Referer', value: referer }, ...harHeaders(one.request.headers, one.id)],
    -1,
  );
  return { ...entry, response: { ...entry.response, _error: error } };
}

function outline(one: CorsCase, { index, url, method }: Place, headers: HarHeader[], headersSize: number): HarEntry {
  return {
    startedDateTime: new Date(START_MS + index * 10).toISOString(),
    time: 8,
    _initiator: { type: 'script' },
    _resourceType: one.request.initiator,
    request: { method, url, headers, cookies: [], headersSize, bodySize: 0 },
    response: {
      status: 0,
      statusText: '',
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      _error: null,
    },
    timings: { blocked: 1, send: 0, wait: 7, receive: 0 },
  };
}

function harHeaders(lines: CaseAnswer['responseHeaders'], id: string): HarHeader[] {
  return lines.map(([name, value]) => ({ name, value: engineUrl(value, id) }));
}
