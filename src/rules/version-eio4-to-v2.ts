import { downgradeClient, upgradeV2Server } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { readOpenPacket } from '../protocol/payload.ts';
import { fixContext } from './support/context.ts';
import { isGranted } from './support/engine-errors.ts';
import { bodyText, isHandshake, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';
import { receivedPackets } from './support/sockets.ts';
import page from './version-eio4-to-v2.md?raw';

/** The length before a packet was dropped with protocol 4. */
const V3_FRAMING = /^\d+:0\{/;

/** A v2 server joins `/` by itself and says so without a sid; protocol 5 of Socket.IO sends `40{"sid":…}`. */
const BARE_CONNECT = '0';

function hasV3Framing(exchange: JudgedExchange): boolean {
  return exchange.kind === 'polling' && statusOf(exchange) === 200 && V3_FRAMING.test(bodyText(exchange) ?? '');
}

function hasBareConnect(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket') return false;
  const [open, connect] = receivedPackets(exchange);
  return readOpenPacket(open) !== null && connect?.type === 'message' && connect.data === BARE_CONNECT;
}

/** An answer whose framing can be read. */
function showsFraming(exchange: JudgedExchange): boolean {
  return isGranted(exchange) && bodyText(exchange) !== null;
}

const shows: Shows = (exchange) =>
  exchange.target.eio === 4 && isHandshake(exchange) && (hasV3Framing(exchange) || hasBareConnect(exchange));

function answerEvidence(exchange: JudgedExchange): Evidence {
  if (exchange.kind === 'websocket')
    return { exchange: exchange.key, where: 'packet', name: 'CONNECT /', expected: '40{"sid":…}', actual: '40' };
  const actual = /^\d+:0\{/.exec(bodyText(exchange) ?? '')?.[0] ?? '';
  return { exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual: `${actual}"sid":…}` };
}

export const versionEio4ToV2: Rule = {
  id: 'version-eio4-to-v2',
  severity: 'error',
  confidence: 'certain',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { server: exchange.target.origin },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'EIO', expected: '3', actual: '4' },
        answerEvidence(exchange),
      ],
      fixes: [...upgradeV2Server(fixContext(exchange)), downgradeClient(fixContext(exchange))],
    })),
  isOver: overOnce(showsFraming, shows),
};
