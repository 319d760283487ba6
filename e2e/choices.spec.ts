/** What the user chose of a fix is there again in another tab's DevTools, and is nobody else's business. */
import { expect, type Tab, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled } from './witness.ts';

const SCENARIO = 'cors-origin-other';
const RULE = 'cors-origin-mismatch';

test('the stack and the view of a fix are remembered', async ({ lab, newTab }) => {
  const first = await newTab();
  await fixOf(first, lab);
  await stackOf(first).selectOption({ label: 'NestJS' });
  await first.panel.frame.getByRole('button', { name: 'Code', exact: true }).first().click();

  const second = await newTab();
  await fixOf(second, lab);
  await expect(stackOf(second).locator('option:checked')).toHaveText('NestJS');
  const code = second.panel.frame.getByRole('button', { name: 'Code', exact: true }).first();
  await expect(code).toHaveAttribute('aria-pressed', 'true');
  await second.panel.frame.evaluate('chrome.storage.local.clear()');
});

test('where copying is refused, the code stands there alone to be selected', async ({ lab, newTab }) => {
  const tab = await newTab();
  const { frame } = tab.panel;
  await fixOf(tab, lab);
  const code = frame.getByRole('button', { name: 'Code', exact: true }).first();
  await expect(code).toHaveAttribute('aria-pressed', 'false');
  // What a browser says that is not allowed to.
  await frame.evaluate('document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject()');
  await frame.getByRole('button', { name: 'Copy fix' }).first().click();
  await expect(frame.getByText('The browser did not allow copying')).toBeVisible();
  await expect(code).toHaveAttribute('aria-pressed', 'true');
  await frame.evaluate('chrome.storage.local.clear()');
});

/** Fails, and waits for the fix. */
async function fixOf({ page, panel }: Tab, lab: Lab): Promise<void> {
  await page.goto(lab.url(SCENARIO, 'once'));
  await settled(page);
  await expect(panel.frame.locator(`article[data-rule="${RULE}"]`).first()).toBeVisible();
}

function stackOf({ panel }: Tab) {
  return panel.frame.getByRole('combobox', { name: 'Stack', exact: true }).first();
}
