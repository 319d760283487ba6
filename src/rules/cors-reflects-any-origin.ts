import { liftSandbox } from '../fixes/null-origin.ts';
import { allowOnlyListed } from '../fixes/origin-list.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence, Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './cors-reflects-any-origin.md?raw';
import { fixContext, parties } from './support/context.ts';
import { ACAC, ACAO } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { isSuccess, originOf, responseHeader } from './support/exchanges.ts';
import { originToServe } from './support/null-origin.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

/** What anybody can send: a frame with `sandbox` has this origin, whatever site it is on. */
const OPAQUE = 'null';

const shows: Shows = (exchange) =>
  isSuccess(exchange) &&
  originOf(exchange) === OPAQUE &&
  responseHeader(exchange, ACAO) === OPAQUE &&
  responseHeader(exchange, ACAC) === 'true';

const BY_FRAME = 'A page without an origin of its own sent `Origin: null`';
const ANY_FRAME = 'Any website can send `Origin: null`, from a frame with `sandbox`';

function paramsOf(exchange: JudgedExchange) {
  return { server: parties(exchange).server, allowed: responseHeader(exchange, ACAO) ?? '' };
}

function evidenceOf(exchange: JudgedExchange): Evidence[] {
  return [
    requestEvidence(exchange, 'Origin'),
    headerEvidence(exchange, ACAO, null),
    headerEvidence(exchange, ACAC, null),
  ];
}

/** A page sends its own origin alone; a probe also asks under one that nobody has reason to list. */
function strangersLetIn({ beside, sessions, pageOrigin }: Endpoint): Hit[] {
  const strangers = beside.filter(
    (exchange) =>
      isSuccess(exchange) &&
      originOf(exchange) !== pageOrigin &&
      responseHeader(exchange, ACAO) === originOf(exchange) &&
      responseHeader(exchange, ACAC) === 'true',
  );
  const [stranger] = strangers;
  if (!stranger) return [];
  return [
    {
      sessions: sessions.slice(-1).map(({ key }) => key),
      exchanges: strangers.map(({ key }) => key),
      params: {
        ...paramsOf(stranger),
        asked: `A probe named \`${originOf(stranger)}\`, which has nothing to do with this server`,
        anybody: 'So the server repeats whatever origin it is asked from',
      },
      evidence: evidenceOf(stranger),
      fixes: allowOnlyListed(fixContext(stranger), pageOrigin ?? stranger.target.origin),
    },
  ];
}

export const corsReflectsAnyOrigin: Rule = {
  id: 'cors-reflects-any-origin',
  severity: 'warning',
  confidence: 'certain',
  rung: 11,
  page,
  check: (endpoint) => [
    ...oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { ...paramsOf(exchange), asked: BY_FRAME, anybody: ANY_FRAME },
      evidence: evidenceOf(exchange),
      fixes: [...allowOnlyListed(fixContext(exchange), originToServe(exchange)), liftSandbox()],
    })),
    ...strangersLetIn(endpoint),
  ],
  isOver: overOnce((exchange) => exchange.kind !== 'websocket' && isSuccess(exchange), shows),
};
