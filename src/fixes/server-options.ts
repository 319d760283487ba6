/** One option of the server, for faults that have nothing to do with who may connect. */
import type { Fix } from '../model/finding.ts';
import type { FixContext } from './context.ts';
import { nodeServers, pythonServers } from './socket-server.ts';
import { serverV2 } from './socket-server-v2.ts';

/**
 * The whole statement: a server without the page's origin would only move the error. Who else may connect is not what it is about:
 * that stays.
 */
function configureServer(context: FixContext, title: string, { options, keywords }: Option, now?: Option): Fix[] {
  const before = now && { options: [...now.options, OTHERS_STAY], arguments: [...now.keywords, OTHERS_STAY_PY] };
  const needs = { hasList: true, options: [...options, OTHERS_STAY], arguments: [...keywords, OTHERS_STAY_PY] };
  const node = nodeServers(context, { ...needs, now: before }, title).filter(({ id }) => id !== 'express');
  const v2 = serverV2(context, title, needs.options);
  return [...node, ...v2, ...pythonServers(context, { ...needs, now: before }, title)];
}

const OTHERS_STAY = '// your other options stay as they are';
const OTHERS_STAY_PY = '# your other arguments stay as they are, and so do other origins';

/** One option, for Node.js and for Python. */
interface Option {
  options: string[];
  keywords: string[];
}

/** WebSocket offered again: `transports` and `allowUpgrades` are what switches it off. */
export function offerWebSocket(context: FixContext): Fix[] {
  return configureServer(context, 'Offer WebSocket: list it in `transports`, and drop `allowUpgrades: false`', {
    options: ['transports: ["polling", "websocket"],'],
    keywords: ['transports=["polling", "websocket"],'],
  });
}

/** Both transports, which is the default. */
export function offerBothTransports(context: FixContext): Fix[] {
  return configureServer(context, 'Let the server offer both transports', {
    options: ['transports: ["polling", "websocket"], // the default: leaving the option out does the same'],
    keywords: ['transports=["polling", "websocket"],  # the default: leaving it out does the same'],
  });
}

/**
 * Pings that come before whatever is in between loses patience.
 *
 * @param intervalMs `pingInterval`, ms
 * @param nowMs the one that the server announced, ms; null where that was not seen
 */
export function pingMoreOften(context: FixContext, intervalMs: number, nowMs: number | null = null): Fix[] {
  const value = Math.max(1, Math.floor(intervalMs));
  const option = (ms: number) => ({
    options: [`pingInterval: ${ms}, // ms`],
    keywords: [`ping_interval=${ms / 1000},  # s`],
  });
  return configureServer(
    context,
    `Ping every ${value / 1000} s`,
    option(value),
    nowMs === null || nowMs === DEFAULT_INTERVAL_MS ? undefined : option(nowMs),
  );
}

/**
 * Patience for pauses: both ends wait for `pingInterval + pingTimeout`, which the server tells the client.
 *
 * @param intervalMs `pingInterval` of the server, which stays as it is, ms; null where it is not known
 */
export function waitLonger(context: FixContext, timeoutMs: number, intervalMs: number | null): Fix[] {
  const value = Math.ceil(timeoutMs / 1000);
  const isDefault = intervalMs === null || intervalMs === DEFAULT_INTERVAL_MS;
  return configureServer(context, `If such pauses are normal, wait ${value} s for an answer`, {
    options: [
      ...(isDefault ? [] : [`pingInterval: ${intervalMs},`]),
      `pingTimeout: ${value * 1000}, // ms; a connection that is gone is noticed that much later`,
    ],
    keywords: [
      ...(isDefault ? [] : [`ping_interval=${intervalMs / 1000},`]),
      `ping_timeout=${value},  # s; a connection that is gone is noticed that much later`,
    ],
  });
}

/** engine.io's own `pingInterval`, and python-engineio's, ms. */
const DEFAULT_INTERVAL_MS = 25_000;

/** engine.io's own `maxHttpBufferSize`, and python-engineio's, bytes. */
const DEFAULT_BUFFER = 1_000_000;

/**
 * Room for what the client sends.
 *
 * @param bytes the largest packet seen
 * @param nowBytes the limit that the server announced; null where that was not seen
 */
export function raiseBufferSize(context: FixContext, bytes: number, nowBytes: number | null = null): Fix[] {
  const limit = roomFor(bytes);
  const option = (most: number) => ({
    options: [`maxHttpBufferSize: ${most}, // bytes; one client can make the server hold this much`],
    keywords: [`max_http_buffer_size=${most},  # bytes; one client can make the server hold this much`],
  });
  // A default is not written anywhere.
  const now = nowBytes === null || nowBytes === DEFAULT_BUFFER ? undefined : option(nowBytes);
  return configureServer(context, `Accept up to ${limit / 1e6} MB with \`maxHttpBufferSize\``, option(limit), now);
}

/** Twice what was seen, in whole megabytes: bytes. */
export function roomFor(bytes: number): number {
  return Math.max(2, Math.ceil((2 * bytes) / 1e6)) * 1e6;
}
