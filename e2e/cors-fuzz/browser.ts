import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarEntry } from '../../src/model/har.ts';
import { caseOfUrl, type FuzzCase } from './case.ts';

// Playwright reads it when it is loaded, and without it hides the page that DevTools itself is.
process.env.PW_CHROMIUM_ATTACH_TO_OTHER = '1';
const { chromium } = await import('playwright');
type Context = Awaited<ReturnType<typeof chromium.launchPersistentContext>>;
type Page = ReturnType<Context['pages']>[number];
type Frame = ReturnType<Page['frames']>[number];
type Session = Awaited<ReturnType<Context['newCDPSession']>>;

/** What Chromium itself says of a case. */
export interface Observation {
  /** Whether the page's promise was kept. */
  readable: boolean;
  netError: string | null;
  corsError: string | null;
  failedParameter: string | null;
}

export interface Observed {
  entries: HarEntry[];
  observations: Map<string, Observation>;
}

export interface Browser {
  run(pageUrl: string, cases: readonly FuzzCase[]): Promise<Observed>;
  close(): Promise<void>;
}

/** Starts Chromium, headless, with DevTools open and an extension that keeps what DevTools shows. `hostRules` as in `--host-resolver-rules`. */
export async function startBrowser(
  executablePath: string,
  hostRules: string,
  extraArgs: string[] = [],
): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'cors-fuzz-'));
  const recorder = join(import.meta.dirname, 'recorder');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions', '--enable-automation'],
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--auto-open-devtools-for-tabs',
      `--host-resolver-rules=${hostRules}`,
      `--load-extension=${recorder}`,
      `--disable-extensions-except=${recorder}`,
      ...extraArgs,
    ],
  });
  return {
    run: (pageUrl, cases) => runBatch(context, pageUrl, cases),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function runBatch(context: Context, pageUrl: string, cases: readonly FuzzCase[]): Promise<Observed> {
  const page = inspectedPage(context);
  await page.goto(pageUrl);
  const session = await context.newCDPSession(page);
  const observations = new Map(cases.map(({ id }) => [id, nothingSeen()]));
  listen(session, observations);
  await session.send('Network.enable');
  const recorder = await recorderFrame(context);
  for (const { id, readable } of await sendFromPage(page, cases)) {
    const observation = observations.get(id);
    if (observation) observation.readable = readable;
  }
  const entries = await settledEntries(recorder);
  await session.detach();
  return { entries, observations };
}

function nothingSeen(): Observation {
  return { readable: false, netError: null, corsError: null, failedParameter: null };
}

function listen(session: Session, observations: ReadonlyMap<string, Observation>): void {
  const observationOfRequest = new Map<string, Observation>();
  session.on('Network.requestWillBeSent', ({ requestId, request, type, initiator }) => {
    const observation = observations.get(caseOfUrl(request.url)?.id ?? '');
    if (observation && type !== 'Preflight' && initiator.type !== 'preflight')
      observationOfRequest.set(requestId, observation);
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus, type }) => {
    const observation = observationOfRequest.get(requestId);
    if (!observation || type === 'Preflight') return;
    observation.netError = errorText;
    observation.corsError = corsErrorStatus?.corsError ?? null;
    observation.failedParameter = corsErrorStatus?.failedParameter ?? null;
  });
}

/** DevTools lags behind the page: asks until two answers in a row are alike. */
async function settledEntries(recorder: Frame): Promise<HarEntry[]> {
  let before = '';
  for (;;) {
    const { entries } = await recorder.evaluate<{ entries: HarEntry[] }>('har()');
    const now = entries.map(({ response }) => `${response.status} ${response._error}`).join();
    if (now === before) return entries;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function inspectedPage(context: Context): Page {
  const page = context.pages().find((one) => !one.url().startsWith('devtools://'));
  if (!page) throw new Error('no page to inspect');
  return page;
}

async function recorderFrame(context: Context): Promise<Frame> {
  for (let tries = 0; tries < 100; tries += 1) {
    for (const frame of context.pages().flatMap((page) => page.frames())) {
      const isRecorder = /^chrome-extension:.*\/devtools\.html$/.test(frame.url());
      if (isRecorder && (await frame.evaluate('typeof har === "function"'))) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the recorder did not start: DevTools did not open');
}

async function sendFromPage(page: Page, cases: readonly FuzzCase[]): Promise<{ id: string; readable: boolean }[]> {
  const requests = cases.map(({ id, request, hops }) => ({ id, request, url: hops[0]?.url ?? '' }));
  // As text: a compiled function would bring the compiler's helpers, which the page lacks.
  return page.evaluate(`sendAll(${JSON.stringify(requests)})`);
}
