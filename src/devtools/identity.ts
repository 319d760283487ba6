/** Which entries are the same request seen again, and which requests belong to one connection. */
import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';

/** Whether the entry is a WebSocket's, whatever became of it. */
export function isWebSocket(entry: HarEntry): boolean {
  return entry._resourceType === 'websocket' || /^wss?:/i.test(entry.request.url);
}

/**
 * The same for every sighting of one request. A WebSocket's URL and start may repeat, so it is known by its handshake's key;
 * one whose request was never sent has neither key nor start, but an error at its own time. Null while it has none of them.
 */
export function identityOf(entry: HarEntry): string | null {
  const { method, url, headers } = entry.request;
  if (!isWebSocket(entry)) return `${method} ${url} ${Date.parse(entry.startedDateTime)}`;
  const key = headerValue(headers, 'Sec-WebSocket-Key');
  if (key) return `socket ${key} ${url}`;
  const first = entry._webSocketMessages?.[0];
  return first ? `socket at ${first.time} ${url}` : null;
}

/**
 * Names the connection that a request belongs to: by its sid, or the sid that the server gives in its answer. Null when this
 * sighting shows neither.
 */
export function connectionOf(entry: HarEntry, body: string | null): string | null {
  const target = parseEngineUrl(entry.request.url);
  const sid = target?.sid ?? sidIn(body) ?? sidIn(firstReceived(entry));
  return target && sid ? `${target.endpoint} ${sid}` : null;
}

/** Stands for a connection that got no sid: a polling request and its preflight have one URL; that of a WebSocket is every attempt's. */
export function attemptOf(entry: HarEntry): string {
  return isWebSocket(entry) ? (identityOf(entry) ?? entry.request.url) : entry.request.url;
}

/** The sid of an Engine.IO `open` packet at the start of a text; null when there is none. */
function sidIn(text: string | null): string | null {
  return /^(?:\d+:)?0\{[^{}]*?"sid":"([^"]+)"/.exec(text?.slice(0, 500) ?? '')?.[1] ?? null;
}

function firstReceived(entry: HarEntry): string | null {
  return entry._webSocketMessages?.find((message) => message.type === 'receive')?.data ?? null;
}
