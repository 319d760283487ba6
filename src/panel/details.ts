import type { PanelState } from '../messaging/contract.ts';
import type { ReportEndpoint, ReportExchange, ReportFinding, ReportSession, ReportStep } from '../model/report.ts';
import type { TreeRow } from './tree-rows.ts';

/** What the right side shows of the row that is selected on the left. */
export interface Details {
  key: string;
  endpoint: ReportEndpoint;
  /** Null when the whole endpoint is selected. */
  session: ReportSession | null;
  /** The session whose steps and client error stand for the selection: itself, or the endpoint's telling one. */
  telling: ReportSession | null;
  /** In order of their start. */
  sessions: ReportSession[];
  findings: ReportFinding[];
  headline: string;
}

/** Everything about the selected row, out of the state. */
export function detailsOf(state: PanelState, row: TreeRow): Details {
  const { endpoint } = row;
  const session = row.kind === 'session' ? row.session : null;
  const sessions = session ? [session] : pick(state.sessions, endpoint.sessions);
  const findings = state.findings.filter((finding) =>
    session
      ? finding.sessions.includes(session.id) || session.findings.includes(finding.id)
      : finding.endpoint === endpoint.id,
  );
  return {
    key: row.key,
    endpoint,
    session,
    telling: session ?? tellingSession(endpoint, sessions, findings),
    sessions,
    findings,
    headline: session ? sessionHeadline(session, findings) : endpointHeadline(state, endpoint, findings),
  };
}

function pick<T extends { id: string }>(items: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The latest session that shows the endpoint's trouble; without any, the latest. */
function tellingSession(
  endpoint: ReportEndpoint,
  sessions: ReportSession[],
  findings: ReportFinding[],
): ReportSession | null {
  const cause = findings.find((finding) => finding.state === 'active' && finding.rule === endpoint.rootCause);
  const isTelling = (session: ReportSession) =>
    endpoint.status === 'failing' ? session.state === 'failed' : cause?.sessions.includes(session.id);
  return sessions.findLast(isTelling) ?? sessions.at(-1) ?? null;
}

/** The exchanges of the steps and of the evidence; for a whole endpoint also those of attempts that are folded away. */
export function exchangesOf(state: PanelState, { endpoint, session, sessions, findings }: Details): ReportExchange[] {
  const ids = new Set(sessions.flatMap((each) => each.steps.flatMap((step) => step.exchanges)));
  for (const { evidence } of findings) for (const { exchange } of evidence) if (exchange !== null) ids.add(exchange);
  const isAlone = session === null && state.endpoints.filter((each) => each.url === endpoint.url).length === 1;
  const isOurs = ({ url }: ReportExchange) => isAlone && isOfEndpoint(url, endpoint.url);
  return state.exchanges.filter((exchange) => ids.has(exchange.id) || isOurs(exchange));
}

/** A WebSocket shares host and path with the polling that it grew from. By text, since there may be thousands. */
function isOfEndpoint(url: string, endpointUrl: string): boolean {
  const polled = url.startsWith('ws') ? `http${url.slice(2)}` : url;
  return polled.startsWith(endpointUrl) && ['?', undefined].includes(polled[endpointUrl.length]);
}

/** What decides how the selection is doing: the engine puts it first, active before resolved. */
function rootOfAll(findings: readonly ReportFinding[]): ReportFinding | undefined {
  return findings.find((finding) => finding.severity !== 'info');
}

function endpointHeadline(state: PanelState, endpoint: ReportEndpoint, findings: ReportFinding[]): string {
  const root = rootOfAll(findings);
  if (root?.state === 'active') return root.title;
  const { summary } = state;
  const isMeant = (each: ReportEndpoint) => each.status === summary.status && each.rootCause === summary.rootCause;
  if (isMeant(endpoint) && state.endpoints.filter(isMeant).length === 1) return summary.headline;
  return ENDPOINT_HEADLINE[endpoint.status](`\`${endpoint.url}\``);
}

const ENDPOINT_HEADLINE: Record<ReportEndpoint['status'], (url: string) => string> = {
  failing: (url) => `The connection to ${url} fails, and no rule explains it.`,
  degraded: (url) => `Connected to ${url}, with a problem.`,
  recovered: (url) => `Connected to ${url}. An earlier attempt had failed.`,
  healthy: (url) => `Connected to ${url}. Nothing to fix.`,
  idle: (url) => `A connection to ${url} is being made.`,
};

function sessionHeadline(session: ReportSession, findings: ReportFinding[]): string {
  const root = rootOfAll(findings);
  if (root?.state === 'active') return root.title;
  switch (session.state) {
    case 'failed':
      if (!root) return 'This attempt failed, and no rule explains it.';
      return root.mayReturn
        ? 'This attempt failed. What it failed on was not seen again.'
        : 'This attempt failed. What it failed on is fixed.';
    case 'connected':
      return session.transport ? `Connected over ${session.transport}.` : 'Connected.';
    case 'connecting':
      return 'The connection is being made.';
    case 'closed':
      return 'The connection was closed.';
  }
}

export interface FindingNode {
  finding: ReportFinding;
  /** Everything that follows from it, directly or not. */
  consequences: ReportFinding[];
}

/** The active findings as root causes with their consequences, in the order given. */
export function findingTree(findings: readonly ReportFinding[]): FindingNode[] {
  const active = findings.filter((finding) => finding.state === 'active');
  const byId = new Map(active.map((finding) => [finding.id, finding]));
  const nodes = new Map<string, FindingNode>();
  const followers: [root: string, finding: ReportFinding][] = [];
  for (const finding of active) {
    const root = rootOf(finding, byId);
    if (root === finding) nodes.set(finding.id, { finding, consequences: [] });
    else followers.push([root.id, finding]);
  }
  for (const [root, finding] of followers) nodes.get(root)?.consequences.push(finding);
  return [...nodes.values()];
}

/** Data may hold findings that cause each other: then each of these is a root, so that none is lost. */
function rootOf(finding: ReportFinding, byId: Map<string, ReportFinding>): ReportFinding {
  const passed = new Set([finding]);
  let root = finding;
  for (let cause = causeOf(root, byId); cause; cause = causeOf(root, byId)) {
    if (passed.has(cause)) return cause;
    passed.add(cause);
    root = cause;
  }
  return root;
}

function causeOf(finding: ReportFinding, byId: Map<string, ReportFinding>): ReportFinding | undefined {
  return finding.causedBy === null ? undefined : byId.get(finding.causedBy);
}

export interface Phase {
  kind: ReportStep['kind'];
  outcome: ReportStep['outcome'];
  times: number;
}

const OUTCOME_WEIGHT: Record<ReportStep['outcome'], number> = { failed: 3, hidden: 2, pending: 1, ok: 0 };

/** The steps in brief: each kind once, where it first came, with its worst outcome. */
export function phasesOf(steps: readonly ReportStep[]): Phase[] {
  const phases = new Map<ReportStep['kind'], Phase>();
  for (const { kind, outcome } of steps) {
    const phase = phases.get(kind);
    if (!phase) phases.set(kind, { kind, outcome, times: 1 });
    else phases.set(kind, { kind, outcome: worse(phase.outcome, outcome), times: phase.times + 1 });
  }
  return [...phases.values()];
}

function worse(a: ReportStep['outcome'], b: ReportStep['outcome']): ReportStep['outcome'] {
  return OUTCOME_WEIGHT[b] > OUTCOME_WEIGHT[a] ? b : a;
}
