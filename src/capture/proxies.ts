/**
 * HARs of proxies: every request as it went over the wire, and nothing of what the browser made of it. A WebSocket carries the
 * address of its HTTP request.
 *
 * Sources: mitmproxy `mitmproxy/addons/savehar.py`, HTTP Toolkit `httptoolkit-ui/src/model/http/har.ts`; Charles Proxy is closed,
 * its `_charlesStatus`, `redirectURL: null` and `statusText: null` are seen in files that it wrote.
 */
import * as v from 'valibot';
import type { Limit } from '../model/report.ts';

export const PROXY_LIMIT: Limit = {
  code: 'proxy-har',
  text:
    'A proxy recorded this. It sees every request and answer, but not what the browser kept from the page: that is judged by the ' +
    'headers and by what the page did next.',
};

/** mitmproxy's words for what Chromium calls by these names: the client went away, nobody listens (the systems' ECONNREFUSED). */
const ERROR_NAMES: [RegExp, string][] = [
  [/^Client disconnected/, 'net::ERR_ABORTED'],
  [/^\[(Errno (111|61)|WinError 10061)\]/, 'net::ERR_CONNECTION_REFUSED'],
];

const entrySchema = v.looseObject({
  request: v.looseObject({ url: v.string(), headers: v.optional(v.unknown()) }),
  response: v.fallback(v.optional(v.looseObject({ _error: v.optional(v.unknown()) })), undefined),
  _resourceType: v.optional(v.unknown()),
  _websocketMessages: v.optional(v.unknown()),
  _webSocketMessages: v.optional(v.unknown()),
});

/** The entry with a WebSocket's own address, marked as no browser's. */
export function fromProxy(entry: unknown): unknown {
  const parsed = v.safeParse(entrySchema, entry);
  if (!parsed.success) return entry;
  const { _resourceType: type, _websocketMessages: otherSpelling, ...rest } = parsed.output;
  const messages = rest._webSocketMessages ?? otherSpelling;
  const isSocket = type === 'websocket' || messages !== undefined || asksForUpgrade(rest.request.headers);
  return {
    ...rest,
    request: isSocket ? { ...rest.request, url: rest.request.url.replace(/^http/i, 'ws') } : rest.request,
    ...(rest.response && { response: withErrorName(rest.response) }),
    ...(messages !== undefined && { _webSocketMessages: messages }),
    _doctor: { dialect: 'other' },
  };
}

function withErrorName(response: { _error?: unknown }): object {
  const { _error: error } = response;
  if (typeof error !== 'string') return response;
  const name = ERROR_NAMES.find(([words]) => words.test(error))?.[1];
  return name === undefined ? response : { ...response, _error: name };
}

const pairSchema = v.object({ name: v.string(), value: v.string() });

function asksForUpgrade(headers: unknown): boolean {
  if (!Array.isArray(headers)) return false;
  return headers.some(
    (header) =>
      v.is(pairSchema, header) && /^upgrade$/i.test(header.name) && header.value.toLowerCase() === 'websocket',
  );
}
