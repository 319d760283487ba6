/** One option of the server, for faults that have nothing to do with who may connect. */
import type { Fix } from '../model/finding.ts';
import type { FixContext } from './context.ts';
import { nodeServers, pythonServers } from './socket-server.ts';
import { serverV2 } from './socket-server-v2.ts';

/** The whole statement: a server without the page's origin would only move the error. */
function configureServer(context: FixContext, title: string, options: string[], keywords: string[]): Fix[] {
  const node = nodeServers(context, { options }, title).filter(({ id }) => id !== 'express');
  return [...node, ...serverV2(context, title, options), ...pythonServers(context, { arguments: keywords }, title)];
}

/** WebSocket offered again: `transports` and `allowUpgrades` are what switches it off. */
export function offerWebSocket(context: FixContext): Fix[] {
  return configureServer(
    context,
    'Offer WebSocket: list it in `transports`, and drop `allowUpgrades: false`',
    ['transports: ["polling", "websocket"],'],
    ['transports=["polling", "websocket"],'],
  );
}

/** Both transports, which is the default. */
export function offerBothTransports(context: FixContext): Fix[] {
  return configureServer(
    context,
    'Let the server offer both transports',
    ['transports: ["polling", "websocket"], // the default: leaving the option out does the same'],
    ['transports=["polling", "websocket"],  # the default: leaving it out does the same'],
  );
}

/** Pings that come before whatever is in between loses patience. @param intervalMs `pingInterval`, ms */
export function pingMoreOften(context: FixContext, intervalMs: number): Fix[] {
  const value = Math.max(1, Math.floor(intervalMs));
  return configureServer(
    context,
    `Ping every ${value / 1000} s`,
    [`pingInterval: ${value}, // ms`],
    [`ping_interval=${value / 1000},  # s`],
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
  return configureServer(
    context,
    `If such pauses are normal, wait ${value} s for an answer`,
    [
      ...(isDefault ? [] : [`pingInterval: ${intervalMs},`]),
      `pingTimeout: ${value * 1000}, // ms; a connection that is gone is noticed that much later`,
    ],
    [
      ...(isDefault ? [] : [`ping_interval=${intervalMs / 1000},`]),
      `ping_timeout=${value},  # s; a connection that is gone is noticed that much later`,
    ],
  );
}

/** engine.io's own `pingInterval`, and python-engineio's, ms. */
const DEFAULT_INTERVAL_MS = 25_000;

/** Room for what the client sends. @param bytes the largest packet seen */
export function raiseBufferSize(context: FixContext, bytes: number): Fix[] {
  const limit = roomFor(bytes);
  return configureServer(
    context,
    `Accept up to ${limit / 1e6} MB with \`maxHttpBufferSize\``,
    [`maxHttpBufferSize: ${limit}, // bytes; one client can make the server hold this much`],
    [`max_http_buffer_size=${limit},  # bytes; one client can make the server hold this much`],
  );
}

/** Twice what was seen, in whole megabytes: bytes. */
export function roomFor(bytes: number): number {
  return Math.max(2, Math.ceil((2 * bytes) / 1e6)) * 1e6;
}
