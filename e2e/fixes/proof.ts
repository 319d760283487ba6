/** One fix, proven: real parties with the fault, the fix from the exported report in place of it, and a panel that falls silent. */
import { shapeName } from '../../src/fixes/shape.ts';
import { type LaunchOptions, launchChromium } from '../browser/chromium.ts';
import { expect, type Tab } from '../fixtures.ts';
import type { Program } from '../lab/program.ts';
import type { ClientVersion, LabContext } from '../lab/scenario.ts';
import { changePage, fillPage, isOfPage, type PageSubject } from './page.ts';
import { openSite, type Site } from './site.ts';
import { askAsStranger } from './stranger.ts';
import { SUBJECTS, type Surroundings, startSubject } from './subjects.ts';
import { expectCured, expectFault } from './verdicts.ts';

export interface Proof {
  /** What the report has to call the fault. */
  rule: string;
  /** Id of the fix that is taken from the report. */
  fix: string;
  /** Tells apart the proofs of one fix. */
  variant?: string;
  /** The rule's named variant, where it has one. */
  detail?: string;
  /** What the report calls the root cause, where that is another rule, or none: the rule of a remark or a hint stands beside it. */
  rootCause?: string | null;
  /** Whose region is replaced. */
  subject: keyof typeof SUBJECTS | PageSubject;
  /** Who runs it afterwards, where the fix says to install another version first. */
  installs?: keyof typeof SUBJECTS;
  /** The region with the fault in it. */
  fault(at: At): string;
  /** What of the region is the user's own, and stays behind it: text after the source's last line. */
  keeps?: string;
  /** Where the subject listens while the fault is in it: the port, where that is not the one that the client asks. */
  listensAt?(at: At): number;
  /** Servers behind the subject, in order: their ports. For a page's own code: the server that it talks to. @param port the subject's */
  backends?(lab: LabContext, port: number): Promise<number[]>;
  /** A proxy before the subject, which stays as it is. Resolves to its address. @param port the subject's */
  front?(lab: LabContext, port: number): Promise<string>;
  /** The same before two of the subject. Resolves to its port. */
  balancer?(lab: LabContext, ports: number[]): Promise<number>;
  /** The subject speaks TLS. */
  isHttps?: true;
  /** The page is served over https. */
  hasHttpsPage?: true;
  /** Page and server are of different sites. */
  isCrossSite?: true;
  /** The subject is what the page comes from, too. */
  bringsPage?: true;
  client?: ProofClient;
  /** A browser of its own: other extensions, or switches. */
  browser?(at: At): LaunchOptions;
  /** Third parties' cookies are blocked by the browser. */
  blocksCookies?: true;
  /** Anybody's WebSocket gets in at first, and nobody else's in the end. */
  keepsStrangersOut?: true;
  /** The connection is lost by its nature, and made again: nothing is wrong any more in the end. */
  comesBack?: true;
  /** Which the rule is about: it tells of the loss once more, and that it is over. Of other rules nothing is left then. */
  tellsOfLoss?: true;
  /** So many connections the page has in the end, where one proof is about their number. */
  sessions?: number;
  /** What the client speaks in the end. */
  transport?: 'polling' | 'websocket';
  /** It takes time by its nature, or a party that other runs do not install: only in `npm run test:full`. */
  isSlow?: true;
}

export interface ProofClient {
  version?: ClientVersion;
  /** Arguments of `io`, as JavaScript. */
  arguments?: (at: At) => string;
  /** What the page does once it is connected. */
  act?: string | ((at: At) => string);
  /** What it does first. */
  before?: (at: At) => string;
  /** ms after which the page of the fault counts as settled, although it still waits for something. */
  waitsMs?: number;
  /** Until the fix, the page has no origin: what else has to be done says the finding. */
  isSandboxed?: true;
}

