import type { Report, ReportEndpoint, ReportFinding, ReportSession } from '../model/report.ts';

/** The sessions of an endpoint, in order of their start. */
export function sessionsOf(report: Report, endpoint: ReportEndpoint): ReportSession[] {
  const ids = new Set(endpoint.sessions);
  return report.sessions.filter((session) => ids.has(session.id));
}

/** The latest session that shows the endpoint's trouble; without any, the latest. Null when there is no session. */
export function tellingSession(report: Report, endpoint: ReportEndpoint): ReportSession | null {
  const sessions = sessionsOf(report, endpoint);
  const cause = rootFindings(report, endpoint).find((finding) => finding.rule === endpoint.rootCause);
  const showsCause = (session: ReportSession) => cause?.sessions.includes(session.id) ?? false;
  const failed = (session: ReportSession) => session.state === 'failed';
  return (
    sessions.findLast((session) => showsCause(session) && failed(session)) ??
    sessions.findLast(showsCause) ??
    (endpoint.status === 'failing' ? sessions.findLast(failed) : undefined) ??
    sessions.at(-1) ??
    null
  );
}

/** The endpoint's findings that follow from none of the others, active ones first. */
export function rootFindings(report: Report, endpoint: ReportEndpoint): ReportFinding[] {
  const own = report.findings.filter((finding) => finding.endpoint === endpoint.id);
  const ids = new Set(own.map((finding) => finding.id));
  // Whatever a file says, no finding may stand under itself and so be lost.
  const isRoot = ({ id, causedBy }: ReportFinding) => causedBy === null || causedBy === id || !ids.has(causedBy);
  const roots = own.filter(isRoot);
  return [...roots.filter(({ state }) => state === 'active'), ...roots.filter(({ state }) => state === 'resolved')];
}

/** What follows from a finding, directly or through another of its consequences. */
export function consequencesOf(report: Report, finding: ReportFinding): ReportFinding[] {
  const found = new Set([finding.id]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { id, causedBy } of report.findings) if (causedBy !== null && found.has(causedBy)) found.add(id);
  }
  return report.findings.filter(({ id }) => id !== finding.id && found.has(id));
}
