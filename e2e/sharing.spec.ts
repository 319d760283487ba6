/** Handing a diagnosis on, in real DevTools: what leaves is seen first, and the tools of the receivers make something of it. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Frame } from 'playwright/test';
import * as v from 'valibot';
import { type Report, reportSchema } from '../src/model/report.ts';
import { dockBelow, setTheme } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, skipWhereMissing, type Tab, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled } from './witness.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SCENARIO = 'cors-not-configured';

test('the menu shows what leaves, and saves at once what is chosen', async ({ lab, tab }, testInfo) => {
  const report = await diagnosed(lab, tab, SCENARIO);
  const { frame, devtools } = tab.panel;
  await frame.getByRole('button', { name: 'Export report' }).click();
  await expect(frame.getByText(/characters$/)).toBeVisible();

  await frame.getByRole('menuitem', { name: 'Markdown' }).focus();
  await frame.getByText(/Show what leaves: Markdown/).click();
  await expect(frame.getByRole('region', { name: 'What leaves' })).toContainText(SCENARIO);
  await devtools.screenshot({ path: testInfo.outputPath('menu.png') });

  await frame.getByRole('textbox', { name: 'Hide more' }).fill('page.js');
  await frame.getByRole('textbox', { name: 'Hide more' }).press('Enter');
  await expect(frame.getByRole('list', { name: 'Hidden by you' })).toHaveText('page.js');
  await expect(frame.getByRole('region', { name: 'What leaves' })).toContainText('[redacted:custom:1]');
  await frame.getByRole('button', { name: 'Show again: page.js' }).click();

  await frame.getByRole('menuitem', { name: 'HTML report' }).focus();
  const page = frame.frameLocator('iframe[title="What leaves"]');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(report.summary.headline.replaceAll('`', ''));

  await frame.getByRole('checkbox', { name: 'Hide hosts' }).check();
  await frame.getByRole('menuitem', { name: 'JSON' }).focus();
  const [download] = await Promise.all([
    devtools.waitForEvent('download'),
    frame.getByRole('menuitem', { name: 'JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^socketio-report-.+-\d{8}-\d{6}\.json$/);
  await expect(frame.getByRole('menu')).toBeHidden();
  const file = testInfo.outputPath('report.json');
  await download.saveAs(file);
  const again = v.parse(reportSchema, JSON.parse(analyze(file)));
  expect(again.summary.rootCause).toBe(SCENARIO);
  // It stays on, says so, and one press ends it.
  await frame.getByRole('button', { name: /^Hosts hidden/ }).click();
  await expect(frame.getByRole('button', { name: /^Hosts hidden/ })).toBeHidden();
});

test('Escape closes the menu and its button has the focus again', async ({ lab, tab }) => {
  await diagnosed(lab, tab, SCENARIO);
  const { frame } = tab.panel;
  const button = frame.getByRole('button', { name: 'Export report' });
  await button.focus();
  await button.press('ArrowDown');
  await expect(frame.getByRole('menuitem', { name: 'HTML report' })).toBeFocused();
  await frame.getByRole('checkbox', { name: 'Hide hosts' }).press('Escape');
  await expect(frame.getByRole('menu')).toBeHidden();
  await expect(button).toBeFocused();
});

for (const [fault, twin] of [
  [SCENARIO, 'cross-origin-list'],
  ['preflight-header-not-allowed', 'extra-headers'],
  ['version-eio3-readable', 'v2-client'],
  ['ws-upgrade-400-no-fallback', 'websocket-only'],
] as const) {
  test(`the message for the backend: its curl shows ${fault}, and that ${twin} works`, async ({ lab, tab }) => {
    skipWhereMissing({ needs: ['curl'] });
    await diagnosed(lab, tab, fault);
    const { frame } = tab.panel;
    await frame.getByRole('button', { name: 'Copy message for backend' }).click();
    await expect(frame.getByRole('status')).toContainText('Copied the message for the backend');
    const message = await pasted(frame);
    const lines = message.trim().split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(['What to change', 'Where', 'Why', 'Check', 'Right when']);
    const command = lines[3]?.replace('Check: ', '') ?? '';
    const wanted = wantedIn(lines[4] ?? '');
    expect(wanted.length).toBeGreaterThan(0);

    const sick = await run(command);
    expect(sick).toMatch(/^HTTP/);
    expect(
      wanted.every((text) => sick.includes(text)),
      sick,
    ).toBe(false);
    // The healthy server is asked the same, from the page of its own scenario.
    const { client } = await lab.start(twin);
    const server = client.connections[0]?.url ?? '';
    const healthy = await run(moved(command, server));
    expect(
      wanted.filter((text) => !healthy.includes(text)),
      healthy,
    ).toEqual([]);
  });
}

test('File bug asks for a tracker once, shows what leaves, and opens the page of a new issue', async ({
  lab,
  tab,
  chromium,
}, testInfo) => {
  const report = await diagnosed(lab, tab, SCENARIO);
  const { frame, devtools } = tab.panel;
  await frame.getByRole('tab', { name: 'Notes' }).click();
  await frame.getByRole('textbox', { name: 'Notes' }).fill('It happens on Mondays. '.repeat(100));
  await frame.getByRole('button', { name: 'File bug' }).click();
  const dialog = frame.getByRole('dialog', { name: 'File bug' });
  await expect(dialog).toContainText('No tracker is set yet');
  await expect(dialog.getByRole('button', { name: 'Save tracker' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Tracker' }).selectOption('Another tracker');
  const address = dialog.getByRole('textbox', { name: 'Address of a new issue' });
  await address.fill('javascript:alert({title})');
  await expect(dialog).toContainText('The address begins with http:// or https://.');
  await address.fill(`${lab.origin}/bugs/new?t={title}&b={body}`);
  await expect(dialog).toContainText(`Opens ${lab.origin}/bugs/new?t=It does not connect`);
  await devtools.screenshot({ path: testInfo.outputPath('settings.png') });
  await dialog.getByRole('button', { name: 'Save tracker' }).click();

  const review = frame.getByRole('dialog', { name: `File bug at ${new URL(lab.origin).host}` });
  await expect(review.getByRole('region', { name: 'What leaves' })).toContainText(SCENARIO);
  await expect(review).toContainText('its beginning is filled in');
  await devtools.screenshot({ path: testInfo.outputPath('review.png') });
  const [opened] = await Promise.all([
    chromium.context.waitForEvent('page'),
    // Enter goes on, wherever the focus was put at first.
    review.getByRole('button', { name: 'Open tracker' }).press('Enter'),
  ]);
  await opened.waitForURL(/\/bugs\/new/);
  const url = new URL(opened.url());
  expect(opened.url().length).toBeLessThanOrEqual(4000);
  expect(url.searchParams.get('t')).toBe(report.summary.headline.replaceAll('`', ''));
  expect(url.searchParams.get('b')).toMatch(/^## .*\n[\s\S]+all of it is on the clipboard/);
  await opened.close();
  await expect(review).toBeHidden();
  const body = await pasted(frame);
  expect(body).toContain('sequenceDiagram');
  expect(body).toContain('</details>');

  // The settings page has the same, and what is set there counts here.
  const origin = /^[\w-]+:\/\/[^/]+/.exec(frame.url())?.[0];
  const settings = await chromium.context.newPage();
  await settings.goto(`${origin}/src/panel/options.html`);
  await expect(settings.getByRole('textbox', { name: 'Address of a new issue' })).toHaveValue(/\/bugs\/new/);
  await settings.getByRole('combobox', { name: 'Tracker' }).selectOption('GitHub');
  await settings.getByRole('textbox', { name: 'Repository' }).fill('owner/repository');
  await settings.screenshot({ path: testInfo.outputPath('options.png') });
  await settings.getByRole('button', { name: 'Save tracker' }).click();
  await expect(settings.getByRole('status')).toHaveText('Saved.');
  await settings.close();
  await frame.getByRole('button', { name: 'File bug' }).click();
  await expect(frame.getByRole('dialog', { name: 'File bug at github.com' })).toBeVisible();
  await frame.getByRole('button', { name: 'Open tracker' }).press('Escape');
  await expect(frame.getByRole('dialog')).toBeHidden();
  await forgetTracker(frame);
});

test('is usable in a narrow panel and in the dark', async ({ lab, tab }, testInfo) => {
  await diagnosed(lab, tab, SCENARIO);
  const { frame, devtools } = tab.panel;
  await setTheme(devtools, 'dark');
  try {
    await frame.getByRole('button', { name: 'Export report' }).click();
    await frame.getByRole('checkbox', { name: 'Do not hide secrets' }).check();
    await expect(frame.getByRole('alert')).toContainText('leave as they are');
    await expect(frame.getByText(/Nothing is hidden|values? hidden/)).toBeVisible();
    await frame.getByText(/Show what leaves/).click();
    await devtools.screenshot({ path: testInfo.outputPath('dark.png') });
    await frame.getByRole('checkbox', { name: 'Hide hosts' }).press('Escape');
    await frame.getByRole('button', { name: 'File bug' }).click();
    await devtools.screenshot({ path: testInfo.outputPath('dark-settings.png') });
    await frame.getByRole('button', { name: 'Close' }).click();
  } finally {
    await setTheme(devtools, 'light');
  }
  expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await dockBelow(devtools, 700);
  await devtools.screenshot({ path: testInfo.outputPath('wide.png') });
});

async function diagnosed(lab: Lab, { page, panel }: Tab, id: string): Promise<Report> {
  await page.goto(lab.url(id, 'once'));
  await settled(page);
  return reportWhen(panel, ({ summary, page: seen }) => seen?.url === page.url() && summary.rootCause !== null);
}

/** What is on the clipboard, as the notes take it. */
async function pasted(frame: Frame): Promise<string> {
  await frame.getByRole('tab', { name: 'Notes' }).click();
  const notes = frame.getByRole('textbox', { name: 'Notes' });
  await notes.press('ControlOrMeta+V');
  const text = await notes.inputValue();
  await notes.fill('');
  await frame.getByRole('tab', { name: 'Diagnosis' }).click();
  return text;
}

