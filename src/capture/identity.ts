/** Which entries are the same request seen again: told alike by the recorder, which logs only news, and by the engine. */
import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';

/** Whether the entry is a WebSocket's, whatever became of it. */
export function isWebSocket(entry: HarEntry): boolean {
  return entry._resourceType === 'websocket' || /^wss?:/i.test(entry.request.url);
}

/**
 * The same for every sighting of one request. A WebSocket's URL and start may repeat, so it is known by its handshake's key;
 * one whose request was never sent has neither key nor start, but an error at its own time. Null while it has none of them.
 */
export function identityOf(entry: HarEntry): string | null {
  const { url, headers } = entry.request;
  if (!isWebSocket(entry)) {
    // A page's own OPTIONS has its preflight's method and URL, and often its millisecond.
    const question = headerValue(headers, 'Access-Control-Request-Method') === null ? '' : ' (preflight)';
    return `${entry.request.method || 'GET'}${question} ${url} ${Date.parse(entry.startedDateTime)}`;
  }
  const key = headerValue(headers, 'Sec-WebSocket-Key');
  if (key) return `socket ${key} ${url}`;
  const first = entry._webSocketMessages?.[0];
  return first ? `socket at ${first.time} ${url}` : null;
}
