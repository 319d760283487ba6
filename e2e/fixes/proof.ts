/** One fix, proven: real parties with the fault, the fix from the exported report in place of it, and a panel that falls silent. */
import { shapeName } from '../../src/fixes/shape.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { reportWhen } from '../diagnosis.ts';
import { expect, type Tab } from '../fixtures.ts';
import type { Program } from '../lab/program.ts';
import type { ClientVersion, LabContext } from '../lab/scenario.ts';
import { type ClientEvent, settled } from '../witness.ts';
import { withRegion } from './region.ts';
import { openSite, readSource, type Site } from './site.ts';
import { SUBJECTS, type Subject, type Surroundings, startSubject } from './subjects.ts';

export interface Proof {
  /** Root cause of the fault, and what its report has to call it. */
  rule: string;
  /** Id of the fix that is taken from the report. */
  fix: string;
  /** Tells apart the proofs of one fix. */
  variant?: string;
  /** The rule's named variant, where it has one. */
  detail?: string;
  /** Whose region is replaced; `page`: that of the page's own script. */
  subject: keyof typeof SUBJECTS | 'page';
  /** Who runs it afterwards, where the fix says to install another version first. */
  installs?: keyof typeof SUBJECTS;
  /** The region with the fault in it. */
  fault(at: At): string;
  /** Servers behind the subject, in order: their ports. For `page`: the server that it talks to. */
  backends?(lab: LabContext): Promise<number[]>;
  client?: {
    version?: ClientVersion;
    /** Arguments of `io`, as JavaScript. */
    arguments?: (at: At) => string;
    /** What the page does once it is connected. */
    act?: string;
  };
  /** The subject is what the page comes from, too; the fix then says what changes in the page. */
  bringsPage?: true;
  /** What the client speaks in the end. */
  transport?: 'polling' | 'websocket';
  /** It takes time by its nature: only in `npm run test:full`. */
  isSlow?: true;
}

export interface At extends Surroundings {
  /** Origin of the subject. */
  server: string;
}

/** What a proof has shown. */
export interface Proven {
  /** Ids of all fixes that the report offered. */
  offered: string[];
  /** Name of the shape of the text that was executed: src/fixes/shape.ts. */
  shape: string;
}

/** Proves one fix in the panel of `tab`. @throws when any step is not as it has to be */
export async function prove(tab: Tab, proof: Proof): Promise<Proven> {
  const site = await openSite();
  try {
    const backends = (await proof.backends?.(site.lab)) ?? [];
    const port = proof.subject === 'page' ? (backends[0] ?? 0) : await site.lab.freePort();
    const server = `http://localhost:${port}`;
    const at: At = { page: site.lab.page, port, backends, server };
    const url = `${proof.bringsPage ? server : site.lab.page}/proof/`;
    await fillPage(site, proof, at);

    const faulty = proof.subject === 'page' ? null : await start(site, SUBJECTS[proof.subject], proof.fault(at), at);
    const finding = await expectFault(tab, url, proof);
    const fix = finding.fixes.find(({ id }) => id === proof.fix);
    if (!fix) throw new Error(`${proof.rule} offers ${finding.fixes.map(({ id }) => id).join(', ')}`);

    await tab.page.goto('about:blank');
    await apply(site, proof, fix.code, at, faulty);
    await expectCured(tab, url, proof);
    return { offered: finding.fixes.map(({ id }) => id), shape: shapeName(fix) };
  } finally {
    await tab.page.goto('about:blank');
    await site.close();
  }
}

function start(site: Site, subject: Subject, text: string, at: At): Promise<Program> {
  return startSubject(site.lab, subject, text, at);
}

/** The page's script, with the fault in it where it is the page's own. */
async function fillPage(site: Site, { client = {}, subject, fault }: Proof, at: At): Promise<void> {
  const source = await readSource('page/client.js');
  const call = client.arguments?.(at) ?? JSON.stringify(at.server);
  site.plan.version = client.version ?? 4;
  site.plan.act = client.act ?? '';
  site.plan.script = withRegion(source, subject === 'page' ? fault(at) : `const socket = io(${call});`);
}

/** Puts the fix in place of the fault and starts anew, on the same port. */
async function apply(site: Site, proof: Proof, code: string, at: At, faulty: Program | null): Promise<void> {
  if (proof.subject === 'page' || !faulty) {
    site.plan.script = withRegion(site.plan.script, code);
    return;
  }
  await faulty.stop();
  if (proof.bringsPage) site.plan.script = withRegion(site.plan.script, pageLine(code));
  await start(site, SUBJECTS[proof.installs ?? proof.subject], code, at);
}

/** What the fix says of the page's own code. @throws when it says nothing */
function pageLine(code: string): string {
  const line = /^(?:\/\/|#) in the page: (.+)$/m.exec(code)?.[1];
  if (!line) throw new Error('The fix says nothing of the page');
  return line;
}

async function expectFault(tab: Tab, place: string, { rule, detail, fix }: Proof): Promise<ReportFinding> {
  const url = `${place}?faulty`;
  await open(tab, url);
  const rootOf = ({ findings }: Report) => findings.find((each) => each.rule === rule && each.causedBy === null);
  // What a preflight kept back is told a moment later, and may decide which fixes are enough.
  const report = await reportWhen(
    tab.panel,
    (each) =>
      isOf(each, url) && each.summary.rootCause === rule && rootOf(each)?.fixes.some(({ id }) => id === fix) === true,
  );
  const finding = rootOf(report);
  expect(report.summary.rootCause, told(report)).toBe(rule);
  if (!finding) throw new Error('unreachable');
  if (detail) expect(finding.detail).toBe(detail);
  return finding;
}

/** Connected, and nothing worse than a remark, on any rung. */
async function expectCured(tab: Tab, place: string, { transport = 'websocket' }: Proof): Promise<void> {
  const url = `${place}?fixed`;
  const events = await open(tab, url);
  expect(events.filter(({ event }) => event === 'connect_error' || event === 'disconnect')).toEqual([]);
  expect(events.findLast(({ event }) => event === 'transport')?.text).toBe(transport);
  const report = await reportWhen(
    tab.panel,
    (each) => isOf(each, url) && each.summary.status === 'healthy' && each.sessions.at(-1)?.transport === transport,
  );
  const alarms = report.findings.filter(({ severity }) => severity !== 'info');
  expect(alarms.map(({ rule, title }) => `${rule}: ${title}`)).toEqual([]);
  expect(report.summary.status, told(report)).toBe('healthy');
  expect(report.sessions.at(-1)?.transport).toBe(transport);
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
