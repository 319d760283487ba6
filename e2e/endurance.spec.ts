/** What lasts long or comes again and again: reloads, and a client that hammers a server that refuses it. */
import type { Frame, Page } from 'playwright';
import { reportWhen } from './diagnosis.ts';
import { expect, test } from './fixtures.ts';
import { settled } from './witness.ts';

const FAILING = 'cors-not-configured';
const RELOADS = 3;
const ATTEMPTS = 500;

for (const preserveLog of [false, true]) {
  test(`${RELOADS} reloads, with the log ${preserveLog ? '' : 'not '}preserved`, async ({ lab, newTab }) => {
    const { page, panel } = await newTab();
    const preserve = panel.frame.getByRole('checkbox', { name: 'Preserve log' });
    if (preserveLog) await preserve.click();
    await expect(preserve).toBeChecked({ checked: preserveLog });
    await page.goto(lab.url(FAILING, 'once'));
    for (let reload = 0; reload < RELOADS; reload += 1) {
      await settled(page);
      await page.reload();
    }
    await settled(page);
    const attempts = preserveLog ? RELOADS + 1 : 1;
    const report = await reportWhen(panel, ({ sessions }) => attemptsIn(sessions) === attempts);
    expect(report.summary).toMatchObject({ status: 'failing', rootCause: FAILING });
    expect(report.endpoints).toHaveLength(1);
    expect(attemptsIn(report.sessions)).toBe(attempts);
  });
}

test(`${ATTEMPTS} attempts in quick succession are one fault`, async ({ lab, newTab }) => {
  test.setTimeout(120_000);
  const { page, panel } = await newTab();
  await page.goto(lab.url(FAILING, 'once'));
  await settled(page);
  await watchTasks(panel.frame);
  const { client } = await lab.start(FAILING);
  await hammer(page, client.connections[0]?.url ?? '');

  const seen = ATTEMPTS + 1;
  const report = await reportWhen(panel, ({ sessions }) => attemptsIn(sessions) >= seen, 30_000);
  expect(attemptsIn(report.sessions)).toBe(seen);
  expect(report.sessions.length).toBeLessThan(10);
  expect(report.summary).toMatchObject({ status: 'failing', rootCause: FAILING });
  const errors = report.findings.filter(({ severity, causedBy }) => severity === 'error' && causedBy === null);
  expect(errors.map(({ rule }) => rule)).toEqual([FAILING]);
  const [longest = 0] = (await tasksOf(panel.frame)).sort((a, b) => b - a);
  test.info().annotations.push({ type: 'longest task of the panel', description: `${Math.round(longest)} ms` });
  console.log(`longest task of the panel: ${Math.round(longest)} ms`);
});

function attemptsIn(sessions: readonly { attempts: number }[]): number {
  return sessions.reduce((sum, { attempts }) => sum + attempts, 0);
}

/** Resolves once a client that waits for nothing has failed so many times. */
async function hammer(page: Page, url: string): Promise<void> {
  await page.evaluate(
    ([server, attempts]) =>
      new Promise<void>((resolve) => {
        const impatient = { reconnectionDelay: 1, reconnectionDelayMax: 2, randomizationFactor: 0, forceNew: true };
        let failed = 0;
        const socket = Reflect.get(window, 'io')(server, impatient);
        socket.on('connect_error', () => again());
        socket.io.on('reconnect_error', () => again());
        function again() {
          failed += 1;
          // Every failure is told twice but the first: by the manager, and by its socket.
          if (failed < 2 * attempts - 1) return;
          socket.disconnect();
          resolve();
        }
      }),
    [url, ATTEMPTS] as const,
  );
}

/** Tasks of 50 ms and more (https://w3c.github.io/longtasks/). */
async function watchTasks(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const tasks: number[] = [];
    Reflect.set(window, 'longTasks', tasks);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
}

function tasksOf(frame: Frame): Promise<number[]> {
  return frame.evaluate(() => Reflect.get(window, 'longTasks'));
}
