/** Runs the rules over one endpoint, ranks what they find, and says which fault is the cause of which. */
import { digDeeper } from '../fixes/dig-deeper.ts';
import { judgeFixes } from '../fixes/judge.ts';
import { askOf, exchangeOf } from '../model/ask-by-hand.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Confidence, DeeperLook, Evidence, Hit, JudgedFix } from '../model/finding.ts';
import type { Limit, Severity } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { byLikelihood, fixesFor, likelyStacks, runtimeSeen } from '../rules/support/likely-stacks.ts';
import { serverLogOf } from '../rules/support/server-log.ts';
import { type Fault, markOver, newestStartMs, transportOf } from './over.ts';
import { fillPage } from './page.ts';

/** A finding under its stable key; the report gives it an id. */
export interface DraftFinding extends Fault {
  key: string;
  endpoint: string;
  detail: string | null;
  severity: Severity;
  confidence: Confidence;
  title: string;
  explanation: string;
  evidence: Evidence[];
  fixes: JudgedFix[];
  deeper: DeeperLook[];
  alternatives: string[];
  causedBy: string | null;
}

export interface RuleResults {
  /** Root causes first; each followed by its consequences. */
  findings: DraftFinding[];
  /** Rules that threw: isolated, and said. */
  problems: Limit[];
}

