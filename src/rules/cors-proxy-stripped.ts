import { onlySocketIoAnswers } from '../fixes/cors.ts';
import { onlyProxyAnswers } from '../fixes/proxy-cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './cors-proxy-stripped.md?raw';
import { validOrigins } from './support/allow-origin.ts';
import { fixContext, parties } from './support/context.ts';
import { ACAO, allowOriginEvidence, isCorsTest, isRefused } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { observed, responseHeader, responseTokens } from './support/exchanges.ts';
import { allowedElsewhere } from './support/other-answers.ts';
import { proxyAnswersPreflight } from './support/preflight.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefused(exchange, 'MissingAllowOriginHeader');

function check(endpoint: Endpoint) {
  const stripped = sightings(endpoint, shows).filter(({ exchange, session }) =>
    allowedElsewhere(exchange, session, endpoint),
  );
  return oneHit(stripped, ({ exchange, session }) => {
    const other = allowedElsewhere(exchange, session, endpoint) ?? exchange;
    const allowed = responseHeader(other, ACAO) ?? '';
    const context = fixContext(exchange);
    return {
      params: { ...parties(exchange), kind: ANSWERS[other.kind] ?? other.method, allowed },
      evidence: [allowOriginEvidence(exchange), headerEvidence(other, ACAO, allowed)],
      fixes: [
        ...onlySocketIoAnswers(context, { alsoAllow: validOrigins([allowed]), isNotPython: true }),
        ...(other.kind === 'preflight' ? proxyAnswersPreflight(other) : onlyProxyAnswers(context)),
      ],
      alternatives: alternativesOf(exchange, other),
    };
  });
}

/** In what kind of answer the header was seen. */
const ANSWERS: Partial<Record<JudgedExchange['kind'], string>> = {
  websocket: 'of a WebSocket upgrade',
  preflight: 'to a preflight (OPTIONS)',
  polling: 'over polling',
};

/** A proxy that answers preflights by itself says nothing about the server behind it. */
function alternativesOf(exchange: JudgedExchange, other: JudgedExchange): string[] {
  if (other.kind !== 'preflight') return [];
  return [responseTokens(exchange, 'Vary').includes('origin') ? 'cors-origin-not-in-list' : 'cors-not-configured'];
}

export const corsProxyStripped: Rule = {
  id: 'cors-proxy-stripped',
  severity: 'error',
  confidence: 'likely',
  rung: 7,
  page,
  check,
  isOver: isWhole,
};

/** That a connection opens proves nothing: this fault comes after it. Every kind of answer has to carry the header. */
function isWhole(later: Session): boolean {
  const answers = observed(later).filter(isCorsTest);
  return answers.some(({ target }) => target.sid !== null) && !answers.some((answer) => shows(answer, later));
}
