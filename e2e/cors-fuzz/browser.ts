import type { CDPSession, Page } from 'playwright';
import type { Report } from '../../src/model/report.ts';
import { launchChromium, type Panel } from '../browser/chromium.ts';
import { exportJson } from '../diagnosis.ts';
import { caseOfUrl, type FuzzCase } from './case.ts';

/** What Chromium itself says of a case. */
export interface Observation {
  /** Whether the page's promise was kept. */
  readable: boolean;
  corsError: string | null;
  failedParameter: string | null;
}

export interface Observed {
  /** What the extension made of it, as its own export says. */
  report: Report;
  observations: Map<string, Observation>;
}

export interface Browser {
  run(pageUrl: string, cases: readonly FuzzCase[]): Promise<Observed>;
  close(): Promise<void>;
}

/** Starts Chromium, headless, with the extension loaded and DevTools open on its panel. `hostRules` as in `--host-resolver-rules`. */
export async function startBrowser(hostRules: string): Promise<Browser> {
  const chromium = await launchChromium({ switches: [`--host-resolver-rules=${hostRules}`] });
  const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
  const panel = await chromium.openPanel(page);
  return {
    run: (pageUrl, cases) => runBatch(page, panel, pageUrl, cases),
    close: chromium.close,
  };
}

async function runBatch(page: Page, panel: Panel, pageUrl: string, cases: readonly FuzzCase[]): Promise<Observed> {
  await page.goto(pageUrl);
  const session = await page.context().newCDPSession(page);
  const observations = new Map(cases.map(({ id }) => [id, nothingSeen()]));
  listen(session, observations);
  await session.send('Network.enable');
  for (const { id, readable } of await sendFromPage(page, cases)) {
    const observation = observations.get(id);
    if (observation) observation.readable = readable;
  }
  const report = await settledReport(panel);
  await session.detach();
  return { report, observations };
}

function nothingSeen(): Observation {
  return { readable: false, corsError: null, failedParameter: null };
}

function listen(session: CDPSession, observations: ReadonlyMap<string, Observation>): void {
  const observationOfRequest = new Map<string, Observation>();
  session.on('Network.requestWillBeSent', ({ requestId, request, type, initiator }) => {
    const observation = observations.get(caseOfUrl(request.url)?.id ?? '');
    if (observation && type !== 'Preflight' && initiator.type !== 'preflight')
      observationOfRequest.set(requestId, observation);
  });
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus, type }) => {
    const observation = observationOfRequest.get(requestId);
    if (!observation || type === 'Preflight') return;
    observation.corsError = corsErrorStatus?.corsError ?? null;
    observation.failedParameter = corsErrorStatus?.failedParameter ?? null;
  });
}

/** DevTools lags behind the page, and the panel looks again after that: three exports in a row have to be alike. */
async function settledReport(panel: Panel): Promise<Report> {
  let alike = 0;
  let before = '';
  for (;;) {
    const report = await exportJson(panel);
    const now = report.exchanges.map(({ url, status, error }) => `${url} ${status} ${error}`).join('\n');
    alike = now === before ? alike + 1 : 0;
    if (alike === 2) return report;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function sendFromPage(page: Page, cases: readonly FuzzCase[]): Promise<{ id: string; readable: boolean }[]> {
  const requests = cases.map(({ id, request, hops }) => ({ id, request, url: hops[0]?.url ?? '' }));
  // As text: a compiled function would bring the compiler's helpers, which the page lacks.
  return page.evaluate(`sendAll(${JSON.stringify(requests)})`);
}
