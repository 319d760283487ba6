/** What the panel changes in the page, and only when asked: the client's own log. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { settled } from './witness.ts';

const CLIENT_WITH_LOG = join(
  dirname(createRequire(import.meta.url).resolve('socket.io-client/package.json')),
  'dist/socket.io.js',
);

test('the client’s log is turned on, written after a reload, and turned off again', async ({ lab, newTab }) => {
  const { page, panel } = await newTab();
  const written: string[] = [];
  page.on('console', (message) => written.push(message.text()));
  const debug = () => page.evaluate(() => localStorage.getItem('debug'));
  await page.goto(lab.url('cors-not-configured', 'once'));
  await page.evaluate(() => localStorage.setItem('debug', 'app:*'));
  await settled(page);
  const card = panel.frame.getByRole('article').first();
  await card.getByText('Dig deeper').click();
  const ownLog = card.getByRole('checkbox', { name: 'Write the client’s own log' });
  await expect(ownLog).not.toBeChecked();

  await ownLog.check();
  await expect(card.getByRole('status')).toContainText('On after a reload');
  expect(await debug()).toBe('app:*,socket.io-client*,engine.io-client*');
  expect(written.filter((text) => text.includes('socket.io-client:manager'))).toEqual([]);
  const reloaded = page.waitForEvent('load');
  await card.getByRole('button', { name: 'Reload the page' }).click();
  await reloaded;
  await settled(page);
  // The lab's pages have the minified client, which logs nothing.
  await page.addScriptTag({ path: CLIENT_WITH_LOG });
  await page.evaluate(() => void Reflect.get(window, 'io')('/', { reconnection: false }));
  await expect.poll(() => written.some((text) => text.includes('socket.io-client:manager'))).toBe(true);

  const after = panel.frame.getByRole('article').first();
  const again = after.getByRole('checkbox', { name: 'Write the client’s own log' });
  // What is being found anew may put another card in its place at any moment, with this part closed or open.
  await expect(async () => {
    if (!(await again.isVisible())) await after.getByText('Dig deeper').click({ timeout: 1_000 });
    await again.uncheck({ timeout: 1_000 });
  }).toPass();
  await expect.poll(debug).toBe('app:*');
  await page.evaluate(() => localStorage.removeItem('debug'));
});