/** Diagnoses one endpoint. Pure; a rule that throws is left out and named in `problems`. */
export function runRules(endpoint: Endpoint, rules: readonly Rule[]): RuleResults {
  const problems: Limit[] = [];
  const found = rules.flatMap((rule) => {
    try {
      return mergeHits(endpoint, rule, [...rule.check(endpoint)]);
    } catch (error) {
      problems.push({
        code: 'rule-failed',
        text: `Rule ${rule.id} could not be applied to ${endpoint.url}: ${messageOf(error)}`,
      });
      return [];
    }
  });
  return { findings: linkCauses(endpoint, markOver(endpoint, found), rules), problems };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Hits that say the same are one finding; the newest gives the evidence and the words. */
function mergeHits(endpoint: Endpoint, rule: Rule, hits: Hit[]): DraftFinding[] {
  if (hits.length === 0) return [];
  const [likely, runtime] = [likelyStacks(endpoint), runtimeSeen(endpoint)];
  const merged = new Map<string, DraftFinding>();
  for (const hit of hits) {
    const { title, explanation } = fillPage(rule.page, hit.params);
    const detail = hit.detail ?? null;
    const key = `${endpoint.key} ${rule.id} ${detail ?? ''} ${title}`;
    const earlier = merged.get(key);
    const exchanges = unite(earlier?.exchanges, hit.exchanges);
    merged.set(key, {
      key,
      rule,
      endpoint: endpoint.key,
      detail,
      severity: hit.severity ?? rule.severity,
      confidence: hit.confidence ?? rule.confidence,
      title,
      explanation,
      sessions: unite(earlier?.sessions, hit.sessions),
      exchanges,
      evidence: hit.evidence,
      fixes: judgeFixes(rule.id, byLikelihood(fixesFor(runtime, hit.fixes), likely)),
      deeper: deeperLooks(endpoint, hit),
      alternatives: hit.alternatives ?? [],
      state: 'active',
      mayReturn: rule.mayReturn ?? false,
      namespace: hit.namespace ?? null,
      transport: hit.transport === undefined ? transportOf(endpoint, exchanges) : hit.transport,
      causedBy: null,
    });
  }
  return [...merged.values()];
}

/** With the request that shows the fault, and the log of who answered it. */
function deeperLooks(endpoint: Endpoint, hit: Hit): DeeperLook[] {
  const session = endpoint.sessions.findLast(({ key }) => hit.sessions.includes(key));
  if (!session) return [];
  const asked = askedExchange(endpoint, session, hit);
  const ask = asked
    ? askOf(asked, asked.requestHeaders, endpoint)
    : askOf({ kind: 'polling', url: `${endpoint.url}?EIO=${session.eio ?? 4}&transport=polling` }, [], endpoint);
  return digDeeper(ask, session.eio, serverLogOf(endpoint, session));
}

/** That of the evidence, else the one at which the connection failed. */
function askedExchange(endpoint: Endpoint, session: Session, hit: Hit): JudgedExchange | undefined {
  const seen = [...endpoint.sessions.flatMap(({ exchanges }) => exchanges), ...endpoint.beside];
  const byKey = new Map(seen.map((exchange) => [exchange.key, exchange]));
  const failed = session.steps.findLast(({ outcome }) => outcome === 'failed');
  const around = [failed?.exchanges.at(-1), session.steps[0]?.exchanges[0]].flatMap((key) => key ?? []);
  return (
    exchangeOf(hit, (key) => byKey.get(key)) ?? exchangeOf({ evidence: [], exchanges: around }, (key) => byKey.get(key))
  );
}

function unite(a: string[] | undefined, b: string[]): string[] {
  return [...new Set([...(a ?? []), ...b])];
}

/**
 * Orders findings by what to fix first (those that the newest attempt did not get to behind what it failed on), and hangs
 * consequences under their cause: within one session, the first rung present is the cause and what stands on later rungs follows
 * from it. Faults of one rung stand side by side, since a fix has to satisfy them all.
 */
function linkCauses(endpoint: Endpoint, findings: DraftFinding[], rules: readonly Rule[]): DraftFinding[] {
  const place = new Map(rules.map((rule, index) => [rule.id, index]));
  const newest = newestFailure(endpoint, findings);
  const isPassedOver = ({ sessions }: DraftFinding) => newest !== null && isBefore(endpoint, sessions, newest);
  const ordered = [...findings].sort(
    (a, b) =>
      Number(a.state === 'resolved') - Number(b.state === 'resolved') ||
      Number(isPassedOver(a)) - Number(isPassedOver(b)) ||
      weightOf(a) - weightOf(b) ||
      Number(a.rule.isSymptom ?? false) - Number(b.rule.isSymptom ?? false) ||
      a.rule.rung - b.rule.rung ||
      (place.get(a.rule.id) ?? 0) - (place.get(b.rule.id) ?? 0) ||
      (a.key < b.key ? -1 : 1),
  );
  const roots: DraftFinding[] = [];
  const children = new Map<string, DraftFinding[]>();
  for (const finding of ordered) {
    const cause = roots.find((root) => isCause(root, finding));
    if (cause) children.set(cause.key, [...(children.get(cause.key) ?? []), { ...finding, causedBy: cause.key }]);
    else roots.push(finding);
  }
  return roots.flatMap((root) => [root, ...(children.get(root.key) ?? [])]);
}

/** The newest attempt that came to an end, if it failed, and more than a remark says why. */
function newestFailure({ sessions }: Endpoint, findings: readonly DraftFinding[]): Session | null {
  const finished = sessions.filter(({ state }) => state !== 'connecting');
  const newest = finished.sort((a, b) => newestStartMs(a) - newestStartMs(b)).at(-1);
  const isExplained = findings.some(
    ({ severity, sessions: keys }) => severity !== 'info' && keys.includes(newest?.key ?? ''),
  );
  return newest?.state === 'failed' && isExplained ? newest : null;
}

/** Whether all of these sessions were done with when the attempts of that one began: clients beside each other take turns. */
function isBefore({ sessions }: Endpoint, keys: readonly string[], next: Session): boolean {
  const own = sessions.filter(({ key }) => keys.includes(key));
  return own.every((session) => session !== next && newestStartMs(session) < next.startedMs);
}

/** From this rung on (transport, stability, lifecycle, advice) a warning says that the connection works all the same. */
const TRANSPORT_RUNG = 9;

/** Something that works all the same must not stand before what keeps the page from connecting, whatever its rung. */
function weightOf(finding: DraftFinding): number {
  if (finding.severity === 'info') return 2;
  return finding.severity === 'warning' && finding.rule.rung >= TRANSPORT_RUNG ? 1 : 0;
}

function isCause(root: DraftFinding, finding: DraftFinding): boolean {
  if (root.state !== finding.state || root.severity === 'info') return false;
  // A remark on the same rung (a missing header on an error page) belongs under the fault, not beside it.
  const isFirst = root.rule.rung < finding.rule.rung || root.rule.explains?.includes(finding.rule.id);
  const follows = finding.severity === 'info' || (finding.rule.isSymptom && !root.rule.isSymptom);
  if (!isFirst && !follows) return false;
  return weightOf(root) <= weightOf(finding) && finding.sessions.some((session) => root.sessions.includes(session));
}
