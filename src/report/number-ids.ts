import type { Diagnosis } from '../model/report.ts';

/** Replaces the stable keys of a live diagnosis by short ids in reading order: `e1`, `s1`, `x1`, `f1`. */
export function numberIds(diagnosis: Diagnosis): Diagnosis {
  const endpoints = numbered(diagnosis.endpoints, 'e');
  const sessions = numbered(diagnosis.sessions, 's');
  const exchanges = numbered(diagnosis.exchanges, 'x');
  const findings = numbered(diagnosis.findings, 'f');
  return {
    ...diagnosis,
    endpoints: diagnosis.endpoints.map((endpoint) => ({
      ...endpoint,
      id: endpoints(endpoint.id),
      sessions: endpoint.sessions.map(sessions),
    })),
    sessions: diagnosis.sessions.map((session) => ({
      ...session,
      id: sessions(session.id),
      endpoint: endpoints(session.endpoint),
      steps: session.steps.map((step) => ({ ...step, exchanges: step.exchanges.map(exchanges) })),
      findings: session.findings.map(findings),
    })),
    exchanges: diagnosis.exchanges.map((exchange, index) => ({
      ...exchange,
      id: exchanges(exchange.id),
      // The entries of the report's HAR begin with those of the exchanges, in the same order.
      entry: index,
    })),
    findings: diagnosis.findings.map((finding) => ({
      ...finding,
      id: findings(finding.id),
      endpoint: endpoints(finding.endpoint),
      sessions: finding.sessions.map(sessions),
      exchanges: finding.exchanges.map(exchanges),
      evidence: finding.evidence.map((item) => ({ ...item, exchange: item.exchange && exchanges(item.exchange) })),
      causedBy: finding.causedBy && findings(finding.causedBy),
    })),
  };
}

function numbered(items: readonly { id: string }[], prefix: string): (key: string) => string {
  const ids = new Map(items.map((item, index) => [item.id, `${prefix}${index + 1}`]));
  return (key) => ids.get(key) ?? key;
}
