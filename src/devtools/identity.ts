/** Which requests belong to one connection. */
import { identityOf, isWebSocket } from '../capture/identity.ts';
import type { HarEntry } from '../model/har.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';

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
