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

const entrySchema = v.looseObject({
  request: v.looseObject({ url: v.string(), headers: v.optional(v.unknown()) }),
  response: v.optional(v.unknown()),
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
    ...(messages !== undefined && { _webSocketMessages: messages }),
    _doctor: { dialect: 'other' },
  };
}

const pairSchema = v.object({ name: v.string(), value: v.string() });

function asksForUpgrade(headers: unknown): boolean {
  if (!Array.isArray(headers)) return false;
  return headers.some(
    (header) =>
      v.is(pairSchema, header) && /^upgrade$/i.test(header.name) && header.value.toLowerCase() === 'websocket',
  );
}
