/** Sharing in Firefox, whose panels have fewer of the extension's APIs: the store and the tab are there all the same. */
import { createServer } from 'node:http';
import { type FirefoxPanel, launchFirefox } from './browser/firefox.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, firefoxIsMissing, test } from './fixtures.ts';

const SCENARIO = 'cors-not-configured';

test('Firefox: File bug keeps the tracker and opens its page, and the menu saves at once', async ({
  lab,
}, testInfo) => {
  test.skip(firefoxIsMissing(), 'not run: Firefox missing (apt install firefox-esr)');
  test.setTimeout(120_000);
  // The tracker is the witness: it hears of what the browser opens, and of nothing before.
  const asked: string[] = [];
  const tracker = createServer((request, response) => {
    if (request.url?.startsWith('/bugs')) asked.push(request.url);
    response.end('<title>New issue</title>');
  });
  await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve));
  const address = tracker.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  // A browser of its own: the tab that opens would be in the way of the tests that share one.
  const firefox = await launchFirefox();
  try {
    await firefox.page.goto(lab.url(SCENARIO, 'once'));
    const panel = await firefox.openPanel();
    await firefox.page.goto(lab.url(SCENARIO, 'once'));
    const report = await reportWhen(panel, ({ summary }) => summary.rootCause === SCENARIO);
    expect(report.summary.rootCause).toBe(SCENARIO);

    await panel.click('//button[@aria-label="File bug"]');
    await shown(panel, 'No tracker is set yet');
    await setValue(panel, 'dialog select', 'url');
    await setValue(panel, 'dialog input[type=text]', `http://127.0.0.1:${port}/bugs?t={title}&b={body}`);
    await shown(panel, 'Opens http://127.0.0.1');
    await panel.click('//button[normalize-space()="Save tracker"]');
    await shown(panel, `File bug at 127.0.0.1:${port}`);
    await shown(panel, 'sequenceDiagram');
    await panel.screenshot(testInfo.outputPath('review.png'));
    expect(await panel.evaluate('return browser.storage.local.get("tracker").then((all) => all.tracker.kind)')).toBe(
      'url',
    );
    expect(asked).toEqual([]);
    await panel.click('//button[normalize-space()="Open tracker"]');
    await expect.poll(() => asked.length).toBe(1);
    const { searchParams } = new URL(asked[0] ?? '', 'http://t');
    expect(searchParams.get('t')).toBe(report.summary.headline.replaceAll('`', ''));
    expect(searchParams.get('b')).toMatch(/^## /);
  } finally {
    await firefox.close();
    tracker.close();
  }
});

/** Waits until the panel says so. */
async function shown(panel: FirefoxPanel, text: string): Promise<void> {
  await expect
    .poll(() => panel.evaluate(`return document.body.textContent.includes(${JSON.stringify(text)})`), {
      timeout: 15_000,
    })
    .toBe(true);
}

/** As if it were typed or chosen: React hears of it only by the event, and only if the value was not set through its own setter. */
async function setValue(panel: FirefoxPanel, selector: string, value: string): Promise<void> {
  await panel.evaluate(`
    const element = document.querySelector(${JSON.stringify(selector)});
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
    set.call(element, ${JSON.stringify(value)});
    element.dispatchEvent(new Event(element.localName === 'select' ? 'change' : 'input', { bubbles: true }));
  `);
}
