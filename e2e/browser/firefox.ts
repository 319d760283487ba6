/**
 * Drives a real Firefox with the extension loaded and its real toolbox open. Playwright's own Firefox is a patched one without
 * a usable toolbox, and geckodriver brings nothing that Marionette does not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { findFirefox } from '../../scripts/find.mjs';
import { connectMarionette, type Marionette } from './marionette.ts';

/** The built extension. */
const FIREFOX_EXTENSION = fileURLToPath(new URL('../../dist/firefox', import.meta.url));

const PANEL_TITLE = 'Socket.IO';

/** CSS px. */
const WINDOW = { width: 1400, height: 1600 };
const TOOLBOX_HEIGHT = 1000;

export interface Firefox {
  page: FirefoxPage;
  /** Opens the toolbox of the page, before or after something happened there, and shows the panel. */
  openPanel(): Promise<FirefoxPanel>;
  /**
   * Firefox's own verdicts on requests since the last call: categories of its console without the number of their wording, such as
   * `CORSMissingAllowOrigin` (https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors).
   */
  takeCorsErrors(): Promise<string[]>;
  /** Changes the theme of the toolbox. */
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  close(): Promise<void>;
}

/** The one tab. */
export interface FirefoxPage {
  goto(url: string): Promise<void>;
  /** The body of a function that runs in the page; what it returns comes as JSON. */
  evaluate(script: string): Promise<unknown>;
}

/** The panel in the toolbox of the page. */
export interface FirefoxPanel {
  /** The body of a function that runs in the panel; what it returns comes as JSON. */
  evaluate(script: string): Promise<unknown>;
  /** Clicks, as a user does, what an XPath finds first. */
  click(xpath: string): Promise<void>;
  /** Whether there is anything to export. */
  hasReport(): Promise<boolean>;
  /** Downloads a report through the panel's own menu; resolves to its text. */
  exportReport(format: 'HTML report' | 'Markdown' | 'JSON' | 'HAR'): Promise<string>;
  /** Takes a picture of the toolbox with the panel in it. */
  screenshot(path: string): Promise<void>;
}

/** Starts Firefox with a new profile that is deleted when it is closed. */
export async function launchFirefox(): Promise<Firefox> {
  const executable = findFirefox();
  if (!executable) throw new Error('Firefox is missing: apt install firefox-esr, or set FIREFOX_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'doctor-firefox-'));
  const profile = join(folder, 'profile');
  const downloads = join(folder, 'downloads');
  await Promise.all([mkdir(profile), mkdir(downloads)]);
  await writeFile(join(profile, 'user.js'), preferences(downloads));
  const program = start(executable, profile);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const marionette = await connectMarionette(await portOf(profile, program));
    await marionette.send('WebDriver:SetWindowRect', WINDOW);
    await marionette.send('Addon:Install', { path: FIREFOX_EXTENSION, temporary: true });
    return {
      page: pageOf(marionette),
      openPanel: () => openPanel(marionette, downloads),
      takeCorsErrors: async () => v.parse(v.array(v.string()), await inChrome(marionette, TAKE_CORS_ERRORS)),
      setTheme: async (theme) => void (await inChrome(marionette, SET_THEME, [theme])),
      async close() {
        await quit(marionette, program);
        await remove();
      },
    };
  } catch (error) {
    await kill(program);
    await remove();
    throw error;
  }
}

/** What a test must not meet: first-run pages, requests of the browser's own, and questions before a download. */
function preferences(downloads: string): string {
  const values: Record<string, string | number | boolean> = {
    'marionette.port': 0,
    'app.update.disabledForTesting': true,
    'browser.aboutwelcome.enabled': false,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.dir': downloads,
    'browser.download.folderList': 2,
    'browser.download.useDownloadDir': true,
    'browser.newtabpage.enabled': false,
    'browser.safebrowsing.update.enabled': false,
    'browser.sessionstore.resume_from_crash': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.tabs.warnOnClose': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'devtools.everOpened': true,
    'devtools.theme': 'light',
    'devtools.toolbox.footer.height': TOOLBOX_HEIGHT,
    'devtools.toolbox.host': 'bottom',
    'extensions.update.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,',
    'toolkit.telemetry.enabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
  };
  const lines = Object.entries(values).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  return `${lines.join('\n')}\n`;
}

/** `--remote-allow-system-access` lets Marionette into the toolbox, which is the browser's own. */
function start(executable: string, profile: string): ChildProcess {
  return spawn(
    executable,
    ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile],
    { stdio: 'ignore', env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_DATA_REPORTING: '0' } },
  );
}

/** Firefox writes down which port it took. */
async function portOf(profile: string, program: ChildProcess): Promise<number> {
  let port = 0;
  let failure: string | null = null;
  program.once('error', (error) => {
    failure = error.message;
  });
  await until('Firefox does not listen', 60_000, async () => {
    if (failure !== null) throw new Error(`Firefox does not start: ${failure}`);
    if (program.exitCode !== null) throw new Error(`Firefox ended at once, with ${program.exitCode}`);
    port = Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '0'));
    return port > 0;
  });
  return port;
}

async function quit(marionette: Marionette, program: ChildProcess): Promise<void> {
  const asked = marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
  await Promise.race([asked, ended(program), sleep(5_000)]);
  marionette.close();
  await Promise.race([ended(program), sleep(5_000)]);
  await kill(program);
}

async function kill(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill('SIGKILL');
  await Promise.race([ended(program), sleep(5_000)]);
}

function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => program.once('exit', () => resolve()));
}

function pageOf(marionette: Marionette): FirefoxPage {
  return {
    async goto(url) {
      await marionette.send('Marionette:SetContext', { value: 'content' });
      await marionette.send('WebDriver:Navigate', { url });
    },
    async evaluate(script) {
      await marionette.send('Marionette:SetContext', { value: 'content' });
      return run(marionette, script, []);
    },
  };
}

