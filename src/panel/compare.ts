import type { PanelState } from '../messaging/contract.ts';
import type { ReportEndpoint, ReportFinding, ReportSession } from '../model/report.ts';

/**
 * What became of a problem. `gone`: it is not seen any more, which does not prove that it is mended: the connection still fails,
 * perhaps before it could show, or works without having met what it is about. `untested`: the other side did not connect there.
 */
export type Change = 'new' | 'still' | 'gone' | 'fixed' | 'untested';

export interface ComparedFinding {
  rule: string;
  detail: string | null;
  change: Change;
  /** As the side says that has it; the later one if both have. */
  finding: ReportFinding;
}

export interface ComparedEndpoint {
  url: string;
  pageOrigin: string | null;
  /** Null: the side has no connection there. */
  before: ReportEndpoint | null;
  after: ReportEndpoint | null;
  findings: ComparedFinding[];
}

type Side = Pick<PanelState, 'endpoints' | 'findings' | 'sessions' | 'exchanges'>;

/**
 * Holds two diagnoses against each other: of each endpoint (its URL as used by one page origin) what was wrong before and what is
 * wrong now. Advice of severity info and what was over already on its own side are left out.
 */
export function compareSides(before: Side, after: Side): ComparedEndpoint[] {
  const pairs = new Map<string, Pick<ComparedEndpoint, 'before' | 'after'>>();
  for (const endpoint of before.endpoints) pairs.set(nameOf(endpoint), { before: endpoint, after: null });
  for (const endpoint of after.endpoints) {
    const name = nameOf(endpoint);
    pairs.set(name, { before: pairs.get(name)?.before ?? null, after: endpoint });
  }
  return [...pairs.values()].flatMap((pair) => {
    const either = pair.after ?? pair.before;
    if (!either) return [];
    const { url, pageOrigin } = either;
    return [{ url, pageOrigin, ...pair, findings: compareFindings(pair, before, after) }];
  });
}

/** A report's short ids mean nothing to another. */
function nameOf({ url, pageOrigin }: ReportEndpoint): string {
  return `${pageOrigin} ${url}`;
}

function compareFindings(
  pair: Pick<ComparedEndpoint, 'before' | 'after'>,
  before: Side,
  after: Side,
): ComparedFinding[] {
  const was = problemsOf(before, pair.before);
  const is = problemsOf(after, pair.after);
  const kept = [...is].map(([key, finding]) => compared(finding, changeOfPresent(was.has(key), pair.before)));
  const gone = [...was].filter(([key]) => !is.has(key));
  return [...kept, ...gone.map(([, finding]) => compared(finding, changeOfAbsent(finding, after, pair.after)))];
}

function compared(finding: ReportFinding, change: Change): ComparedFinding {
  return { rule: finding.rule, detail: finding.detail, change, finding };
}

function changeOfPresent(wasThere: boolean, before: ReportEndpoint | null): Change {
  if (wasThere) return 'still';
  return before === null || before.status === 'idle' ? 'untested' : 'new';
}

/** A fault hides those that come after it: only a connection that works, and met what the fault is about, proves that it is fixed. */
function changeOfAbsent(finding: ReportFinding, side: Side, after: ReportEndpoint | null): Change {
  if (after === null || after.status === 'idle') return 'untested';
  return after.status === 'failing' || finding.mayReturn || !isMet(finding, side, after) ? 'gone' : 'fixed';
}

/** Whether the endpoint's sessions joined the namespace and used the transport that the fault is about. */
function isMet({ namespace, transport }: ReportFinding, side: Side, { id }: ReportEndpoint): boolean {
  const sessions = side.sessions.filter(({ endpoint }) => endpoint === id);
  const isJoined = sessions.some(({ namespaces }) => namespaces.some((each) => each.name === namespace && isIn(each)));
  const isUsed = sessions.some((session) => transport !== undefined && uses(session, transport, side));
  return (namespace === undefined || isJoined) && (transport === undefined || isUsed);
}

/** Only what was joined can be left. */
function isIn({ state }: ReportSession['namespaces'][number]): boolean {
  return state === 'connected' || state === 'disconnected';
}

/** The transport is the last in use: what was upgraded polled before. */
function uses(session: ReportSession, wanted: NonNullable<ReportFinding['transport']>, { exchanges }: Side): boolean {
  if (session.transport === wanted) return true;
  const ids = new Set(session.steps.flatMap((step) => step.exchanges));
  const good = wanted === 'websocket' ? 101 : 200;
  return exchanges.some(({ id, kind, status }) => kind === wanted && status === good && ids.has(id));
}

/** What is wrong with the endpoint, root causes first as the engine puts them; one rule may speak with several details. */
function problemsOf({ findings }: Side, endpoint: ReportEndpoint | null): Map<string, ReportFinding> {
  const own = findings.filter(
    (finding) => finding.endpoint === endpoint?.id && finding.state === 'active' && finding.severity !== 'info',
  );
  const problems = new Map<string, ReportFinding>();
  for (const finding of own) {
    const key = `${finding.rule} ${finding.detail ?? ''}`;
    if (!problems.has(key)) problems.set(key, finding);
  }
  return problems;
}

/** The comparison of an endpoint in one sentence. */
export function endpointVerdict({ before, after, findings }: ComparedEndpoint): string {
  if (!before) return 'Not in the earlier one: nothing to compare with.';
  if (!after) return 'Not in the later one: whether anything was fixed cannot be told.';
  if (after.status === 'idle') return 'The later one had not connected yet: whether anything was fixed cannot be told.';
  if (before.status === 'idle') return 'The earlier one had not connected yet: nothing to compare with.';
  const worked = before.status !== 'failing';
  const works = after.status !== 'failing';
  const rest = findings.some(({ change }) => change === 'new' || change === 'still');
  if (works) {
    if (!worked) return workingAgain(findings, rest);
    return rest ? 'It connected in both, with a problem left.' : 'It connected in both.';
  }
  return worked ? 'Broken: it connected, and fails now.' : 'Still failing.';
}

/** That it connects does not make what comes and goes a thing of the past. */
function workingAgain(findings: readonly ComparedFinding[], isRest: boolean): string {
  const mayReturn = findings.some(({ change }) => change === 'gone');
  if (isRest) return `${mayReturn ? 'It failed, and connects now' : 'Fixed: it connects now'}, with a problem left.`;
  return mayReturn
    ? 'It failed, and connects now. Whether what it failed on is mended cannot be told.'
    : 'Fixed: it failed, and connects now.';
}

/** All endpoints in brief: how often each change occurs, most pressing first. */
export function countChanges(endpoints: readonly ComparedEndpoint[]): [change: Change, times: number][] {
  const order: Change[] = ['new', 'still', 'gone', 'fixed', 'untested'];
  const all = endpoints.flatMap(({ findings }) => findings);
  return order
    .map((change): [Change, number] => [change, all.filter((finding) => finding.change === change).length])
    .filter(([, times]) => times > 0);
}
