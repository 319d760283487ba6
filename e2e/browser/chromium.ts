/** Drives a real Chromium with the extension loaded and real DevTools open. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, type CDPSession, chromium, type Frame, type Page } from 'playwright';
import { findChromium } from '../../scripts/find.mjs';
import { certificate, keyHash } from '../lab/certificates.ts';

/** The built extension. */
export const EXTENSION = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

/** An extension that makes Chromium blank the error texts of WebSockets, as every ad blocker does. */
export const AD_BLOCKER = fileURLToPath(new URL('ad-blocker', import.meta.url));

/** An extension that blocks Socket.IO's default path, as lists of tracking blockers do. */
export const PATH_BLOCKER = fileURLToPath(new URL('path-blocker', import.meta.url));

const PANEL_TITLE = 'Socket.IO';

const SWITCHES = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--enable-unsafe-extension-debugging',
  `--ignore-certificate-errors-spki-list=${keyHash(certificate('page'))}`,
];

/** High enough for a page, and below it DevTools that show a whole diagnosis. */
const HEADLESS = ['--headless=new', '--disable-gpu', '--window-size=1400,1600'];

export interface LaunchOptions {
  extensions?: string[];
  headless?: boolean;
  /** Further switches of Chromium. */
  switches?: readonly string[];
  /** What its profile is set to from the start, by the names of Chromium's file of preferences. */
  preferences?: Record<string, unknown>;
}

export interface Chromium {
  context: BrowserContext;
  /** Opens the DevTools of a page, before or after something happened there, and shows the panel. */
  openPanel(page: Page): Promise<Panel>;
  /** Kills the extension's worker, as the browser does at any moment. */
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

/** The panel of one page's DevTools. */
export interface Panel {
  frame: Frame;
  /** The DevTools window that holds it. */
  devtools: Page;
  /** Downloads a report through the panel's own menu; resolves to its text. */
  exportReport(format: 'HTML report' | 'Markdown' | 'JSON' | 'HAR'): Promise<string>;
  /** Takes a picture of DevTools with the panel in it. */
  screenshot(path: string): Promise<void>;
  /** Closes DevTools. */
  close(): Promise<void>;
}

/** Starts Chromium with a new profile that is deleted when it is closed. */
export async function launchChromium({
  extensions = [EXTENSION],
  headless = true,
  switches = [],
  preferences = {},
}: LaunchOptions = {}): Promise<Chromium> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is missing: apt install chromium, or set CHROMIUM_PATH');
  // Read when Playwright meets a DevTools window: without it, it would not be among `context.pages()`.
  process.env.PW_CHROMIUM_ATTACH_TO_OTHER = '1';
  const profile = await mkdtemp(join(tmpdir(), 'doctor-chromium-'));
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    handleSIGINT: false,
    ignoreDefaultArgs: ['--disable-extensions', '--enable-automation'],
    args: [...SWITCHES, ...(headless ? HEADLESS : []), ...sandbox(), ...switches],
  });
  await loadExtensions(context, extensions);
  return {
    context,
    openPanel: (page) => openPanel(context, page),
    stopWorker: () => stopWorker(context),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Chromium refuses to run its sandbox as root, which is what one is in a container. */
function sandbox(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Not by `--load-extension`, which Google Chrome ignores. Source: https://chromedevtools.github.io/devtools-protocol/tot/Extensions/ */
async function loadExtensions(context: BrowserContext, paths: string[]): Promise<void> {
  const session = await browserSession(context);
  for (const path of paths) await session.send('Extensions.loadUnpacked', { path });
  await session.detach();
}

async function openPanel(context: BrowserContext, page: Page): Promise<Panel> {
  const devtools = await openDevTools(context, page);
  await showPanel(devtools);
  const frame = await panelFrame(devtools);
  return {
    frame,
    devtools,
    exportReport: (format) => exportReport(devtools, frame, format),
    screenshot: async (path) => void (await devtools.locator('.main-tabbed-pane').first().screenshot({ path })),
    close: () => devtools.close(),
  };
}

/** Source: https://chromedevtools.github.io/devtools-protocol/tot/Target/#method-openDevTools */
async function openDevTools(context: BrowserContext, page: Page): Promise<Page> {
  const session = await browserSession(context);
  const targetId = await targetOf(context, page);
  const [devtools] = await Promise.all([
    context.waitForEvent('page', { predicate: (opened) => opened.url().startsWith('devtools://') }),
    session.send('Target.openDevTools', { targetId }),
  ]);
  // DevTools' own modules must not be asked for anything before its main view is up.
  await devtools.getByRole('tab', { name: 'Elements' }).waitFor();
  return devtools;
}

async function targetOf(context: BrowserContext, page: Page): Promise<string> {
  const session = await context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return targetInfo.targetId;
}

async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser();
  if (!browser) throw new Error('Chromium has ended');
  return browser.newBrowserCDPSession();
}

/** An expression for DevTools itself: its tab may be in the overflow menu, where nothing can be clicked at once. */
const SHOW_PANEL = `import('./ui/legacy/legacy.js').then(async ({ InspectorView }) => {
  const view = InspectorView.InspectorView.instance();
  const id = view.tabbedPane.tabIds().find((tab) => tab.endsWith(${JSON.stringify(PANEL_TITLE)}));
  if (id) await view.showPanel(id);
  return id !== undefined;
})`;

async function showPanel(devtools: Page): Promise<void> {
  await until(`DevTools has no panel "${PANEL_TITLE}"`, async () => (await devtools.evaluate(SHOW_PANEL)) === true);
}

async function panelFrame(devtools: Page): Promise<Frame> {
  const find = () => devtools.frames().find((frame) => /^chrome-extension:.*panel\.html/.test(frame.url()));
  await until('The panel has no frame', async () => find() !== undefined);
  const frame = find();
  if (!frame) throw new Error('The panel is gone');
  return frame;
}

/** Changes the theme of DevTools. */
export async function setTheme(devtools: Page, theme: 'light' | 'dark'): Promise<void> {
  const name = theme === 'light' ? 'default' : theme;
  await devtools.evaluate(`import('./core/common/common.js').then(({ Settings }) => {
    Settings.Settings.instance().moduleSetting('ui-theme').set(${JSON.stringify(name)});
  })`);
}

/** Docks DevTools below the page, which leaves the panel the window's width. `height` is in px. */
export async function dockBelow(devtools: Page, height: number): Promise<void> {
  await devtools.evaluate(`import('./ui/legacy/legacy.js').then(({ DockController, InspectorView }) => {
    DockController.DockController.instance().setDockSide('bottom');
    let widget = InspectorView.InspectorView.instance();
    while (widget && !widget.setSidebarSize) widget = widget.parentWidget();
    widget?.setSidebarSize(${height});
  })`);
}

async function exportReport(devtools: Page, frame: Frame, format: string): Promise<string> {
  await frame.getByRole('button', { name: 'Export report' }).click();
  const [download] = await Promise.all([
    devtools.waitForEvent('download', { timeout: 10_000 }),
    frame.getByRole('menuitem', { name: format, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

async function stopWorker(context: BrowserContext): Promise<void> {
  const page = context.pages().find((candidate) => !candidate.url().startsWith('devtools://'));
  if (!page) throw new Error('There is no page to reach the browser through');
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Asks again until the answer is yes; after 15 s it throws what is the matter. */
async function until(problem: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(problem);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
