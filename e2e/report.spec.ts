/** The written reports as their readers get them: the HTML file in a real browser, from disk and under its own policy. */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright/test';
import * as v from 'valibot';
import { type Report, reportSchema } from '../src/model/report.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, type Tab, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled } from './witness.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SCENARIO = 'cors-not-configured';

/** What must not happen: each part would change the page's title, say something on the console, or ask for an address. */
const HOSTILE =
  '</p></script><script>document.title = "ran"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'ran\'">' +
  '<style>body { background: url(http://127.0.0.1:9/y) }</style><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/z">';

test('the HTML report opens from disk, asks for nothing and shows the diagnosis', async ({
  lab,
  tab,
  newPage,
}, testInfo) => {
  const report = await diagnosed(lab, tab);
  const file = testInfo.outputPath('report.html');
  await writeFile(file, await tab.panel.exportReport('HTML report'));

  const page = await newPage();
  const seen = await open(page, file);
  expect(seen).toEqual([]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(report.summary.headline.replaceAll('`', ''));
  await expect(page.locator('article[data-rule="cors-not-configured"]')).toContainText('Access-Control-Allow-Origin');
  await expect(page.getByRole('img', { name: /Sequence diagram/ }).locator('.is-failed .cross')).toBeVisible();
  // The policy permits the style sheet: without it the margin would be the browser's own.
  expect(await page.evaluate(() => getComputedStyle(document.body).maxWidth)).not.toBe('none');

  await picture(page, testInfo.outputPath('light.png'), { colorScheme: 'light' });
  await picture(page, testInfo.outputPath('dark.png'), { colorScheme: 'dark' });
  await picture(page, testInfo.outputPath('print.png'), { colorScheme: 'dark', media: 'print' });

  const again = analyze(file, 'json');
  expect(again.status).toBe(1);
  const opened = v.parse(reportSchema, JSON.parse(again.output));
  expect(opened.findings.map(({ rule }) => rule)).toEqual(report.findings.map(({ rule }) => rule));
  expect(opened.summary).toEqual(report.summary);
});

test('nothing that a page or a tester wrote runs in the HTML report', async ({ lab, tab, newPage }, testInfo) => {
  const report = await diagnosed(lab, tab);
  for (const entry of report.har.log.entries) {
    entry.response.headers.push({ name: 'Access-Control-Allow-Origin', value: HOSTILE });
    entry.request.url = entry.request.url.replace('?', `?x=${HOSTILE}&`);
  }
  const source = testInfo.outputPath('hostile.json');
  await writeFile(source, JSON.stringify({ ...report, notes: HOSTILE }));
  const file = testInfo.outputPath('hostile.html');
  expect(analyze(source, 'html', file).status).toBe(1);
  expect(await readFile(file, 'utf8')).toContain('document.title');

  const page = await newPage();
  expect(await open(page, file)).toEqual([]);
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('<script>document.title');
  expect(await page.title()).toMatch(/^Socket\.IO report/);
  expect(
    await page
      .locator('img, iframe, object, form, meta[http-equiv="refresh"], script:not([type="application/json"])')
      .count(),
  ).toBe(0);
});

test('Save report downloads the HTML, and Copy for bug report copies the Markdown', async ({ lab, tab }) => {
  await diagnosed(lab, tab);
  const { devtools, frame } = tab.panel;
  const [download] = await Promise.all([
    devtools.waitForEvent('download'),
    frame.getByRole('button', { name: 'Save report' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^socketio-report-.+-\d{8}-\d{6}\.html$/);
  expect(await readFile(await download.path(), 'utf8')).toContain("default-src 'none'");

  await frame.getByRole('button', { name: 'Copy for bug report' }).click();
  await expect(frame.getByRole('status')).toContainText('Copied the report as Markdown');
  const filter = frame.getByRole('searchbox', { name: 'Filter', exact: true });
  await filter.press('ControlOrMeta+V');
  await expect(filter).toHaveValue(/sequenceDiagram/);
  await filter.fill('');
  expect(await tab.panel.exportReport('Markdown')).toContain('root cause `cors-not-configured`');
});

async function diagnosed(lab: Lab, { page, panel }: Tab): Promise<Report> {
  await page.goto(lab.url(SCENARIO, 'once'));
  await settled(page);
  return reportWhen(panel, ({ summary, page: seen }) => seen?.url === page.url() && summary.rootCause === SCENARIO);
}

/** Opens the file; answers what it asked for beside itself, and what it said. */
async function open(page: Page, file: string): Promise<string[]> {
  const url = pathToFileURL(file).href;
  const seen: string[] = [];
  page.on('request', (request) => request.url() !== url && seen.push(`asks for ${request.url()}`));
  page.on('console', (message) => seen.push(`says ${message.text()}`));
  page.on('dialog', (dialog) => seen.push(`opens ${dialog.message()}`));
  await page.goto(url, { waitUntil: 'networkidle' });
  return seen;
}

async function picture(page: Page, path: string, media: Parameters<Page['emulateMedia']>[0]): Promise<void> {
  await page.emulateMedia(media);
  await page.screenshot({ path, fullPage: true });
  await page.emulateMedia({ media: null, colorScheme: null });
}

function analyze(file: string, format: 'json' | 'html', out?: string): { status: number | null; output: string } {
  const target = out === undefined ? [] : ['--out', out];
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'analyze', file, '--format', format, ...target], {
    encoding: 'utf8',
  });
  return { status, output: stdout };
}
