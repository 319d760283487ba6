import { allowOnlyListed } from '../fixes/origin-list.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import { isOpenedSocket } from '../model/web-socket.ts';
import page from './cswsh-exposure.md?raw';
import { validOrigins } from './support/allow-origin.ts';
import { fixContext, parties } from './support/context.ts';
import { ACAO } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { observed, originOf, responseHeader } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** Servers that look at the origin of a WebSocket, too: what they accept they were told to accept. */
const CHECKS_ORIGIN = ['python-socketio'];

function isFromElsewhere(exchange: JudgedExchange): boolean {
  const origin = originOf(exchange);
  // What speaks something else after its 101 is no Socket.IO server.
  if (!isOpenedSocket(exchange) || exchange.socketErrors.length > 0) return false;
  return origin !== null && origin !== exchange.target.origin;
}

/** Polling of the same session may name the page although the 101 of an older server names nobody (before 4.6). */
function isAllowed(exchange: JudgedExchange, session: Session): boolean {
  return [exchange, ...observed(session)].some((answer) => responseHeader(answer, ACAO) === originOf(exchange));
}

function shows(exchange: JudgedExchange, session: Session): boolean {
  if (!isFromElsewhere(exchange) || CHECKS_ORIGIN.includes(session.server?.name ?? '')) return false;
  return !isAllowed(exchange, session);
}

/** The server does name somebody, and let in somebody else. */
function namesAnother(exchange: JudgedExchange): boolean {
  const allowed = responseHeader(exchange, ACAO);
  return allowed !== null && allowed !== '*';
}

export const cswshExposure: Rule = {
  id: 'cswsh-exposure',
  severity: 'warning',
  confidence: 'certain',
  rung: 13,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      severity: namesAnother(exchange) ? 'warning' : 'info',
      confidence: namesAnother(exchange) ? 'certain' : 'hint',
      params: { ...parties(exchange), listed: listedText(exchange) },
      evidence: [requestEvidence(exchange, 'Origin'), headerEvidence(exchange, ACAO, originOf(exchange))],
      fixes: fixesOf(exchange),
    })),
  isOver: (later) => {
    const sockets = observed(later).filter(({ kind, response }) => kind === 'websocket' && response !== null);
    return sockets.length > 0 && !sockets.some((exchange) => shows(exchange, later));
  },
};

function listedText(exchange: JudgedExchange): string {
  const allowed = responseHeader(exchange, ACAO);
  if (allowed === null) return 'Its answer names no origin.';
  return allowed === '*'
    ? 'Its answer allows every origin (`*`).'
    : 'Its own answer names another origin as the one that is allowed.';
}

/** Their `101` names nobody, whoever is allowed (before 4.6): no header of it is theirs. */
const NAME_NOBODY = ['node-v3', 'node-v2'];

/** They pass the headers of a `101` on as they are: whom it names they cannot change. */
const PASS_ON = ['apache', 'caddy'];

/** What they send for CORS names one origin alone: whom the server lets in now would be locked out. */
const NAME_ONE = ['nginx', 'haproxy'];

function fixesOf(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  if (context.page === null) return [];
  const innocent = namesAnother(exchange) ? [...PASS_ON, ...NAME_ONE, ...NAME_NOBODY] : PASS_ON;
  // Whom the server names was meant to get in, and goes on doing so.
  const alsoAllow = validOrigins([responseHeader(exchange, ACAO) ?? '']);
  return allowOnlyListed(context, context.page, { isNotPython: true, alsoAllow }).filter(
    ({ id }) => !innocent.includes(id),
  );
}
