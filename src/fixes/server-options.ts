/** One option of `new Server`, for faults that have nothing to do with who may connect. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, NODE_V4, pathOption } from './context.ts';
import { IMPORT_SERVER } from './socket-server.ts';

function configureServer(context: FixContext, title: string, options: readonly string[]): Fix {
  const lines = ['// beside your other options', ...pathOption(context), ...options];
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title,
    language: 'js',
    file: 'server.js',
    code: [IMPORT_SERVER, '', ...block('const io = new Server(httpServer, {', lines, '});')].join('\n'),
  };
}

/** WebSocket offered again: `transports` and `allowUpgrades` are what switches it off. */
export function offerWebSocket(context: FixContext): Fix {
  return configureServer(context, 'Offer WebSocket: list it in `transports`, and drop `allowUpgrades: false`', [
    'transports: ["polling", "websocket"],',
  ]);
}

/** Pings that come before whatever is in between loses patience. @param intervalMs `pingInterval`, ms */
export function pingMoreOften(context: FixContext, intervalMs: number): Fix {
  const value = Math.max(1, Math.floor(intervalMs));
  return configureServer(context, `Ping every ${value / 1000} s`, [`pingInterval: ${value}, // ms`]);
}

/** Room for what the client sends. @param bytes the largest packet seen */
export function raiseBufferSize(context: FixContext, bytes: number): Fix {
  const limit = roomFor(bytes);
  return configureServer(context, `Accept up to ${limit / 1e6} MB with \`maxHttpBufferSize\``, [
    `maxHttpBufferSize: ${limit}, // bytes; one client can make the server hold this much`,
  ]);
}

/** Twice what was seen, in whole megabytes: bytes. */
export function roomFor(bytes: number): number {
  return Math.max(2, Math.ceil((2 * bytes) / 1e6)) * 1e6;
}
