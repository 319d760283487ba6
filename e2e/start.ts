/** The main job behind `npm start`: the lab, a browser with the extension, and the panel on screen. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whatIsMissing } from '../scripts/find.mjs';
import type { Report } from '../src/model/report.ts';
import { type Chromium, dockBelow, launchChromium, type Panel } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { type Lab, openLab } from './lab/lab.ts';
import type { Scenario } from './lab/scenario.ts';
import { settled } from './witness.ts';

interface Options {
  headless: boolean;
  out: string;
  url: string | undefined;
}

const options = readOptions();
if (options.headless) await runUnattended(options.out);
else await openForUser(options.url);

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        headless: { type: 'boolean', default: false },
        out: { type: 'string', default: 'lab-reports' },
        url: { type: 'string' },
        'require-all': { type: 'boolean', default: false },
      },
    });
    return { headless: values.headless, out: values.out, url: values.url };
  } catch (error) {
    return fail(`${messageOf(error)}. Usage: npm start -- [--url URL] [--headless --out DIR]`);
  }
}

async function openForUser(url: string | undefined): Promise<void> {
  if (!hasDisplay()) return fail('There is no display to open a browser on. Use: npm start -- --headless --out DIR');
  if (url !== undefined && !URL.canParse(url))
    return fail(`--url ${url} is not a URL. Write it out: http://localhost:3000/`);
  console.log('Opening the browser...');
  const lab = url === undefined ? await openLab({ firstPort: 3000 }) : null;
  const chromium = await launchChromium({ headless: false });
  const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
  const panel = await chromium.openPanel(page);
  await dockBelow(panel.devtools, 480);
  const address = url ?? lab?.origin ?? 'about:blank';
  await page.goto(address).catch(() => console.error(`${address} does not answer yet: reload the page once it does.`));
  console.log(`${address} is open, with DevTools on the Socket.IO panel. Close the browser or press Ctrl-C to end.`);
  await ended(chromium);
  await chromium.close();
  await lab?.close();
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function ended({ context }: Chromium): Promise<void> {
  return new Promise((resolve) => {
    context.once('close', () => resolve());
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function runUnattended(out: string): Promise<void> {
  const lab = await openLab();
  const chromium = await launchChromium();
  let stopped = false;
  const end = ended(chromium).then(() => {
    stopped = true;
  });
  try {
    const mismatches = await Promise.race([runAll(lab, chromium, out, () => stopped), end]);
    process.exitCode = mismatches === 0 ? 0 : 1;
  } finally {
    await chromium.close();
    await lab.close();
  }
}

/** Resolves to the number of scenarios that were diagnosed otherwise than expected. */
async function runAll(lab: Lab, chromium: Chromium, out: string, stopped: () => boolean): Promise<number> {
  const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
  const panel = await chromium.openPanel(page);
  await dockBelow(panel.devtools, 900);
  printRow('scenario', 'expected root cause', 'diagnosed root cause', '');
  let mismatches = 0;
  for (const scenario of lab.scenarios) {
    if (stopped()) break;
    const missing = whatIsMissing(scenario.needs);
    if (missing) {
      printRow(scenario.id, nameOf(scenario.expected.rootCause), '-', missing);
      continue;
    }
    await page.goto(lab.url(scenario.id));
    await settled(page);
    const report = await reportWhen(panel, (candidate) => isAsExpected(candidate, scenario, page.url()));
    await save(panel, report, join(out, scenario.id));
    const ok = isAsExpected(report, scenario, page.url());
    if (!ok) mismatches += 1;
    printRow(
      scenario.id,
      nameOf(scenario.expected.rootCause),
      nameOf(report.summary.rootCause),
      ok ? 'ok' : 'MISMATCH',
    );
  }
  console.log(
    `\n${mismatches === 0 ? 'Every diagnosis is as expected' : `${mismatches} not as expected`}. Reports: ${out}`,
  );
  return mismatches;
}

function isAsExpected({ summary, page }: Report, { expected }: Scenario, url: string): boolean {
  return (
    page?.url === url && summary.rootCause === expected.rootCause && [expected.status].flat().includes(summary.status)
  );
}

async function save(panel: Panel, report: Report, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, 'report.md'), await panel.exportReport('Markdown'));
  await writeFile(join(folder, 'report.html'), await panel.exportReport('HTML report'));
  await panel.screenshot(join(folder, 'panel.png'));
}

function printRow(scenario: string, expected: string, diagnosed: string, verdict: string): void {
  console.log(`${scenario.padEnd(38)}${expected.padEnd(38)}${diagnosed.padEnd(38)}${verdict}`.trimEnd());
}

function nameOf(rule: string | null): string {
  return rule ?? 'none';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
