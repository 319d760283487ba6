/** One fix, proven: real parties with the fault, the fix from the exported report in place of it, and a panel that falls silent. */
import { shapeName } from '../../src/fixes/shape.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { reportWhen } from '../diagnosis.ts';
import { expect, type Tab } from '../fixtures.ts';
import type { ClientVersion, LabContext } from '../lab/scenario.ts';
import { type ClientEvent, settled } from '../witness.ts';
import { bundleApp } from './react-app.ts';
import { withRegion } from './region.ts';
import { openSite, readSource, type Site } from './site.ts';
import { SUBJECTS, type Surroundings, startSubject } from './subjects.ts';

/** The page's own code, as one of its files. */
type PageSubject = 'page' | 'react' | 'service-worker';

export interface Proof {
  /** Root cause of the fault, and what its report has to call it. */
  rule: string;
  /** Id of the fix that is taken from the report. */
  fix: string;
  /** Tells apart the proofs of one fix. */
  variant?: string;
  /** The rule's named variant, where it has one. */
  detail?: string;
  /**
   * Whose region is replaced; `page`: that of the page's own script, `react`, `service-worker`: those of a React
   * application's hook and of the page's service worker.
   */
  subject: keyof typeof SUBJECTS | PageSubject;
  /** Who runs it afterwards, where the fix says to install another version first. */
  installs?: keyof typeof SUBJECTS;
  /** The region with the fault in it. */
  fault(at: At): string;
  /** Servers behind the subject, in order: their ports. For `page` and `react`: the server that it talks to. */
  backends?(lab: LabContext): Promise<number[]>;
  client?: {
    version?: ClientVersion;
    /** Arguments of `io`, as JavaScript. */
    arguments?: (at: At) => string;
    /** What the page does once it is connected. */
    act?: string | ((at: At) => string);
    /** The page's script; without it `client.js`. */
    source?: 'busy.js';
    /** What it does first. */
    before?: (at: At) => string;
    /** ms after which the page of the fault counts as settled, although it still waits for something. */
    waitsMs?: number;
  };
  /** What stands before the subject, which then runs twice: its port. */
  front?(lab: LabContext, ports: number[]): Promise<number>;
  /** The subject is what the page comes from, too; the fix then says what changes in the page. */
  bringsPage?: true;
  /** The fix says what changes in the page, too. */
  changesPage?: true;
  /** Third parties' cookies are blocked by the browser. */
  blocksCookies?: true;
  /** What the client speaks in the end. */
  transport?: 'polling' | 'websocket';
  /** What the report calls the root cause, where that is another rule, or none: the rule of a remark or a hint stands beside it. */
  rootCause?: string | null;
  /** The connection is lost by its nature, and made again: nothing is wrong any more in the end. */
  comesBack?: true;
  /** The subject speaks TLS. */
  isHttps?: true;
  /** Page and server are of different sites. */
  isCrossSite?: true;
  /** So many connections the page has in the end, where one proof is about their number. */
  sessions?: number;
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
  const cookies = await tab.page.context().newCDPSession(tab.page);
  try {
    if (proof.blocksCookies) await cookies.send('Network.setCookieControls', CONTROLS(true));
    const backends = (await proof.backends?.(site.lab)) ?? [];
    const { port, ports } = await portsOf(proof, site, backends);
    const server = `${proof.isHttps ? 'https' : 'http'}://${proof.isCrossSite ? '127.0.0.1' : 'localhost'}:${port}`;
    const at: At = { page: site.lab.page, port, backends, server };
    const url = `${proof.bringsPage ? server : site.lab.page}/proof/`;
    await fillPage(site, proof, at);

    const run = (name: keyof typeof SUBJECTS, text: string) =>
      Promise.all(ports.map((each) => startSubject(site.lab, SUBJECTS[name], text, { ...at, port: each })));
    let programs = isPages(proof.subject) ? [] : await run(proof.subject, proof.fault(at));
    site.plan.event = async () => programs[0]?.stop();
    const finding = await expectFault(tab, url, proof);
    const fix = finding.fixes.find(({ id }) => id === proof.fix);
    if (!fix) throw new Error(`${proof.rule} offers ${finding.fixes.map(({ id }) => id).join(', ')}`);

    await tab.page.goto('about:blank');
    // Puts the fix in place of the fault and starts anew, on the same port.
    await Promise.all(programs.map((program) => program.stop()));
    await changePage(site, proof, fix.code);
    if (!isPages(proof.subject)) programs = await run(proof.installs ?? proof.subject, fix.code);
    await expectCured(tab, url, proof);
    return { offered: finding.fixes.map(({ id }) => id), shape: shapeName(fix) };
  } finally {
    if (proof.blocksCookies) await cookies.send('Network.setCookieControls', CONTROLS(false));
    await cookies.detach();
    if (proof.subject === 'service-worker') await tab.page.evaluate(forgetWorkers);
    await tab.page.goto('about:blank');
    await site.close();
  }
}

