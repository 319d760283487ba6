/** With another extension that blocks Socket.IO's path: the same servers are healthy without it. */
import type { Report } from '../src/model/report.ts';
import { EXTENSION, launchChromium, PATH_BLOCKER } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled, testimony, watchCors } from './witness.ts';

async function reportOf(lab: Lab, id: string): Promise<{ report: Report; said: ReturnType<typeof testimony> }> {
  const chromium = await launchChromium({ extensions: [EXTENSION, PATH_BLOCKER] });
  try {
    const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
    const panel = await chromium.openPanel(page);
    const witness = await watchCors(page);
    await page.goto(lab.url(id));
    const said = testimony(await settled(page), await lab.start(id), witness);
    const report = await reportWhen(panel, ({ summary }) => summary.status !== 'idle');
    return { report, said };
  } finally {
    await chromium.close();
  }
}

test('blocked by an extension', async ({ lab }) => {
  const { report, said } = await reportOf(lab, 'cross-origin-list');
  expect(said).toEqual({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null });
  expect(report.summary).toMatchObject({ status: 'failing', rootCause: 'blocked-by-client' });
  expect(report.findings[0]).toMatchObject({ confidence: 'certain', causedBy: null });
  expect(report.sessions.map(({ clientError }) => clientError)).toEqual(['xhr poll error']);
});

/** The very permission that blocks takes the words away: a guess would be worse than none. */
test('blocked by an extension: of a WebSocket alone nothing is claimed', async ({ lab }) => {
  const { report, said } = await reportOf(lab, 'websocket-only');
  expect(said).toMatchObject({ clientError: 'websocket error', serverError: null });
  expect(report.summary).toMatchObject({ status: 'failing', rootCause: null });
  expect(report.limits.map(({ code }) => code)).toContain('websocket-error-hidden');
});

test('blocked by an extension: another path is not', async ({ lab }) => {
  const { report } = await reportOf(lab, 'custom-path');
  expect(report.summary.rootCause).toBeNull();
});