/** Runs the body of a function with the browser's own rights; it may answer a promise. */
async function inChrome(marionette: Marionette, script: string, args: unknown[] = []): Promise<unknown> {
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  return run(marionette, script, args);
}

const scriptResult = v.object({ value: v.unknown() });

async function run(marionette: Marionette, script: string, args: unknown[]): Promise<unknown> {
  const body = `return (async function () { ${script} }).apply(null, arguments);`;
  const result = await marionette.send('WebDriver:ExecuteScript', { script: body, args, newSandbox: true });
  return v.parse(scriptResult, result).value;
}

const TAKE_CORS_ERRORS = `
  const errors = Services.console.getMessageArray().filter((message) => message instanceof Ci.nsIScriptError);
  Services.console.reset();
  return errors.map(({ category }) => category.replace(/\\d+$/, '')).filter((category) => category.startsWith('CORS'));
`;

const SET_THEME = `Services.prefs.setCharPref('devtools.theme', arguments[0]);`;

/** The toolbox loads an extension's panels after its own. Opened again, it is the same toolbox. */
const SHOW_PANEL = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('resource://devtools/client/framework/devtools.js');
  const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole' });
  const ours = ({ extensionId, label }) => extensionId && label === arguments[0];
  const deadline = Date.now() + 15000;
  while (!toolbox.getAdditionalTools().some(ours)) {
    if (Date.now() > deadline) return null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { id } = toolbox.getAdditionalTools().find(ours);
  await toolbox.selectTool(id);
  return id;
`;

/** Leads to the toolbox and to the actor in the panel's document, which lives in the extension's process. `arguments[0]` is the tool's id. */
const PANEL = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('resource://devtools/client/framework/devtools.js');
  const toolbox = gDevTools.getToolboxForTab(gBrowser.selectedTab);
  const host = toolbox.doc.getElementById('toolbox-panel-iframe-' + arguments[0]).contentDocument;
  const { browsingContext } = host.querySelector('browser');
  const actor = browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
`;

const EVALUATE_IN_PANEL = `${PANEL}
  return actor.executeScript(arguments[1], [], { timeout: 10000 });
`;

/** Of the session's capabilities the actor asks for two. */
const CLICK_IN_PANEL = `${PANEL}
  const element = await actor.findElement('xpath', arguments[1], { timeout: 5000 });
  await actor.clickElement(element, { toJSON: () => ({ 'moz:accessibilityChecks': false, 'moz:webdriverClick': true }) });
`;

/** A PNG, base64. */
const PICTURE_OF_TOOLBOX = `${PANEL}
  const { innerWidth, innerHeight } = toolbox.win;
  const rect = new DOMRect(0, 0, innerWidth, innerHeight);
  const bitmap = await toolbox.win.browsingContext.currentWindowGlobal.drawSnapshot(rect, 1, 'white');
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return bytes.toBase64();
`;

async function openPanel(marionette: Marionette, downloads: string): Promise<FirefoxPanel> {
  const toolId = await inChrome(marionette, SHOW_PANEL, [PANEL_TITLE]);
  if (typeof toolId !== 'string') throw new Error(`The toolbox has no panel "${PANEL_TITLE}"`);
  const panel: FirefoxPanel = {
    evaluate: (script) => inChrome(marionette, EVALUATE_IN_PANEL, [toolId, script]),
    click: async (xpath) => void (await inChrome(marionette, CLICK_IN_PANEL, [toolId, xpath])),
    hasReport: async () =>
      (await panel.evaluate('return document.querySelector("button[aria-haspopup=menu]:not(:disabled)") !== null')) ===
      true,
    exportReport: (format) => exportReport(panel, downloads, format),
    async screenshot(path) {
      const picture = v.parse(v.string(), await inChrome(marionette, PICTURE_OF_TOOLBOX, [toolId]));
      await writeFile(path, Buffer.from(picture, 'base64'));
    },
  };
  await until('The panel stays empty', 15_000, () =>
    panel.evaluate('return document.querySelector("[role=treegrid]") !== null').then(
      (there) => there === true,
      () => false,
    ),
  );
  return panel;
}

async function exportReport(panel: FirefoxPanel, downloads: string, format: string): Promise<string> {
  // A click goes past the button when the panel is laid out anew at that moment; a second one would close what the first opens.
  await until('The menu does not open', 20_000, async () => {
    await panel.click('//button[normalize-space()="Export report"]');
    return menuOpens(panel);
  });
  await panel.click(`//*[@role="menuitem"][normalize-space()=${JSON.stringify(format)}]`);
  let path: string | null = null;
  await until('The report was not downloaded', 10_000, async () => {
    // While it is being written it has another name, and there may be a `.part` beside it.
    const names = await readdir(downloads);
    const done = names.length === 1 ? names.find((name) => name.startsWith('socketio-report-')) : undefined;
    path = done && !done.endsWith('.part') ? join(downloads, done) : null;
    return path !== null;
  });
  if (path === null) throw new Error('The report is gone');
  const text = await readFile(path, 'utf8');
  await rm(path);
  return text;
}

/** Whether the menu is there within a moment. */
async function menuOpens(panel: FirefoxPanel): Promise<boolean> {
  for (let looks = 0; looks < 20; looks += 1) {
    if ((await panel.evaluate('return document.querySelector("[role=menuitem]") !== null')) === true) return true;
    await sleep(50);
  }
  return false;
}

/** Asks again until the answer is yes; then throws what is the matter. */
async function until(problem: string, timeoutMs: number, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(problem);
    await sleep(50);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
