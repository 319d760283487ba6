import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarEntry } from '../../src/model/har.ts';
import type { FuzzCase } from './case.ts';
import { caseOfUrl } from './case.ts';

// Playwright reads it when it is loaded, and without it hides the page that DevTools itself is.
process.env.PW_CHROMIUM_ATTACH_TO_OTHER = '1';
const { chromium } = await import('playwright');
type Context = Awaited<ReturnType<typeof chromium.launchPersistentContext>>;
type Page = ReturnType<Context['pages']>[number];

/** What Chromium itself says of a case: the verdict to be met. */
export interface Truth {
  /** Whether the page's promise was kept. */
  readable: boolean;
  netError: string | null;
  corsError: string | null;
  failedParameter: string | null;
}

export interface Observed {
  entries: HarEntry[];
  truths: Map<string, Truth>;
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
  const truths = new Map<string, Truth>();
  const session = await context.newCDPSession(page);
  const caseOfRequest = new Map<string, string>();
  const truthOf = (id: string) => {
    const truth = truths.get(id) ?? { readable: false, netError: null, corsError: null, failedParameter: null };
    truths.set(id, truth);
    return truth;
  };
  // A preflight that is redirected is announced once more, and then no longer as a preflight.
  const preflights = new Set<string>();
  session.on('Network.requestWillBeSent', ({ type, requestId, request }) => {
    if (type === 'Preflight') preflights.add(requestId);
    const found = caseOfUrl(request.url);
    if (found && !preflights.has(requestId)) caseOfRequest.set(requestId, found.id);
  });
  session.on('Network.loadingFailed', (event) => {
    const id = caseOfRequest.get(event.requestId);
    if (id === undefined) return;
    const truth = truthOf(id);
    truth.netError = event.errorText;
    truth.corsError = event.corsErrorStatus?.corsError ?? null;
    truth.failedParameter = event.corsErrorStatus?.failedParameter ?? null;
  });
  await session.send('Network.enable');
  const recorder = await recorderFrame(context);
  await recorder.evaluate('takeFinished()');
  const outcomes = await sendFromPage(page, cases.map(toSend));
  for (const { id, readable } of outcomes) truthOf(id).readable = readable;
  await page.waitForTimeout(400);
  const entries = (await recorder.evaluate('har()')) as { entries: HarEntry[] };
  await session.detach();
  return { entries: entries.entries, truths };
}

function inspectedPage(context: Context): Page {
  const page = context.pages().find((one) => !one.url().startsWith('devtools://'));
  if (!page) throw new Error('no page to inspect');
  return page;
}

async function recorderFrame(context: Context) {
  for (let tries = 0; tries < 100; tries += 1) {
    for (const page of context.pages()) {
      const frame = page
        .frames()
        .find((one) => one.url().startsWith('chrome-extension://') && one.url().endsWith('/devtools.html'));
      if (frame && (await frame.evaluate('typeof takeFinished === "function"'))) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the recorder did not start: DevTools did not open');
}

interface Sending {
  id: string;
  url: string;
  request: FuzzCase['request'];
}

function toSend(one: FuzzCase): Sending {
  return { id: one.id, url: one.hops[0]?.url ?? '', request: one.request };
}

async function sendFromPage(page: Page, cases: Sending[]): Promise<{ id: string; readable: boolean }[]> {
  // As text: a compiled function would bring the compiler's helpers, which the page lacks.
  return page.evaluate(`sendAll(${JSON.stringify(cases)})`);
}
