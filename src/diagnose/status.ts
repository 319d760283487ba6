/** How an endpoint is doing, and the one sentence for it. */
import type { Status, Summary } from '../model/report.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { newestStartMs } from './over.ts';
import type { DraftFinding } from './run-rules.ts';

/** An endpoint's status is that of its latest finished attempt. */
export function endpointStatus(endpoint: Endpoint, findings: readonly DraftFinding[]): Status {
  const finished = endpoint.sessions.filter((session) => session.state !== 'connecting');
  const latest = finished.sort((a, b) => newestStartMs(a) - newestStartMs(b)).at(-1);
  // Nothing has finished, but what is under way has waited too long.
  if (!latest) return findings.some(isActiveError) ? 'failing' : 'idle';
  if (latest.state === 'failed') return 'failing';
  if (findings.some((finding) => finding.state === 'active' && finding.severity !== 'info')) return 'degraded';
  return finished.some((session) => session.state === 'failed') ||
    findings.some(({ state, severity }) => state === 'resolved' && severity !== 'info')
    ? 'recovered'
    : 'healthy';
}

function isActiveError({ state, severity }: DraftFinding): boolean {
  return state === 'active' && severity === 'error';
}

/** The first finding that is worse than info; active ones come before resolved ones. */
export function rootCauseOf(findings: readonly DraftFinding[]): DraftFinding | null {
  return findings.find((finding) => finding.severity !== 'info') ?? null;
}

const WORST_FIRST: Status[] = ['failing', 'degraded', 'recovered', 'healthy', 'idle'];

export interface DiagnosedEndpoint {
  endpoint: Endpoint;
  status: Status;
  findings: readonly DraftFinding[];
}

/** The worst endpoint speaks for the whole capture; among equals the one used last. */
export function summarize(endpoints: readonly DiagnosedEndpoint[]): Summary {
  const worst = [...endpoints].sort(
    (a, b) =>
      WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status) || lastUseMs(b.endpoint) - lastUseMs(a.endpoint),
  )[0];
  if (!worst) return { status: 'idle', headline: 'No Socket.IO connection seen yet.', rootCause: null };
  const root = rootCauseOf(worst.findings);
  return { status: worst.status, headline: headlineOf(worst, root), rootCause: root?.rule.id ?? null };
}

function lastUseMs(endpoint: Endpoint): number {
  return endpoint.sessions.reduce((latest, { lastActivityMs }) => Math.max(latest, lastActivityMs), 0);
}

function headlineOf({ endpoint, status }: DiagnosedEndpoint, root: DraftFinding | null): string {
  if (status === 'idle') return `A connection to \`${endpoint.url}\` is being made.`;
  if (root?.state === 'active') return root.title;
  if (status === 'failing') return unexplained(endpoint);
  const connected = connectedText(endpoint);
  return status === 'recovered' ? `${connected} An earlier attempt had failed.` : `${connected} Nothing to fix.`;
}

function connectedText(endpoint: Endpoint): string {
  const session = endpoint.sessions.findLast((candidate) => candidate.opened && candidate.state !== 'failed');
  // Aborted with its page, or redirected to where another endpoint tells the rest.
  if (!session) return `No connection to \`${endpoint.url}\` came about: the page dropped it, or was sent elsewhere.`;
  const over = session.transport ? ` over ${session.transport}` : '';
  return session.state === 'closed'
    ? `The connection to \`${endpoint.url}\` worked${over} and is closed.`
    : `Connected to \`${endpoint.url}\`${over}.`;
}

/** No rule explains it: say what was seen, and nothing more. */
function unexplained(endpoint: Endpoint): string {
  const session = endpoint.sessions.findLast((candidate) => candidate.state === 'failed');
  return `The connection to \`${endpoint.url}\` fails, and no rule explains it: ${failedStep(session) ?? 'see the timeline.'}`;
}

function failedStep(session: Session | undefined): string | null {
  return session?.steps.find((step) => step.outcome === 'failed')?.text ?? null;
}
