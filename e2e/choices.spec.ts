/** What the user chose of a fix is there again in another tab's DevTools, and is nobody else's business. */
import { expect, type Tab, test } from './fixtures.ts';
import type { Lab } from './lab/lab.ts';
import { settled } from './witness.ts';

/** Where the first fix is the server's, and where it is a proxy's. */
const AT_SERVER = { scenario: 'cors-origin-other', rule: 'cors-origin-mismatch' };
const AT_PROXY = { scenario: 'ws-upgrade-400-proxy', rule: 'ws-upgrade-400-proxy' };

test('the stack of each side and the view of a fix are remembered', async ({ lab, newTab }) => {
  const first = await newTab();
  await fixOf(first, lab);
  // What an earlier version stored, one for all sides.
  await first.panel.frame.evaluate('chrome.storage.local.set({ stack: "nginx" })');
  await stackOf(first).selectOption({ label: 'NestJS' });
  await first.panel.frame.getByRole('button', { name: 'Code', exact: true }).first().click();
  await fixOf(first, lab, AT_PROXY);
  await expect(chosenIn(first, AT_PROXY.rule)).toHaveText('nginx');
  await stackOf(first, AT_PROXY.rule).selectOption({ label: 'HAProxy' });

  const second = await newTab();
  await fixOf(second, lab);
  await expect(chosenIn(second)).toHaveText('NestJS');
  const code = second.panel.frame.getByRole('button', { name: 'Code', exact: true }).first();
  await expect(code).toHaveAttribute('aria-pressed', 'true');
  await fixOf(second, lab, AT_PROXY);
  await expect(chosenIn(second, AT_PROXY.rule)).toHaveText('HAProxy');
  await second.panel.frame.evaluate('chrome.storage.local.clear()');
});

test('what goes around the fault, and a proxy, choose nothing for the server', async ({ lab, newTab }) => {
  const tab = await newTab();
  await fixOf(tab, lab);
  await stackOf(tab).selectOption({ label: 'NestJS' });
  await tab.panel.frame.getByRole('tab', { name: 'Cannot touch the server?' }).first().click();
  await stackOf(tab).selectOption({ label: 'nginx' });
  await fixOf(tab, lab);
  await expect(chosenIn(tab)).toHaveText('NestJS');
  await tab.panel.frame.evaluate('chrome.storage.local.clear()');
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
async function fixOf({ page, panel }: Tab, lab: Lab, { scenario, rule } = AT_SERVER): Promise<void> {
  await page.goto('about:blank');
  await page.goto(lab.url(scenario, 'once'));
  await settled(page);
  await expect(panel.frame.locator(`article[data-rule="${rule}"]`).first()).toBeVisible();
}

function stackOf({ panel }: Tab, rule = AT_SERVER.rule) {
  const card = panel.frame.locator(`article[data-rule="${rule}"]`).first();
  return card.getByRole('combobox', { name: 'Stack', exact: true }).first();
}

function chosenIn(tab: Tab, rule = AT_SERVER.rule) {
  return stackOf(tab, rule).locator('option:checked');
}