export interface At extends Surroundings {
  /** Origin that the client asks: the subject's, or that of what stands before it. */
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
  const site = await openSite({ isHttps: proof.hasHttpsPage });
  const forgetsCookies = proof.blocksCookies ? await blockCookies(shared) : null;
  try {
    const { at, ports } = await surroundings(site, proof);
    const tab = proof.browser ? await ownTab(site, proof.browser(at)) : shared;
    const url = `${proof.bringsPage ? at.server : at.page}/proof/`;
    await fillPage(site.plan, proof, at);

    let programs = await run(site, proof, { text: proof.fault(at), at, ports, isFaulty: true });
    site.plan.event = async () => programs[0]?.stop();
    if (proof.keepsStrangersOut) expect(await askAsStranger(at.server)).toBe(101);
    const finding = await expectFault(tab, url, proof);
    const fix = finding.fixes.find(({ id }) => id === proof.fix);
    if (!fix) throw new Error(`${proof.rule} offers ${finding.fixes.map(({ id }) => id).join(', ')}`);

    await tab.page.goto('about:blank');
    await Promise.all(programs.map((program) => program.stop()));
    await changePage(site.plan, proof, fix.code);
    programs = await run(site, proof, { text: fix.code, at, ports, isFaulty: false });
    await expectCured(tab, url, proof);
    if (proof.keepsStrangersOut) expect(await askAsStranger(at.server)).toBeGreaterThanOrEqual(400);
    return { offered: finding.fixes.map(({ id }) => id), shape: shapeName(fix) };
  } finally {
    await forgetsCookies?.();
    if (proof.subject === 'service-worker') await shared.page.evaluate(forgetWorkers);
    await shared.page.goto('about:blank');
    await site.close();
  }
}

/** Where everybody is; and the ports that the subject itself listens on. */
async function surroundings({ lab }: Site, proof: Proof): Promise<{ at: At; ports: number[] }> {
  const { backends: start, front, balancer, subject, isHttps, isCrossSite } = proof;
  const own = isOfPage(subject) ? 0 : await lab.freePort();
  const backends = (await start?.(lab, own)) ?? [];
  const ports = own === 0 ? [] : balancer ? [own, await lab.freePort()] : [own];
  const port = (await balancer?.(lab, ports)) ?? (own || (backends[0] ?? 0));
  const origin = `${isHttps ? 'https' : 'http'}://${isCrossSite ? '127.0.0.1' : 'localhost'}:${port}`;
  return { at: { page: lab.page, port, backends, server: (await front?.(lab, port)) ?? origin }, ports };
}

interface Run {
  text: string;
  at: At;
  ports: number[];
  isFaulty: boolean;
}

/** Starts the subject with a text in its region, once for each port; nothing where the page is the subject. */
function run({ lab }: Site, proof: Proof, { text, at, ports, isFaulty }: Run): Promise<Program[]> {
  const { subject, installs, keeps, listensAt } = proof;
  if (isOfPage(subject)) return Promise.resolve([]);
  const party = SUBJECTS[isFaulty ? subject : (installs ?? subject)];
  return Promise.all(
    ports.map((port) => {
      const place = { ...at, port };
      return startSubject(lab, party, text, place, { keeps, listensAt: isFaulty ? listensAt?.(at) : undefined });
    }),
  );
}

async function ownTab(site: Site, options: LaunchOptions): Promise<Tab> {
  const chromium = await launchChromium(options);
  site.lab.atEnd(() => chromium.close());
  const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
  return { page, panel: await chromium.openPanel(page) };
}

/** Makes the browser keep third parties' cookies back, without exceptions. Resolves to what takes that back. */
async function blockCookies({ page }: Tab): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const set = (isOn: boolean) => session.send('Network.setCookieControls', cookieControls(isOn));
  await set(true);
  return async () => {
    await set(false);
    await session.detach();
  };
}

/** Without the exceptions that Chromium makes: older names of them, too. */
const cookieControls = (isOn: boolean) => ({
  enableThirdPartyCookieRestriction: isOn,
  disableThirdPartyCookieMetadata: isOn,
  disableThirdPartyCookieHeuristics: isOn,
});

/** A worker would outlive its proof, and its port may be another's. */
async function forgetWorkers(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}
