/** One fix, proven: real parties with the fault, the fix from the exported report in place of it, and a panel that falls silent. */
import { shapeName } from '../../src/fixes/shape.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { type LaunchOptions, launchChromium } from '../browser/chromium.ts';
import { reportWhen } from '../diagnosis.ts';
import { expect, type Tab } from '../fixtures.ts';
import type { Program } from '../lab/program.ts';
import type { ClientVersion, LabContext } from '../lab/scenario.ts';
import { type ClientEvent, settled } from '../witness.ts';
import { withRegion } from './region.ts';
import { openSite, readSource, type Site } from './site.ts';
import { SUBJECTS, type Surroundings, startSubject } from './subjects.ts';

export interface Proof {
  /** Root cause of the fault, and what its report has to call it. */
  rule: string;
  /** Id of the fix that is taken from the report. */
  fix: string;
  /** Tells apart the proofs of one fix. */
  variant?: string;
  /** The rule's named variant, where it has one. */
  detail?: string;
  /** Whose region is replaced; `page`: that of the page's own script; `page-headers`: of what it is served with. */
  subject: keyof typeof SUBJECTS | 'page' | 'page-headers';
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
  /** Where the subject listens while the fault is in it: the port, where that is not the one that the client asks. */
  listensAt?(at: At): number;
  /** The page is served over https. */
  isHttps?: true;
  /** A browser of its own: other extensions, or switches. */
  browser?(at: At): LaunchOptions;
  /** The subject is what the page comes from, too. */
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

/**
 * Proves one fix in the panel of `shared`, or of a browser of its own.
 * @throws when any step is not as it has to be
 */
export async function prove(shared: Tab, proof: Proof): Promise<Proven> {
  const site = await openSite(proof);
  try {
    const backends = (await proof.backends?.(site.lab)) ?? [];
    const port = isOfPage(proof) ? (backends[0] ?? 0) : await site.lab.freePort();
    const server = `http://localhost:${port}`;
    const at: At = { page: site.lab.page, port, backends, server };
    const tab = proof.browser ? await ownTab(site, proof.browser(at)) : shared;
    const url = `${proof.bringsPage ? server : site.lab.page}/proof/`;
    await fillPage(site, proof, at);

    const faulty = await startFaulty(site, proof, at);
    const finding = await expectFault(tab, url, proof);
    const fix = finding.fixes.find(({ id }) => id === proof.fix);
    if (!fix) throw new Error(`${proof.rule} offers ${finding.fixes.map(({ id }) => id).join(', ')}`);

    await tab.page.goto('about:blank');
    await apply(site, proof, fix.code, at, faulty);
    await expectCured(tab, url, proof);
    return { offered: finding.fixes.map(({ id }) => id), shape: shapeName(fix) };
  } finally {
    await shared.page.goto('about:blank');
    await site.close();
  }
}

async function ownTab(site: Site, options: LaunchOptions): Promise<Tab> {
  const chromium = await launchChromium(options);
  site.lab.atEnd(() => chromium.close());
  const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
  return { page, panel: await chromium.openPanel(page) };
}

function isOfPage({ subject }: Proof): boolean {
  return subject === 'page' || subject === 'page-headers';
}

async function startFaulty(site: Site, { subject, fault, listensAt }: Proof, at: At): Promise<Program | null> {
  if (subject === 'page' || subject === 'page-headers') return null;
  return startSubject(site.lab, SUBJECTS[subject], fault(at), at, listensAt?.(at));
}

/** The page's script and headers, with the fault where it is the page's own. */
async function fillPage(site: Site, { client = {}, subject, fault }: Proof, at: At): Promise<void> {
  const call = client.arguments?.(at) ?? JSON.stringify(at.server);
  const [script, headers] = await Promise.all([readSource('page/client.js'), readSource('page/headers.txt')]);
  site.plan.version = client.version ?? 4;
  site.plan.act = client.act ?? '';
  site.plan.script = withRegion(script, subject === 'page' ? fault(at) : `const socket = io(${call});`);
  site.plan.headers = withRegion(headers, subject === 'page-headers' ? fault(at) : '');
}

/** Puts the fix in place of the fault and starts anew, on the same port. */
async function apply(site: Site, proof: Proof, code: string, at: At, faulty: Program | null): Promise<void> {
  const { plan } = site;
  if (proof.subject === 'page') {
    plan.version = clientOf(code) ?? plan.version;
    plan.script = withRegion(plan.script, code);
  } else if (proof.subject === 'page-headers') plan.headers = withRegion(plan.headers, code);
  else {
    await faulty?.stop();
    const line = pageLine(code);
    if (line) plan.script = withRegion(plan.script, line);
    await startSubject(site.lab, SUBJECTS[proof.installs ?? proof.subject], code, at);
  }
}

/** The client that the fix says to install first. */
function clientOf(code: string): ClientVersion | null {
  const version = Number(/npm install socket\.io-client@(\d)/.exec(code)?.[1]);
  return version === 2 || version === 3 || version === 4 ? version : null;
}

/** What the fix says of the page's own code. */
function pageLine(code: string): string | null {
  return /^(?:\/\/|#) in the page: (.+)$/m.exec(code)?.[1] ?? null;
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
