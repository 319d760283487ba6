import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import { allowEio3, upgradeClient } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { aliveMs, isAccepted, showsFrames } from './support/sockets.ts';
import { socketWorks } from './support/upgrade.ts';
import page from './ws-silent-after-101.md?raw';

/** A server sends its `open` packet right after the `101`, ms. */
const SILENCE_MS = 5000;

function isSilent(exchange: JudgedExchange, nowMs: number): boolean {
  if (!isAccepted(exchange) || exchange.target.sid !== null || !showsFrames(exchange)) return false;
  const nothingCame = exchange.socketErrors.length === 0 && !exchange.frames.some(isReceived);
  return nothingCame && aliveMs(exchange, nowMs) >= SILENCE_MS;
}

function isReceived({ direction }: JudgedExchange['frames'][number]): boolean {
  return direction === 'receive';
}

/** They keep a WebSocket of an unsupported version open, and answer nothing: engine.io 4.1 to 5.1.0, `lib/server.js`; 5.1.1 closes it. */
const BY_VERSION = {
  cause:
    'The page speaks `EIO=3`, the protocol of `socket.io-client` v1 and v2. Socket.IO 3.1 to 4.0 (and 4.1 with engine.io 5.1.0) accept its WebSocket and never answer.',
  cure: 'Upgrade the client to the server’s major version, or set `allowEIO3: true` with listed origins and `credentials: true`.',
};

const BY_PATH = {
  cause: 'Mostly something in between keeps the frames back, or the WebSocket ended at another server than Socket.IO.',
  cure: 'Connect past the proxy. If that works, let it pass WebSocket frames on as they come; if not, check that Socket.IO answers this path.',
};

function fixesOf(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  if (exchange.target.eio === 3) return [...allowEio3(context), upgradeClient(context)];
  return [...forwardUpgrade(context), pollingAlone(context)];
}

export const wsSilentAfter101: Rule = {
  id: 'ws-silent-after-101',
  severity: 'error',
  confidence: 'likely',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isSilent(exchange, endpoint.nowMs)),
      ({ exchange }) => ({
        confidence: exchange.target.eio === 3 ? 'likely' : 'hint',
        params: { server: exchange.target.origin, ...(exchange.target.eio === 3 ? BY_VERSION : BY_PATH) },
        evidence: [
          { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: String(exchange.target.eio) },
          { exchange: exchange.key, where: 'packet', name: 'open', expected: '0{"sid":…}', actual: null },
        ],
        fixes: fixesOf(exchange),
        alternatives: exchange.target.eio === 3 ? [] : ['plain-websocket-server', 'probe-failed'],
      }),
    ),
  isOver: (later) => later.opened && socketWorks(later),
};
