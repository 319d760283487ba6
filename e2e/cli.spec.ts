/** The command line on what DevTools itself recorded: the same diagnosis as in the panel. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { reportSchema } from '../src/model/report.ts';
import type { Panel } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, test } from './fixtures.ts';
import { settled } from './witness.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** The HAR that DevTools would save ("Save all as HAR with content"). An expression for the panel, which may ask DevTools for it. */
const DEVTOOLS_HAR = `new Promise((resolve) => chrome.devtools.network.getHAR(resolve)).then(async (log) => {
  for (const entry of log.entries) {
    const [text, encoding] = await new Promise((resolve) => entry.getContent((...content) => resolve(content)));
    Object.assign(entry.response.content, text ? { text } : {}, encoding ? { encoding } : {});
  }
  return JSON.stringify({ log });
})`;

for (const id of [
  'cors-not-configured',
  'preflight-bad-handshake-method',
  'version-eio3-readable',
  'cross-origin-list',
]) {
  test(`analyze: ${id}`, async ({ lab, tab }, testInfo) => {
    const { page, panel } = tab;
    await page.goto(lab.url(id, 'once'));
    await settled(page);
    const { summary } = await reportWhen(
      panel,
      (report) => report.page?.url === page.url() && report.summary.status !== 'idle',
    );
    const file = await saveHar(panel, testInfo.outputPath('devtools.har'));

    const json = analyze(file, 'json');
    const report = v.parse(reportSchema, JSON.parse(json.output));
    expect(report.summary).toMatchObject({ status: summary.status, rootCause: summary.rootCause });
    expect(json.status).toBe(summary.rootCause ? 1 : 0);

    const text = analyze(file, 'text');
    expect(text.status).toBe(json.status);
    expect(text.output).toContain(summary.rootCause ?? 'Connected');
  });
}

test('analyze: a HAR without Engine.IO traffic', async ({ lab, tab }, testInfo) => {
  await tab.page.goto(lab.origin);
  expect(analyze(await saveHar(tab.panel, testInfo.outputPath('devtools.har')), 'json').status).toBe(3);
});

async function saveHar(panel: Panel, file: string): Promise<string> {
  await writeFile(file, v.parse(v.string(), await panel.frame.evaluate(DEVTOOLS_HAR)));
  return file;
}

function analyze(file: string, format: 'json' | 'text'): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'analyze', file, '--format', format], {
    encoding: 'utf8',
  });
  return { status, output: stdout };
}
