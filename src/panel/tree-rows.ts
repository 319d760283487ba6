import type { PanelState } from '../messaging/contract.ts';
import type { ReportEndpoint, ReportFinding, ReportSession, Status } from '../model/report.ts';

interface RowPlace {
  key: string;
  /** 1-based place among its siblings, and how many they are: `aria-posinset` and `aria-setsize`. */
  position: number;
  setSize: number;
}

export interface EndpointRow extends RowPlace {
  kind: 'endpoint';
  endpoint: ReportEndpoint;
  /** Identical attempts of all its sessions. */
  attempts: number;
  /** When the latest of them started, ISO 8601. */
  latestAt: string | null;
  transport: ReportSession['transport'];
  expandable: boolean;
  expanded: boolean;
}

export interface SessionRow extends RowPlace {
  kind: 'session';
  endpoint: ReportEndpoint;
  session: ReportSession;
  /** Whether an active warning or error is about it. */
  troubled: boolean;
}

export type TreeRow = EndpointRow | SessionRow;

export interface TreeView {
  /** Words that must all occur, in any case. */
  filter: string;
  onlyProblems: boolean;
  /** Ids of the endpoints whose sessions are folded away. */
  collapsed: ReadonlySet<string>;
}

export const endpointKey = (id: string): string => `endpoint ${id}`;
export const sessionKey = (id: string): string => `session ${id}`;

/** The rows of the tree from top to bottom: endpoints (level 1) and, where unfolded, their sessions (level 2). */
export function treeRows(state: PanelState, view: TreeView): TreeRow[] {
  const context = makeContext(state, view);
  const branches = state.endpoints.flatMap((endpoint) => branchOf(endpoint, context) ?? []);
  return branches.flatMap((branch, index) => rowsOf(branch, index, branches.length, context));
}

/** The row that says what is wrong: the worst endpoint; of several the one that the summary speaks of, or the latest. */
export function worstRow(rows: readonly TreeRow[], rootCause: string | null): EndpointRow | null {
  const [first, ...rest] = rows.filter((row) => row.kind === 'endpoint');
  if (!first) return null;
  return rest.reduce((worst, row) => (compareUrgency(row, worst, rootCause) > 0 ? row : worst), first);
}

const URGENCY: Record<Status, number> = { failing: 4, degraded: 3, recovered: 2, healthy: 1, idle: 0 };

function compareUrgency(a: EndpointRow, b: EndpointRow, rootCause: string | null): number {
  const isTheOne = (row: EndpointRow) => (row.endpoint.rootCause === rootCause ? 1 : 0);
  return (
    URGENCY[a.endpoint.status] - URGENCY[b.endpoint.status] ||
    isTheOne(a) - isTheOne(b) ||
    (a.latestAt ?? '').localeCompare(b.latestAt ?? '')
  );
}

interface Branch {
  endpoint: ReportEndpoint;
  all: ReportSession[];
  shown: ReportSession[];
}

interface Context {
  view: TreeView;
  words: string[];
  sessions: Map<string, ReportSession>;
  findings: Map<string, ReportFinding[]>;
  troubled: Set<string>;
}

function makeContext(state: PanelState, view: TreeView): Context {
  const findings = new Map<string, ReportFinding[]>();
  for (const finding of state.findings) {
    for (const id of finding.sessions) findings.set(id, [...(findings.get(id) ?? []), finding]);
  }
  const pressing = state.findings.filter((finding) => finding.state === 'active' && finding.severity !== 'info');
  return {
    view,
    words: view.filter.toLowerCase().split(/\s+/).filter(Boolean),
    sessions: new Map(state.sessions.map((session) => [session.id, session])),
    findings,
    troubled: new Set(pressing.flatMap((finding) => finding.sessions)),
  };
}

function branchOf(endpoint: ReportEndpoint, context: Context): Branch | null {
  if (context.view.onlyProblems && !isFaulty(endpoint)) return null;
  const all = endpoint.sessions.flatMap((id) => context.sessions.get(id) ?? []);
  const relevant = context.view.onlyProblems ? all.filter((session) => isProblem(session, context)) : all;
  if (context.words.length === 0) return { endpoint, all, shown: relevant };
  const ownText = [endpoint.url, endpoint.pageOrigin, endpoint.rootCause, endpoint.status];
  if (matches(ownText, context.words)) return { endpoint, all, shown: relevant };
  const shown = relevant.filter((session) => matches([...ownText, ...textOf(session, context)], context.words));
  return shown.length === 0 ? null : { endpoint, all, shown };
}

function isFaulty(endpoint: ReportEndpoint): boolean {
  return endpoint.status === 'failing' || endpoint.status === 'degraded';
}

function isProblem(session: ReportSession, context: Context): boolean {
  return session.state === 'failed' || context.troubled.has(session.id);
}

function textOf(session: ReportSession, context: Context): (string | null)[] {
  const rules = (context.findings.get(session.id) ?? []).map((finding) => finding.rule);
  return [session.sid, session.transport, session.state, session.clientError, session.page, ...rules];
}

function matches(texts: (string | null)[], words: string[]): boolean {
  const haystack = texts.join('\n').toLowerCase();
  return words.every((word) => haystack.includes(word));
}

function rowsOf(branch: Branch, index: number, setSize: number, context: Context): TreeRow[] {
  const { endpoint, all, shown } = branch;
  const expanded = shown.length > 0 && !context.view.collapsed.has(endpoint.id);
  const latest = all.at(-1);
  const head: EndpointRow = {
    kind: 'endpoint',
    key: endpointKey(endpoint.id),
    position: index + 1,
    setSize,
    endpoint,
    attempts: all.reduce((sum, session) => sum + session.attempts, 0),
    latestAt: latest?.startedAt ?? null,
    transport: latest?.transport ?? null,
    expandable: shown.length > 0,
    expanded,
  };
  return expanded ? [head, ...shown.map((session, place) => sessionRow(branch, session, place, context))] : [head];
}

function sessionRow(branch: Branch, session: ReportSession, place: number, context: Context): SessionRow {
  return {
    kind: 'session',
    key: sessionKey(session.id),
    position: place + 1,
    setSize: branch.shown.length,
    endpoint: branch.endpoint,
    session,
    troubled: context.troubled.has(session.id),
  };
}
