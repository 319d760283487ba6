/** One scenario, live: the panel's diagnosis against what independent witnesses say. */
import type { Report } from '../src/model/report.ts';
import { WRITERS } from '../src/report/write-report.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, type Tab } from './fixtures.ts';
import { reopened } from './importer.ts';
import type { Lab } from './lab/lab.ts';
import type { Scenario, Truth } from './lab/scenario.ts';
import { settled, testimony, watchCors } from './witness.ts';

/** Visits the scenario's page in the tab, and expects of everybody what the scenario expects. `url`: where the page is. */
export async function expectAsDeclared(lab: Lab, tab: Tab, scenario: Scenario, url = lab.url(scenario.id)) {
  const { page, panel } = tab;
  await page.goto('about:blank');
  const witness = await watchCors(page);
  // Another test's page may have left this server in the middle of a request: what it said of that is not about this page.
  const running = await lab.start(scenario.id);
  const earlier = running.serverErrors.length;
  await page.goto(url);
  const events = await settled(page);

  const truth = scenario.truth({ page: lab.origin });
  const { clientError, ...rest } = truth;
  const told = testimony(events, { ...running, serverErrors: running.serverErrors.slice(earlier) }, witness);
  expect(told).toMatchObject(rest);
  expect([clientError].flat()).toContain(told.clientError);

  await expectOnScreen(tab, scenario);
  const report = await reportWhen(panel, (candidate) => hasCaughtUp(candidate, page.url(), truth, scenario));
  expect(report.page?.url).toBe(page.url());
  expect(report.summary.rootCause).toBe(scenario.expected.rootCause);
  expect([scenario.expected.status].flat()).toContain(report.summary.status);
  expectFindings(report, scenario);
  if (scenario.group === 'healthy') await expectNoAlarm(tab, report);
  expectSessions(report, truth);
  expectCors(report, truth);
  await expectSameAgain(report);
}

/** The report as HTML, opened again and saved again, says the same. What the panel saves as HTML is written by the same writer. */
async function expectSameAgain(report: Report): Promise<void> {
  const again = await reopened(WRITERS.html.write(report), 'report.html');
  expect({ ...again, createdAt: report.createdAt }).toEqual(report);
}

/** Without a click: the finding to fix first is the first article of the details, or there is none worse than info. */
async function expectOnScreen({ panel }: Tab, { expected }: Scenario): Promise<void> {
  const articles = panel.frame.getByRole('region', { name: 'Details', exact: true }).getByRole('article');
  if (expected.rootCause) await expect(articles.first()).toHaveAttribute('data-rule', expected.rootCause);
  else await expect(panel.frame.getByRole('region', { name: 'Overview' })).toContainText(/Connected|worked/);
}

/** A healthy connection has no finding on screen, or nothing worse than info. */
async function expectNoAlarm({ panel }: Tab, { findings }: Report): Promise<void> {
  const articles = panel.frame.getByRole('region', { name: 'Details', exact: true }).getByRole('article');
  await expect(articles).toHaveCount(findings.filter(({ severity }) => severity === 'info').length);
}

/** Whether the panel has seen all that the client did; an open WebSocket, and with it the end of a session, is seen last. */
function hasCaughtUp(report: Report, url: string, { transport }: Truth, { expected }: Scenario): boolean {
  const { page, summary, sessions } = report;
  if (page?.url !== url || summary.status === 'idle') return false;
  const isThere = transport === undefined || sessions.at(-1)?.transport === transport;
  return (
    isThere &&
    saysAll(expected.also, rulesThatAre('active', report)) &&
    saysAll(expected.resolved, rulesThatAre('resolved', report))
  );
}

function rulesThatAre(state: 'active' | 'resolved', { findings }: Report): string[] {
  return findings.filter((finding) => finding.state === state).map(({ rule }) => rule);
}

function saysAll(expected: readonly string[] = [], said: string[]): boolean {
  return expected.every((rule) => said.includes(rule));
}

function expectFindings(report: Report, { expected }: Scenario): void {
  const alarms = report.findings.filter(({ severity }) => severity !== 'info');
  const active = alarms.filter(({ state }) => state === (expected.state ?? 'active'));
  if (expected.rootCause === null) expect(active.map(({ rule }) => rule)).toEqual([]);
  else expect(active[0]).toMatchObject({ rule: expected.rootCause, causedBy: null });
  if (expected.detail) expect(active[0]?.detail).toBe(expected.detail);
  expect(rulesThatAre('active', report)).toEqual(expect.arrayContaining([...(expected.also ?? [])]));
  expect(rulesThatAre('resolved', report)).toEqual(expect.arrayContaining([...(expected.resolved ?? [])]));
}

function expectSessions({ sessions }: Report, { clientError, transport }: Truth): void {
  const errors = new Set(sessions.map((session) => session.clientError).filter((error) => error !== null));
  if (Array.isArray(clientError)) expect(clientError).toEqual(expect.arrayContaining([...errors]));
  else expect([...errors]).toEqual(clientError === null ? [] : [clientError]);
  if (transport !== undefined) expect(sessions.at(-1)?.transport).toBe(transport);
}

/** The verdict is Chromium's own; where the record leaves several answers open, Chromium's is among them. */
function expectCors({ exchanges }: Report, { corsError }: Truth): void {
  const failures = exchanges.flatMap(({ cors }) => (cors.verdict === 'fail' ? [cors] : cors.candidates));
  const refusals = failures.filter(({ error }) => error !== null);
  const parameter = corsError?.parameter || null;
  if (corsError === null) expect(refusals).toEqual([]);
  else expect(refusals).toContainEqual(expect.objectContaining({ error: corsError.error, parameter }));
}
