import { dropOwnPings } from '../fixes/lifecycle.ts';
import { upgradeClient } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { decodeFrame, decodePollingBody } from '../protocol/payload.ts';
import page from './heartbeat-mismatch.md?raw';
import { fixContext } from './support/context.ts';
import { packetEvidence } from './support/evidence.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** Who pings, by protocol revision (Engine.IO protocol, "Heartbeat": it changed sides with revision 4). */
const PINGS: Record<number, 'client' | 'server'> = { 3: 'client', 4: 'server' };

/** Whether a ping (no probe of an upgrade) went in this direction. */
function hasPing(exchange: JudgedExchange, direction: 'send' | 'receive'): boolean {
  const eio = exchange.target.eio ?? 4;
  const body = direction === 'send' ? exchange.requestBody : exchange.response?.body;
  const polled = exchange.kind === 'polling' && body?.state === 'text' ? decodePollingBody(body.text, eio) : null;
  const framed = exchange.frames
    // Base64 of binary data may begin with any character.
    .filter((frame) => frame.direction === direction && !frame.binary && frame.data.startsWith('2'))
    .map(({ data }) => decodeFrame(data, eio));
  return [...(polled ?? []), ...framed].some((packet) => packet?.type === 'ping' && packet.data !== 'probe');
}

function shows(exchange: JudgedExchange): boolean {
  const pinger = PINGS[exchange.target.eio ?? 0];
  return pinger !== undefined && hasPing(exchange, pinger === 'server' ? 'send' : 'receive');
}

export const heartbeatMismatch: Rule = {
  id: 'heartbeat-mismatch',
  severity: 'error',
  confidence: 'likely',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const [right, wrong] = exchange.target.eio === 3 ? ['client', 'server'] : ['server', 'client'];
      return {
        params: { server: exchange.target.origin, eio: String(exchange.target.eio), right, wrong },
        evidence: [packetEvidence(exchange, `ping of the ${wrong}`, '2', null)],
        fixes: exchange.target.eio === 3 ? [upgradeClient(fixContext(exchange))] : [dropOwnPings(fixContext(exchange))],
      };
    }),
  isOver: (later) => later.steps.some(({ kind }) => kind === 'heartbeat') && !later.exchanges.some(shows),
};
