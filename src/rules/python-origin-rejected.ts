import { acceptOrigin, forwardHost } from '../fixes/python.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './python-origin-rejected.md?raw';
import { fixContext } from './support/context.ts';
import { ACAC, ACAO, allowOriginEvidence } from './support/cors.ts';
import { isGranted } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText, originOf, responseHeader } from './support/exchanges.ts';
import { hidesPlainRefusal, pythonRefusal, unreadBody } from './support/python.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** python-engineio, `server.py` ("Not an accepted origin.") and `asyncio_server.py` ("http://h is not an accepted origin."). */
const MESSAGE = /not an accepted origin\.$/i;

function saysRejected(exchange: JudgedExchange): boolean {
  return MESSAGE.test(pythonRefusal(exchange) ?? '');
}

/** An asyncio server sends ACAC with every answer, and ACAO only to an origin that it accepts. */
function lacksOnlyOrigin(exchange: JudgedExchange): boolean {
  return responseHeader(exchange, ACAC) !== null && responseHeader(exchange, ACAO) === null;
}

/** Without that mark an old client may have been refused for its version, or for its transport. */
function mayHideIt(exchange: JudgedExchange): boolean {
  if (!hidesPlainRefusal(exchange) || isSameOrigin(exchange)) return false;
  return lacksOnlyOrigin(exchange) || (exchange.target.eio === 4 && responseHeader(exchange, ACAO) === null);
}

const shows: Shows = (exchange) => saysRejected(exchange) || mayHideIt(exchange);

function isSameOrigin(exchange: JudgedExchange): boolean {
  return originOf(exchange) === exchange.target.origin;
}

const LIST = {
  why: 'It accepts pages of its own origin alone unless `cors_allowed_origins` lists others, and it asks that of WebSockets, too.',
  cure: 'Add the page’s origin to `cors_allowed_origins`, exactly as it stands here.',
};

/** A GET of the same origin carries no `Origin`, so it passes; POST and WebSocket carry one. */
const PROXY = {
  why: 'It is the page’s own origin, so the server sees itself under another name or scheme: the proxy in front does not pass them on.',
  cure: 'Let the proxy forward `Host` and `X-Forwarded-Proto`, or list the origin in `cors_allowed_origins`.',
};

function fixesOf(exchange: JudgedExchange): Fix[] {
  const origin = originOf(exchange);
  const list = origin === null || origin === 'null' ? [] : acceptOrigin(fixContext(exchange), origin);
  return isSameOrigin(exchange) ? [forwardHost(fixContext(exchange)), ...list] : list;
}

export const pythonOriginRejected: Rule = {
  id: 'python-origin-rejected',
  severity: 'error',
  confidence: 'certain',
  rung: 6,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: saysRejected(exchange) ? 'certain' : lacksOnlyOrigin(exchange) ? 'likely' : 'hint',
      params: {
        server: exchange.target.origin,
        origin: originOf(exchange) ?? 'the page',
        ...(isSameOrigin(exchange) ? PROXY : LIST),
      },
      evidence: [
        statusEvidence(exchange, '200'),
        {
          exchange: exchange.key,
          where: 'body',
          name: 'body',
          expected: '0{"sid":…}',
          actual: bodyText(exchange) ?? unreadBody(exchange),
        },
        ...(isSameOrigin(exchange) ? [] : [allowOriginEvidence(exchange)]),
      ],
      fixes: fixesOf(exchange),
      alternatives: saysRejected(exchange) ? [] : ['transport-disabled'],
    })),
  isOver: overOnce(isGranted, shows),
};
