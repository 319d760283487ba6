/** The same diagnosis, whenever DevTools is opened and whatever else goes on. */
import { setTheme } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, test } from './fixtures.ts';
import { settled } from './witness.ts';

const FAILING = 'cors-not-configured';
const HEALTHY = 'cross-origin-list';

test('DevTools is opened after the failure, and the client tries again', async ({ lab, chromium, newPage }) => {
  const page = await newPage();
  await page.goto(lab.url(FAILING));
  await settled(page);
  const panel = await chromium.openPanel(page);
  const { summary } = await reportWhen(panel, ({ summary }) => summary.status === 'failing');
  expect(summary).toMatchObject({ status: 'failing', rootCause: FAILING });
});

for (const [what, id] of [
  ['the client has given up', FAILING],
  ['a WebSocket is open', HEALTHY],
] as const) {
  test(`DevTools is opened when ${what}: nothing is claimed, and why is said`, async ({ lab, chromium, newPage }) => {
    const page = await newPage();
    await page.goto(lab.url(id, 'once'));
    await settled(page);
    const { frame } = await chromium.openPanel(page);
    const details = frame.getByRole('region', { name: 'Details', exact: true });
    await expect(details.getByRole('region', { name: 'What could not be seen' })).toContainText(
      'opened after the page',
    );
    await expect(details.getByRole('article')).toHaveCount(0);
  });
}

test('the page is reloaded: the new page is diagnosed, and the old one is gone', async ({ lab, tab }) => {
  const { page, panel } = tab;
  await page.goto(lab.url(FAILING, 'once'));
  await settled(page);
  await reportWhen(panel, ({ summary }) => summary.status === 'failing');
  await page.reload();
  await settled(page);
  const report = await reportWhen(panel, ({ summary }) => summary.status === 'failing');
  expect(report.summary.rootCause).toBe(FAILING);
  expect(report.sessions.map(({ attempts }) => attempts)).toEqual([1]);
});

test('two servers at once: each has its own diagnosis', async ({ lab, tab }) => {
  const { page, panel } = tab;
  await page.goto(lab.url('two-servers'));
  await settled(page);
  const { endpoints } = await reportWhen(
    panel,
    ({ endpoints }) => endpoints.length === 2 && endpoints.every(({ status }) => status !== 'idle'),
  );
  const diagnoses = endpoints.map(({ status, rootCause }) => ({ status, rootCause }));
  expect(diagnoses).toContainEqual({ status: 'failing', rootCause: FAILING });
  expect(diagnoses).toContainEqual({ status: 'healthy', rootCause: null });
});

test('two tabs do not mix', async ({ lab, newTab }) => {
  const first = await newTab();
  const second = await newTab();
  await Promise.all([first.page.goto(lab.url(FAILING)), second.page.goto(lab.url(HEALTHY))]);
  await Promise.all([settled(first.page), settled(second.page)]);

  const healthy = await reportWhen(second.panel, ({ summary }) => summary.status === 'healthy');
  expect(healthy.summary).toMatchObject({ status: 'healthy', rootCause: null });
  expect(healthy.endpoints).toHaveLength(1);
  expect(healthy.page?.url).toBe(second.page.url());

  await first.page.bringToFront();
  const failing = await reportWhen(first.panel, ({ summary }) => summary.status === 'failing');
  expect(failing.summary).toMatchObject({ status: 'failing', rootCause: FAILING });
  expect(failing.endpoints).toHaveLength(1);
  expect(failing.page?.url).toBe(first.page.url());
});

test('the network goes away and comes back: a remark, and no alarm', async ({ chromium, lab, newTab }) => {
  const { page, panel } = await newTab();
  await page.goto(lab.url('disconnect'));
  await settled(page);
  const { client } = await lab.start('disconnect');
  await chromium.context.setOffline(true);
  await page.evaluate(`void window.io(${JSON.stringify(client.connections[0]?.url)}, { forceNew: true })`);
  try {
    const offline = await reportWhen(panel, ({ findings }) => findings.length > 0, 30_000);
    expect(offline.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['offline-or-suspended', 'info']]);
    expect(offline.summary.rootCause).toBeNull();
  } finally {
    await chromium.context.setOffline(false);
  }
  const back = await reportWhen(panel, ({ summary }) => summary.status === 'recovered', 30_000);
  expect(back.summary).toMatchObject({ status: 'recovered', rootCause: null });
});

test('the panel follows the theme of DevTools', async ({ newTab }) => {
  const { panel } = await newTab();
  const root = panel.frame.locator('html');
  // The page is light before the panel is there to hear of a change.
  await expect(panel.frame.getByRole('button', { name: 'Record' })).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'light');
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(panel.devtools, theme);
    await expect(root).toHaveAttribute('data-theme', theme);
  }
});
