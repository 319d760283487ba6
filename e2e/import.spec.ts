/** Files in the real panel: what was saved is opened beside the live page, with the same diagnosis, and is taken for what it is. */
import { writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright/test';
import * as v from 'valibot';
import { type Report, reportSchema } from '../src/model/report.ts';
import { exportJson, reportWhen } from './diagnosis.ts';
import { expect, type Tab, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled } from './witness.ts';

const FAILING = 'cors-not-configured';
const HEALTHY = 'cross-origin-list';

test('saved files open beside the page, and closing them leaves it as it was', async ({ lab, tab }, testInfo) => {
  const { panel } = tab;
  await diagnosed(lab, tab, FAILING);
  const notes = panel.frame.getByRole('textbox', { name: 'Notes' });
  await tabNamed(tab, 'Notes').click();
  await notes.fill('I pressed Buy.');
  const files = {
    har: testInfo.outputPath('capture.har'),
    json: testInfo.outputPath('report.json'),
    html: testInfo.outputPath('report.html'),
  };
  await writeFile(files.har, await panel.exportReport('HAR'));
  await writeFile(files.json, await panel.exportReport('JSON'));
  await writeFile(files.html, await panel.exportReport('HTML report'));
  await notes.fill('');
  await tabNamed(tab, 'Diagnosis').click();
  await diagnosed(lab, tab, HEALTHY);
  const article = panel.frame.locator(`article[data-rule="${FAILING}"]`);
  await expect(article).toHaveCount(0);

  await choose(tab, Object.values(files));
  const sources = panel.frame.getByRole('navigation', { name: 'Sources' });
  for (const name of ['capture.har', 'report.json', 'report.html']) {
    await sources
      .getByRole('button', { name: new RegExp(`${name}$`) })
      .and(sources.locator('.source-choice'))
      .click();
    await expect(article.first()).toBeVisible();
    await expect(panel.frame.getByRole('region', { name: 'File', exact: true })).toContainText(/Chromium \d+ on Linux/);
    await expect(panel.frame.getByRole('region', { name: 'File', exact: true })).toContainText(
      'secrets are hidden in it',
    );
  }

  await expect(panel.frame.getByRole('button', { name: 'Record' })).toBeDisabled();
  await expect(panel.frame.getByRole('button', { name: 'Clear' })).toBeDisabled();
  await expect(panel.frame.getByRole('button', { name: 'Clear' })).toHaveAttribute('title', /report\.html is a file/);
  await expect(panel.frame.getByRole('checkbox', { name: 'Preserve log' })).toBeDisabled();
  await tabNamed(tab, 'Requests').click();
  await expect(panel.frame.getByRole('region', { name: 'Details', exact: true })).toContainText('EIO=4');
  await tabNamed(tab, 'Notes').click();
  await expect(notes).toHaveValue('I pressed Buy.');
  await expect(notes).toHaveAttribute('readonly');
  await tabNamed(tab, 'Diagnosis').click();
  const again = await exportJson(panel);
  expect(again).toMatchObject({ notes: 'I pressed Buy.', redacted: true, summary: { rootCause: FAILING } });

  await sources.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(article).toHaveCount(0);
  await panel.frame.getByRole('button', { name: 'Clear' }).click();
  await expect(panel.frame.getByRole('heading', { name: /No Socket\.IO connection seen yet/ })).toBeVisible();
  await sources.getByRole('button', { name: 'Close capture.har' }).click();
  await sources.getByRole('button', { name: 'Reopen capture.har' }).click();
  for (const name of ['report.json', 'report.html', 'capture.har']) {
    await sources.getByRole('button', { name: `Close ${name}` }).click();
  }
});

/** Of every kind of trouble and of health some. */
const RICH = [
  ...['cors-not-configured', 'preflight-header-not-allowed', 'several-faults', 'wrong-path-404', 'connection-refused'],
  ...['version-eio3-readable', 'middleware-rejected', 'cross-origin-list', 'binary', 'two-namespaces', 'v2-client'],
];

test('what the panel saves as HTML it opens again as the same report', async ({ lab, tab }, testInfo) => {
  const { panel } = tab;
  const saved = new Map<string, Report>();
  for (const id of RICH) {
    await diagnosed(lab, tab, id);
    const html = await panel.exportReport('HTML report');
    await writeFile(testInfo.outputPath(`${id}.html`), html);
    saved.set(
      id,
      v.parse(reportSchema, JSON.parse(/<script[^>]*application\/json[^>]*>([^<]*)</.exec(html)?.[1] ?? '')),
    );
  }
  await choose(
    tab,
    RICH.map((id) => testInfo.outputPath(`${id}.html`)),
  );
  const sources = panel.frame.getByRole('navigation', { name: 'Sources' });
  for (const [id, report] of saved) {
    await sources.locator('.source-choice', { hasText: `${id}.html` }).click();
    await expect(panel.frame.getByRole('region', { name: 'File', exact: true })).toBeVisible();
    expect({ ...(await exportJson(panel)), createdAt: report.createdAt }).toEqual(report);
  }
  await closeAll(sources);
});

test('two captures are compared, and lead to each', async ({ lab, tab }, testInfo) => {
  const { panel } = tab;
  const failing = await diagnosed(lab, tab, FAILING);
  const before = testInfo.outputPath('before.har');
  await writeFile(before, await panel.exportReport('HAR'));
  // What the same server says once it is mended is what a server that is in order says, at the other's address.
  const healthy = await diagnosed(lab, tab, HEALTHY);
  const after = testInfo.outputPath('after.har');
  await writeFile(after, (await panel.exportReport('HAR')).replaceAll(serverOf(healthy), serverOf(failing)));

  await choose(tab, [before]);
  await choose(tab, [after]);
  const sources = panel.frame.getByRole('navigation', { name: 'Sources' });
  await sources.getByRole('button', { name: 'Compare' }).click();
  const comparison = panel.frame.getByRole('region', { name: 'Comparison' });
  await comparison.getByRole('combobox', { name: 'Before' }).selectOption('before.har');
  await comparison.getByRole('combobox', { name: 'After' }).selectOption('after.har');
  await expect(comparison.locator(`li[data-rule="${FAILING}"]`)).toHaveAttribute('data-change', 'fixed');
  await expect(comparison).toContainText('Fixed: it failed, and connects now.');
  await comparison.getByRole('button', { name: 'Swap' }).click();
  await expect(comparison.locator(`li[data-rule="${FAILING}"]`)).toHaveAttribute('data-change', 'new');
  await comparison.getByRole('button', { name: 'Show in before.har' }).click();
  await expect(panel.frame.locator(`article[data-rule="${FAILING}"]`).first()).toBeVisible();
  await closeAll(sources);
});

test('what cannot be opened is told in one sentence, and takes nothing away', async ({ lab, tab }, testInfo) => {
  const { panel } = tab;
  await diagnosed(lab, tab, FAILING);
  const article = panel.frame.locator(`article[data-rule="${FAILING}"]`);
  const broken = testInfo.outputPath('broken.har');
  await writeFile(broken, '{"log": {"entries": [');
  const newer = testInfo.outputPath('newer.json');
  await writeFile(newer, '{"schema": "socketio-doctor/report/v9"}');

  await choose(tab, [broken, newer]);
  const alert = panel.frame.getByRole('alert');
  // Each has a reader of its own, and the quickest speaks first.
  await expect(alert.getByRole('listitem')).toHaveCount(2);
  await expect(alert.getByRole('listitem').filter({ hasText: /^broken\.har is not JSON: .+$/ })).toHaveCount(1);
  await expect(alert.getByRole('listitem').filter({ hasText: /^newer\.json: .* please update/ })).toHaveCount(1);
  await expect(article.first()).toBeVisible();
  await alert.getByRole('button', { name: /Dismiss/ }).click();
  await expect(alert).toHaveCount(0);
  await expect(panel.frame.getByRole('button', { name: /^Close .*(har|json)$/ })).toHaveCount(0);
});

test('a file is dropped on the panel', async ({ lab, tab }) => {
  const { panel } = tab;
  await diagnosed(lab, tab, FAILING);
  await drop(tab, 'dropped.har', await panel.exportReport('HAR'));
  await expect(panel.frame.getByRole('region', { name: 'File', exact: true })).toContainText('socketio-doctor');
  await expect(panel.frame.locator(`article[data-rule="${FAILING}"]`).first()).toBeVisible();
  await closeAll(panel.frame.getByRole('navigation', { name: 'Sources' }));
});

async function diagnosed(lab: Lab, { page, panel }: Tab, scenario: string): Promise<Report> {
  await page.goto(lab.url(scenario, 'once'));
  await settled(page);
  return reportWhen(panel, ({ page: seen, summary }) => seen?.url === page.url() && summary.status !== 'idle');
}

/** Host and port of the only endpoint. */
function serverOf({ endpoints }: Report): string {
  return new URL(endpoints[0]?.url ?? '').host;
}

function tabNamed({ panel }: Tab, name: string): Locator {
  return panel.frame.getByRole('region', { name: 'Details', exact: true }).getByRole('tab', { name });
}

/** Through the button, as a user does. */
async function choose({ panel }: Tab, paths: string[]): Promise<void> {
  const [chooser] = await Promise.all([
    panel.devtools.waitForEvent('filechooser'),
    panel.frame.getByRole('button', { name: 'Import', exact: true }).click(),
  ]);
  await chooser.setFiles(paths);
}

/** The browser's own drag cannot be driven from outside; its events can. */
async function drop({ panel }: Tab, name: string, text: string): Promise<void> {
  await panel.frame.evaluate(
    ({ name, text }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const target = document.querySelector('.connections') ?? document.body;
      for (const type of ['dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    { name, text },
  );
}

/** One after the other: a button of a file that is just going would be clicked, and waited for, again. */
async function closeAll(sources: Locator): Promise<void> {
  const buttons = sources.getByRole('button', { name: /^Close / });
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click();
    await expect(buttons).toHaveCount(left - 1);
  }
}
