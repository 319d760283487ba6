import { offerBothTransports } from '../fixes/server-options.ts';
import { singleTransport } from '../fixes/transports.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { CODES, errorBody, isGranted, saysCode } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText, statusOf } from './support/exchanges.ts';
import { pythonRefusal } from './support/python.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';
import page from './transport-disabled.md?raw';

/** googollee's Go server (`server.go`): plain text. */
const GO = /^invalid transport: /;

function isRefused(exchange: JudgedExchange): boolean {
  if (saysCode(exchange, CODES.UNKNOWN_TRANSPORT)) return true;
  if (pythonRefusal(exchange) === 'Invalid transport') return true;
  return exchange.kind === 'polling' && statusOf(exchange) === 400 && GO.test(bodyText(exchange) ?? '');
}

const shows: Shows = (exchange) => isRefused(exchange);

export const transportDisabled: Rule = {
  id: 'transport-disabled',
  severity: 'error',
  confidence: 'certain',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { server: exchange.target.origin, transport: exchange.target.transport },
      evidence: [
        {
          exchange: exchange.key,
          where: 'url',
          name: 'transport',
          expected: 'websocket',
          actual: exchange.target.transport,
        },
        statusEvidence(exchange, '200'),
        errorBody(exchange),
      ],
      transport: null,
      fixes: [...offerBothTransports(fixContext(exchange)), singleTransport(fixContext(exchange), 'websocket')],
    })),
  isOver: overOnce(isGranted, shows),
};
