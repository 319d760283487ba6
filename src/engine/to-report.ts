/** Sessions and findings -> the report's shapes. Ids here are stable keys; `numberIds` makes the short ones of a file. */

import type { DraftFinding } from '../diagnose/run-rules.ts';
import { type DiagnosedEndpoint, rootCauseOf } from '../diagnose/status.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { ReportEndpoint, ReportExchange, ReportFinding, ReportSession } from '../model/report.ts';
import type { Session } from '../model/session.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** The report's view of one endpoint. */
export function endpointView({ endpoint, status, findings }: DiagnosedEndpoint): ReportEndpoint {
  return {
    id: endpoint.key,
    url: endpoint.url,
    pageOrigin: endpoint.pageOrigin,
    status,
    rootCause: rootCauseOf(findings)?.rule.id ?? null,
    sessions: endpoint.sessions.map((session) => sessionId(session)),
  };
}

/** Sids of different endpoints may be equal, so an id names both. */
export function sessionId(session: Session): string {
  return `${session.endpoint.key} ${session.key}`;
}

/** The report's view of one session. */
export function sessionView(session: Session, findings: readonly DraftFinding[]): ReportSession {
  const { callSite } = session;
  return {
    id: sessionId(session),
    endpoint: session.endpoint.key,
    sid: session.sid,
    eio: session.eio,
    transport: session.transport,
    state: session.state,
    attempts: session.attempts,
    page: session.pageUrl,
    server: session.server,
    clientError: session.clientError,
    openedAt: callSite,
    startedAt: iso(session.startedMs),
    durationMs:
      session.endedMs === null
        ? null
        : Math.round(session.endedMs - (session.latest[0]?.startedMs ?? session.startedMs)),
    namespaces: session.namespaces,
    steps: session.steps.map(({ kind, exchanges, outcome, atMs, text }) => ({
      kind,
      exchanges,
      outcome,
      at: iso(atMs),
      text,
    })),
    findings: findings.filter((finding) => finding.sessions.includes(session.key)).map((finding) => finding.key),
  };
}

/** The report's view of one exchange. */
export function exchangeView(exchange: JudgedExchange): ReportExchange {
  const known = exchangeViews.get(exchange) ?? newExchangeView(exchange);
  exchangeViews.set(exchange, known);
  return known;
}

const exchangeViews = new WeakMap<JudgedExchange, ReportExchange>();

function newExchangeView(exchange: JudgedExchange): ReportExchange {
  return {
    id: exchange.key,
    entry: exchange.harIndex,
    kind: exchange.kind,
    method: exchange.method,
    url: exchange.url,
    status: exchange.response?.status ?? 0,
    error: exchange.socketErrors.find((text) => text !== '') ?? exchange.error,
    startedAt: iso(exchange.startedMs),
    durationMs: exchange.durationMs,
    cors: exchange.cors,
    askedByUs: exchange.askedByUs,
  };
}

/** The report's view of one finding. */
export function findingView(finding: DraftFinding): ReportFinding {
  const { rule, key, sessions, endpoint, mayReturn, namespace, transport, ...rest } = finding;
  return {
    ...rest,
    id: key,
    rule: rule.id,
    endpoint,
    sessions: sessions.map((session) => `${endpoint} ${session}`),
    ...(mayReturn && { mayReturn }),
    ...(namespace !== null && { namespace }),
    ...(transport !== null && { transport }),
  };
}
