/** The written reports as their readers get them: the HTML file in a real browser, from disk and under its own policy. */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiler } from 'markdown-to-jsx';
import type { Page } from 'playwright/test';
import { renderToStaticMarkup } from 'react-dom/server';
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

test('hostile strings in every place run nothing and ask for nothing, in HTML nor in rendered Markdown', async ({
  lab,
  tab,
  newPage,
}, testInfo) => {
  const report = await diagnosed(lab, tab);
  const source = testInfo.outputPath('hostile.json');
  // A report that somebody made up: every word in it is theirs, the findings' too.
  await writeFile(source, JSON.stringify(poisoned(report)));
  const html = testInfo.outputPath('hostile.html');
  const markdown = testInfo.outputPath('hostile.md');
  expect(analyze(source, 'html', html).status).not.toBe(2);
  expect(analyze(source, 'markdown', markdown).status).not.toBe(2);
  expect(await readFile(html, 'utf8')).toContain('\\u202e');

  // GitHub and GitLab clean what they render; here nothing does. A bare address is a link to them only where a domain follows
  // at once (GFM 6.9), and none does; this renderer takes whatever follows.
  const rendered = testInfo.outputPath('rendered.html');
  const text = await readFile(markdown, 'utf8');
  await writeFile(
    rendered,
    `<!doctype html><title>rendered</title>${renderToStaticMarkup(compiler(text, { disableAutoLink: true }))}`,
  );
  for (const [file, title] of [
    [html, /^Socket\.IO report/],
    [rendered, /^rendered$/],
  ] as const) {
    const page = await newPage();
    expect(await open(page, file)).toEqual([]);
    expect(await page.title()).toMatch(title);
    expect(
      await page
        .locator(
          'img, iframe, object, embed, form, base, link, meta[http-equiv="refresh"], script:not([type="application/json"])',
        )
        .count(),
    ).toBe(0);
    const links = await page.locator('a:not([href^="#"])').evaluateAll((all) => all.map((each) => each.outerHTML));
    expect(links).toEqual([]);
    // What turns the direction of writing, or cannot be seen, is written out.
    // biome-ignore lint/performance/useDomNodeTextContent: of the page, and not of the data that it carries.
    expect(await page.evaluate(() => /[\u202e\u2066\0]/.test(document.body.innerText))).toBe(false);
  }
});

test('what leaves is shown without running anything of it', async ({ lab, tab }) => {
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'Access-Control-Allow-Origin': HOSTILE,
      'X-Powered-By': HOSTILE,
      'Content-Type': 'text/html',
    });
    response.end(`<!doctype html>${HOSTILE}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { page, panel } = tab;
  const { frame, devtools } = panel;
  const seen: string[] = [];
  const note = (request: { url(): string }) => /127\.0\.0\.1:9\//.test(request.url()) && seen.push(request.url());
  devtools.on('request', note);
  try {
    await page.goto(lab.origin);
    const query = `EIO=4&transport=polling&t=1&x=${encodeURIComponent(HOSTILE)}`;
    await page.evaluate((url) => fetch(url).catch(() => null), `http://127.0.0.1:${port}/socket.io/?${query}`);
    await reportWhen(panel, ({ summary, page: shown }) => shown?.url === page.url() && summary.rootCause !== null);
    await frame.getByRole('tab', { name: 'Notes' }).click();
    await frame.getByRole('textbox', { name: 'Notes' }).fill(HOSTILE);
    await frame.getByRole('button', { name: 'Export report' }).click();
    for (const format of ['HTML report', 'Markdown', 'JSON', 'HAR']) {
      await frame.getByRole('menuitem', { name: format }).focus();
      const summary = frame.getByText(`Show what leaves: ${format},`);
      await summary.waitFor();
      if (format === 'HTML report') await summary.click();
      if (format === 'HTML report') {
        const inside = frame.frameLocator('iframe[title="What leaves"]');
        await expect(inside.getByRole('region', { name: 'Notes' })).toContainText('<script>document.title');
        expect(await inside.locator('img, iframe, form, meta[http-equiv="refresh"], script').count()).toBe(0);
      } else {
        await expect(frame.getByRole('region', { name: 'What leaves' })).toContainText('document.title');
      }
    }
    expect(await frame.title()).toBe('Doctor for Socket.IO');
    expect(await frame.locator('img, object, form, meta[http-equiv="refresh"]').count()).toBe(0);
    await frame.getByRole('checkbox', { name: 'Hide hosts' }).press('Escape');
    await frame.getByRole('textbox', { name: 'Notes' }).fill('');
    await frame.getByRole('tab', { name: 'Diagnosis' }).click();
    expect(seen).toEqual([]);
  } finally {
    devtools.off('request', note);
    server.close();
  }
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

/** Every text of a report that is nobody's id made hostile: markup, the direction of writing turned, control characters. */
function poisoned(report: Report): unknown {
  const ours =
    /^(schema|version|redacted|status|state|severity|confidence|kind|outcome|verdict|credentials|transport|capture|id|endpoint|exchange|causedBy|startedDateTime|createdAt|startedAt|at|type|method|generator|creator|pageref|encoding|_resourceType|origin|rootCause|rule)$/;
  const visit = (item: unknown, name: string): unknown => {
    if (ours.test(name)) return item;
    if (typeof item === 'string') return poison(item, name);
    if (Array.isArray(item)) return item.map((each) => (typeof each === 'string' ? each : visit(each, '')));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, part]) => [key, visit(part, key)]));
  };
  return visit(report, '');
}

function poison(text: string, name: string): string {
  if (name === 'url') return text.includes('?') ? `${text}&x=${HOSTILE}` : text;
  // Names of headers stay: what stands under them is read.
  return name === 'name'
    ? text
    : `${text}\u202e\u2066\0\u001b[31m${HOSTILE} [a](javascript:document.title='ran') ![b](http://127.0.0.1:9/b)`;
}

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

function analyze(
  file: string,
  format: 'json' | 'html' | 'markdown',
  out?: string,
): { status: number | null; output: string } {
  const target = out === undefined ? [] : ['--out', out];
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'analyze', file, '--format', format, ...target], {
    encoding: 'utf8',
  });
  return { status, output: stdout };
}
