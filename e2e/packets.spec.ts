/** The packets of a real connection, in the real panel: what the client sent and the server answered. */
import { exportJson } from './diagnosis.ts';
import { expect, test } from './fixtures.ts';
import { settled } from './witness.ts';

for (const scenario of ['websocket-only', 'polling-only', 'v2-client']) {
  test(`the packets of ${scenario}`, async ({ lab, tab: { page, panel } }) => {
    await page.goto('about:blank');
    await page.goto(lab.url(scenario));
    await settled(page);
    const details = panel.frame.getByRole('region', { name: 'Details', exact: true });
    await details.getByRole('tab', { name: 'Packets' }).click();
    const rows = details.getByRole('grid', { name: 'Packets' }).getByRole('row');
    await expect(rows.filter({ hasText: 'open' }).first()).toContainText('received');
    await expect(rows.filter({ hasText: 'EVENT hello' })).toContainText('sent');
    await expect(rows.filter({ hasText: /ACK #0 after/ })).toContainText('["Hello from the lab"]');

    await details.getByRole('searchbox', { name: 'Filter packets' }).fill('hello sent');
    await expect(rows).toHaveCount(2);
    await rows.last().click();
    await expect(details.getByRole('region', { name: 'Text of the packet' })).toContainText('"from the lab"');
    await details.getByRole('tab', { name: 'Diagnosis' }).click();
  });
}

test('what QA notes goes into the report', async ({ lab, tab: { page, panel } }) => {
  await page.goto(lab.url('same-origin'));
  await settled(page);
  const details = panel.frame.getByRole('region', { name: 'Details', exact: true });
  await details.getByRole('tab', { name: 'Notes' }).click();
  await details.getByRole('textbox', { name: 'Notes' }).fill('I pressed Buy.');
  expect((await exportJson(panel)).notes).toBe('I pressed Buy.');
  await details.getByRole('textbox', { name: 'Notes' }).fill('');
  await details.getByRole('tab', { name: 'Diagnosis' }).click();
});
