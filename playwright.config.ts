import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // One real browser at a time. At a desk there is no second chance: a test that fails now and then is a failing test. A shared
  // machine may stand still at any moment: there it is run once more and, if it passes, named as unsteady (scripts/test.mjs).
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
});
