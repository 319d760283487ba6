/** What the end-to-end tests share: one lab, one browser, and DevTools that is open once for as many tests as possible. */
import { test as base, type Page } from 'playwright/test';
import { findFirefox, whatIsMissing } from '../scripts/find.mjs';
import { type Chromium, launchChromium, type Panel } from './browser/chromium.ts';
import { type Firefox, type FirefoxPanel, launchFirefox } from './browser/firefox.ts';
import { type Lab, openLab } from './lab/lab.ts';
import type { Scenario } from './lab/scenario.ts';

/** A page and its panel. */
export interface Tab {
  page: Page;
  panel: Panel;
}

interface Shared {
  lab: Lab;
  chromium: Chromium;
  /** Opened once, DevTools included; each test navigates it. */
  tab: Tab;
  /** Opened once, toolbox included; each test navigates it. */
  firefox: Firefox & { panel: FirefoxPanel };
}

interface Own {
  /** A page of this test alone, without DevTools. */
  newPage(): Promise<Page>;
  /** A page of this test alone, with DevTools on the panel. */
  newTab(): Promise<Tab>;
}

export const test = base.extend<Own, Shared>({
  lab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      const lab = await openLab();
      await use(lab);
      await lab.close();
    },
    { scope: 'worker' },
  ],
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const chromium = await launchChromium();
      await use(chromium);
      await chromium.close();
    },
    { scope: 'worker', timeout: 30_000 },
  ],
  tab: [
    async ({ chromium }, use) => {
      const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
      await use({ page, panel: await chromium.openPanel(page) });
    },
    { scope: 'worker', timeout: 30_000 },
  ],
  firefox: [
    async ({ lab }, use) => {
      const firefox = await launchFirefox();
      try {
        // So that the pages to come share a process: when it changes that, Firefox loses the first requests of a page now and then.
        await firefox.page.goto(lab.origin);
        await use({ ...firefox, panel: await firefox.openPanel() });
      } finally {
        await firefox.close();
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  newPage: async ({ chromium }, use) => {
    const pages: Page[] = [];
    await use(async () => {
      const page = await chromium.context.newPage();
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.close()));
  },
  newTab: async ({ chromium, newPage }, use) => {
    await use(async () => {
      const page = await newPage();
      return { page, panel: await chromium.openPanel(page) };
    });
  },
});

export { expect } from 'playwright/test';

/**
 * Skips the test whose scenario needs what is not here, and says what. Where everything has to run (`npm test` in CI says so), it
 * is not skipped but fails.
 */
export function skipWhereMissing({ needs }: Pick<Scenario, 'needs'>): void {
  const missing = process.env.REQUIRE_ALL ? null : whatIsMissing(needs);
  test.skip(missing !== null, missing ?? '');
}

/** Whether a test in Firefox cannot run here; as above, where everything has to run it fails. */
export function firefoxIsMissing(): boolean {
  return !findFirefox() && !process.env.REQUIRE_ALL;
}