/** A worker would outlive its proof, and its port may be another's. */
async function forgetWorkers(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

/** Whether the browser keeps third parties' cookies back, and makes no exceptions. */
const CONTROLS = (isOn: boolean) => ({
  enableThirdPartyCookieRestriction: isOn,
  disableThirdPartyCookieMetadata: isOn,
  disableThirdPartyCookieHeuristics: isOn,
});

/** Where the page connects to, and where the subject listens. */
async function portsOf(proof: Proof, { lab }: Site, [backend = 0]: number[]) {
  if (isPages(proof.subject)) return { port: backend, ports: [] };
  if (!proof.front) {
    const port = await lab.freePort();
    return { port, ports: [port] };
  }
  const ports = [await lab.freePort(), await lab.freePort()];
  return { port: await proof.front(lab, ports), ports };
}

/** Whether the fault is in the page's own code. */
function isPages(subject: Proof['subject']): subject is PageSubject {
  return subject === 'page' || subject === 'react' || subject === 'service-worker';
}

/** The page's script, with the fault in it where it is the page's own. */
async function fillPage(site: Site, { client = {}, subject, fault }: Proof, at: At): Promise<void> {
  const source = await readSource(`page/${client.source ?? 'client.js'}`);
  const call = client.arguments?.(at) ?? JSON.stringify(at.server);
  site.plan.version = client.version ?? 4;
  site.plan.act = typeof client.act === 'function' ? client.act(at) : (client.act ?? '');
  site.plan.before = client.before?.(at) ?? '';
  site.plan.worker = await workerWith(subject === 'service-worker' ? fault(at) : '');
  site.plan.waitsMs = client.waitsMs ?? site.plan.waitsMs;
  site.plan.server = at.server;
  site.plan.isApp = subject === 'react';
  if (site.plan.isApp) site.plan.script = await bundleApp(fault(at));
  else site.plan.script = withRegion(source, subject === 'page' ? fault(at) : `const socket = io(${call});`);
}

async function workerWith(text: string): Promise<string> {
  return withRegion(await readSource('page/service-worker.js'), text);
}

async function changePage({ plan }: Site, proof: Proof, code: string): Promise<void> {
  if (proof.subject === 'react') plan.script = await bundleApp(code);
  else if (proof.subject === 'service-worker') plan.worker = await workerWith(code);
  else if (proof.subject === 'page') plan.script = withRegion(plan.script, code);
  else if (proof.bringsPage || proof.changesPage) plan.script = withRegion(plan.script, pageLine(code));
}

/** What the fix says of the page's own code. @throws when it says nothing */
function pageLine(code: string): string {
  const line = /^(?:\/\/|#) in the page: (.+)$/m.exec(code)?.[1];
  if (!line) throw new Error('The fix says nothing of the page');
  return line;
}

async function expectFault(tab: Tab, place: string, proof: Proof): Promise<ReportFinding> {
  const { rule, detail, fix, rootCause = rule } = proof;
  const url = `${place}?faulty`;
  await open(tab, url);
  const rootOf = ({ findings }: Report) =>
    findings.find((each) => each.rule === rule && (each.causedBy === null || rootCause !== rule));
  const isCause = ({ summary }: Report) => summary.rootCause === rootCause;
  // What a preflight kept back is told a moment later, and may decide which fixes are enough.
  const report = await reportWhen(
    tab.panel,
    (each) => isOf(each, url) && isCause(each) && rootOf(each)?.fixes.some(({ id }) => id === fix) === true,
  );
  const finding = rootOf(report);
  expect(report.summary.rootCause, told(report)).toBe(rootCause);
  if (!finding) throw new Error('unreachable');
  if (detail) expect(finding.detail).toBe(detail);
  return finding;
}

/** Connected, and nothing worse than a remark, on any rung. */
async function expectCured(tab: Tab, place: string, proof: Proof): Promise<void> {
  const { transport = 'websocket', comesBack = false, rule } = proof;
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
  const alarms = report.findings.filter(
    (each) => isAlarm(each) || (proof.rootCause !== undefined && each.rule === rule),
  );
  expect(alarms.map(({ rule: id, title }) => `${id}: ${title}`)).toEqual([]);
  expect(statuses, told(report)).toContain(report.summary.status);
  expect(report.sessions.at(-1)?.transport).toBe(transport);
  if (proof.sessions !== undefined) expect(report.sessions).toHaveLength(proof.sessions);
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
