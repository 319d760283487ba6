/** What the panel has to say of a page with the fault, and of the same page with the fix. */
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { reportWhen } from '../diagnosis.ts';
import { expect, type Tab } from '../fixtures.ts';
import { type ClientEvent, settled } from '../witness.ts';
import type { Proof } from './proof.ts';

/** The finding that the proof is about, from the exported report. @throws when the report calls the fault something else */
export async function expectFault(tab: Tab, place: string, proof: Proof): Promise<ReportFinding> {
  const { rule, detail, fix, rootCause = rule } = proof;
  const url = `${place}?faulty`;
  await open(tab, url);
  const findingOf = ({ findings }: Report) =>
    findings.find((each) => each.rule === rule && (each.causedBy === null || rootCause !== rule));
  // What a preflight kept back is told a moment later, and may decide which fixes are enough.
  const report = await reportWhen(
    tab.panel,
    (each) =>
      isOf(each, url) &&
      each.summary.rootCause === rootCause &&
      findingOf(each)?.fixes.some(({ id }) => id === fix) === true,
  );
  const finding = findingOf(report);
  expect(report.summary.rootCause, told(report)).toBe(rootCause);
  if (!finding) throw new Error(`No ${rule}: ${told(report)}`);
  if (detail) expect(finding.detail).toBe(detail);
  return finding;
}

/** Connected, and nothing worse than a remark, on any rung. @throws when that is not so */
export async function expectCured(tab: Tab, place: string, proof: Proof): Promise<void> {
  const { transport = 'websocket', comesBack = false, tellsOfLoss = false, rule, rootCause, sessions } = proof;
  const url = `${place}?fixed`;
  const statuses = comesBack ? ['healthy', 'recovered'] : ['healthy'];
  const events = await open(tab, url);
  const isBad = ({ event }: ClientEvent) => !comesBack && (event === 'connect_error' || event === 'disconnect');
  expect(events.filter(isBad)).toEqual([]);
  expect(events.findLast(({ event }) => event === 'transport')?.text).toBe(transport);
  const report = await reportWhen(
    tab.panel,
    (each) =>
      isOf(each, url) && statuses.includes(each.summary.status) && each.sessions.at(-1)?.transport === transport,
  );
  const isAlarm = ({ severity, state }: ReportFinding) => severity !== 'info' && !(comesBack && state === 'resolved');
  const isGone = (rootCause !== undefined || comesBack) && !tellsOfLoss;
  const alarms = report.findings.filter((each) => isAlarm(each) || (isGone && each.rule === rule));
  expect(alarms.map(({ rule: id, title }) => `${id}: ${title}`)).toEqual([]);
  expect(statuses, told(report)).toContain(report.summary.status);
  expect(report.sessions.at(-1)?.transport).toBe(transport);
  if (sessions !== undefined) expect(report.sessions).toHaveLength(sessions);
}

async function open({ page }: Tab, url: string): Promise<ClientEvent[]> {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(url);
  return settled(page);
}

function isOf({ page, summary }: Report, url: string): boolean {
  return page?.url === url && summary.status !== 'idle';
}

function told({ page, summary, findings }: Report): string {
  return `${page?.url} ${summary.status}: ${findings.map(({ rule, state }) => `${rule} (${state})`).join(', ')}`;
}
