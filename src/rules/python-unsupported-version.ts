import { downgradePython, upgradeClientOfPython } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './python-unsupported-version.md?raw';
import { fixContext } from './support/context.ts';
import { ACAC } from './support/cors.ts';
import { isGranted } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, responseHeader } from './support/exchanges.ts';
import { hidesPlainRefusal, pythonRefusal, unreadBody } from './support/python.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** python-engineio 4, `server.py` and `asyncio_server.py`, `handle_request`. */
const MESSAGE = /unsupported version of the Socket\.IO or Engine\.IO protocols/;

function saysUnsupported(exchange: JudgedExchange): boolean {
  return MESSAGE.test(pythonRefusal(exchange) ?? '');
}

/** It is only said of a request whose `EIO` is not 4; an asyncio server names an accepted origin on it, so there it can be read. */
function mayHideIt(exchange: JudgedExchange): boolean {
  return exchange.target.eio !== 4 && hidesPlainRefusal(exchange) && responseHeader(exchange, ACAC) === null;
}

const shows: Shows = (exchange) => isHandshake(exchange) && (saysUnsupported(exchange) || mayHideIt(exchange));

export const pythonUnsupportedVersion: Rule = {
  id: 'python-unsupported-version',
  severity: 'error',
  confidence: 'certain',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: saysUnsupported(exchange) ? 'certain' : 'likely',
      params: { server: exchange.target.origin, eio: String(exchange.target.eio) },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: String(exchange.target.eio) },
        statusEvidence(exchange, '200'),
        {
          exchange: exchange.key,
          where: 'body',
          name: 'body',
          expected: '0{"sid":…}',
          actual: bodyText(exchange) ?? unreadBody(exchange),
        },
      ],
      fixes: [upgradeClientOfPython(fixContext(exchange), saysUnsupported(exchange)), downgradePython()],
      alternatives: saysUnsupported(exchange) ? [] : ['python-origin-rejected', 'transport-disabled'],
    })),
  isOver: overOnce(isGranted, shows),
};
