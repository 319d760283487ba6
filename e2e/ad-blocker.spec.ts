/** With another extension that makes Chromium blank the error texts of WebSockets, as every ad blocker does. */
import { AD_BLOCKER, EXTENSION, launchChromium } from './browser/chromium.ts';
import { reportWhen } from './diagnosis.ts';
import { expect, skipWhereMissing, test } from './fixtures.ts';
import { wsUpgrade400NoFallback } from './lab/scenarios/ws-upgrade-400-no-fallback.ts';
import { wsUpgrade400Proxy } from './lab/scenarios/ws-upgrade-400-proxy.ts';
import { settled } from './witness.ts';

/** A client that falls back has lost the upgrade alone; one that does not has lost all, which is what to mend first. */
const CASES = [
  { scenario: wsUpgrade400Proxy, rootCause: 'ws-upgrade-failed-hidden' },
  { scenario: wsUpgrade400NoFallback, rootCause: 'no-transport-fallback' },
];

for (const { scenario, rootCause } of CASES) {
  test(`ad blocker: ${scenario.id}`, async ({ lab }) => {
    skipWhereMissing(scenario);
    const chromium = await launchChromium({ extensions: [EXTENSION, AD_BLOCKER] });
    try {
      const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
      const panel = await chromium.openPanel(page);
      await page.goto(lab.url(scenario.id));
      await settled(page);
      const report = await reportWhen(panel, ({ summary }) =>
        [scenario.expected.status].flat().includes(summary.status),
      );
      expect([scenario.expected.status].flat()).toContain(report.summary.status);

      // What was there to see: the upgrade failed, and that is all the browser says.
      const sockets = report.har.log.entries.filter(({ _resourceType }) => _resourceType === 'websocket');
      const texts = sockets
        .flatMap(({ _webSocketMessages = [] }) => _webSocketMessages)
        .map(({ type, data }) => ({ type, data }));
      expect(texts).toContainEqual({ type: 'error', data: '' });

      expect(report.summary.rootCause).toBe(rootCause);
      expect(report.findings.map(({ rule }) => rule)).toContain('ws-upgrade-failed-hidden');
      expect(report.limits.map(({ code }) => code)).toContain('websocket-error-hidden');
    } finally {
      await chromium.close();
    }
  });
}
