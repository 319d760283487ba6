/**
 * Recognises Engine.IO requests by their query (`EIO=` and `transport=`), never by the path alone: `path` is configurable.
 * Source: Engine.IO protocol, "URLs" (https://socket.io/docs/v4/engine-io-protocol/#urls).
 */
import { parseUrl } from './url.ts';

export interface EngineUrl {
  /** Origin as the CORS check of polling requests sees it: http(s), also for ws(s) URLs. */
  origin: string;
  scheme: 'http' | 'https' | 'ws' | 'wss';
  host: string;
  path: string;
  /** `origin + path`: what the user wrote, near enough, in `io(url, {path})`. */
  endpoint: string;
  /** Engine.IO protocol revision the client speaks, or null when it is not a number. */
  eio: number | null;
  transport: string;
  sid: string | null;
}

/** The test that every request of a page has to pass or fail cheaply: two string searches. */
export function looksLikeEngineIo(url: string): boolean {
  return /[?&]EIO=/.test(url) && /[?&]transport=/.test(url);
}

/** Parses an Engine.IO URL; null when it is not one (or not a URL at all). */
export function parseEngineUrl(url: string): EngineUrl | null {
  if (!looksLikeEngineIo(url)) return null;
  const parsed = parseUrl(url);
  if (!parsed) return null;
  const scheme = parsed.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ws' && scheme !== 'wss') return null;
  const eio = Number(parsed.searchParams.get('EIO'));
  const origin = `${scheme.replace('ws', 'http')}://${parsed.host}`;
  return {
    origin,
    scheme,
    host: parsed.host,
    path: parsed.pathname,
    endpoint: origin + parsed.pathname,
    eio: Number.isInteger(eio) && eio > 0 ? eio : null,
    transport: parsed.searchParams.get('transport') ?? '',
    sid: parsed.searchParams.get('sid'),
  };
}