function analyze(file: string): string {
  return spawnSync(process.execPath, [CLI, 'analyze', file, '--format', 'json'], { encoding: 'utf8' }).stdout;
}

/** As a colleague would, in a shell. Not synchronously: the lab's servers are in this process. */
async function run(command: string): Promise<string> {
  // A WebSocket that opens stays open: curl gives it up after a while, and says so by its status.
  return promisify(execFile)('sh', ['-c', command], { timeout: 30_000 }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  );
}

/** The same question to another server. */
function moved(command: string, server: string): string {
  return command.replace(
    /(["'])http:\/\/[^/"']+(\/[^"']*transport=)/g,
    `$1${new URL(server).origin.replace(/^ws/, 'http')}$2`,
  );
}

/** What the last line wants of the answer: quoted header lines, a status, the body's beginning. */
function wantedIn(line: string): string[] {
  const headers = [...line.matchAll(/"([^"]+: [^"]+)"/g)].flatMap(([, text]) => text ?? []);
  const status = /status (\d{3})/.exec(line)?.[1];
  const upgrade = /HTTP\/1\.1 101/.exec(line)?.[0];
  return [
    ...headers,
    ...(status ? [` ${status}`] : []),
    ...(upgrade ? [upgrade] : []),
    ...(line.includes('0{"sid":') ? ['0{"sid":'] : []),
  ];
}

async function forgetTracker(frame: Frame): Promise<void> {
  await frame.evaluate('chrome.storage.local.clear()');
}
