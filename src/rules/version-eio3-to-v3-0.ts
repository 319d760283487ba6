import { upgradeClient, upgradeServer } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { readOpenPacket } from '../protocol/payload.ts';
import { fixContext } from './support/context.ts';
import { isGranted } from './support/engine-errors.ts';
import { bodyText, isHandshake, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { aliveMs, isAccepted, receivedPackets } from './support/sockets.ts';
import page from './version-eio3-to-v3-0.md?raw';

/** A v2 server sends CONNECT for `/` together with its `open` packet; middleware may hold it back for a while. */
const CONNECT_WAIT_MS = 5000;

/** An `open` packet without the length before it, which every server that knows `EIO=3` writes (Engine.IO protocol v3, "Payload"). */
function hasV4Framing(exchange: JudgedExchange): boolean {
  return exchange.kind === 'polling' && statusOf(exchange) === 200 && /^0\{/.test(bodyText(exchange) ?? '');
}

function lacksConnect(exchange: JudgedExchange, nowMs: number): boolean {
  if (!isAccepted(exchange) || aliveMs(exchange, nowMs) < CONNECT_WAIT_MS) return false;
  // A parser of the application's own (msgpack) sends CONNECT as binary data.
  if (exchange.frames.some(({ direction, binary }) => direction === 'receive' && binary)) return false;
  const packets = receivedPackets(exchange);
  return readOpenPacket(packets[0]) !== null && !packets.some(({ type }) => type === 'message');
}

function shows(exchange: JudgedExchange, { nowMs }: Pick<Endpoint, 'nowMs'>): boolean {
  if (exchange.target.eio !== 3 || !isHandshake(exchange)) return false;
  return hasV4Framing(exchange) || lacksConnect(exchange, nowMs);
}

function answerEvidence(exchange: JudgedExchange): Evidence {
  if (exchange.kind === 'websocket')
    return { exchange: exchange.key, where: 'packet', name: 'CONNECT /', expected: '40', actual: null };
  return { exchange: exchange.key, where: 'body', name: 'body', expected: '96:0{"sid":…}', actual: '0{"sid":…}' };
}

export const versionEio3ToV30: Rule = {
  id: 'version-eio3-to-v3-0',
  severity: 'error',
  confidence: 'certain',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => shows(exchange, endpoint)),
      ({ exchange }) => ({
        confidence: exchange.kind === 'polling' ? 'certain' : 'likely',
        params: { server: exchange.target.origin },
        evidence: [
          { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: '3' },
          answerEvidence(exchange),
        ],
        fixes: [...upgradeServer(fixContext(exchange)), upgradeClient(fixContext(exchange))],
        alternatives: exchange.kind === 'polling' ? [] : ['connect-not-acknowledged'],
      }),
    ),
  isOver: overOnce(
    // What a newer client is answered may be withheld: this fault it cannot have.
    (exchange) => isGranted(exchange) && (exchange.target.eio !== 3 || bodyText(exchange) !== null),
    (exchange) => hasV4Framing(exchange),
  ),
};
