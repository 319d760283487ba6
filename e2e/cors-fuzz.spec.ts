/** CORS verdicts against Chromium's own (CDP `Network.loadingFailed.corsErrorStatus`), on requests that nobody chose. */
import { expect, test } from 'playwright/test';
import { describeResult, fuzzCors } from './cors-fuzz/fuzz.ts';

const COUNT = 500;

// One disagreement is one too many, wherever it was seen.
test.describe.configure({ retries: 0 });

test(`${COUNT} generated requests: the extension never disagrees with Chromium`, async () => {
  test.setTimeout(180_000);
  // Another seed every day, and the same one all day: what fails can be sent again.
  const seed = Math.floor(Date.now() / 86_400_000);
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const results = await fuzzCors({ count: COUNT, seed });
  expect(results).toHaveLength(COUNT);
  expect(results.filter(({ agreement }) => agreement.kind === 'disagrees').map(describeResult)).toEqual([]);
  const open = results.filter(({ agreement }) => agreement.kind === 'cannot tell');
  expect(open.length / COUNT).toBeLessThanOrEqual(0.15);
  // Neither a page that sends nothing nor a server that never refuses would disagree.
  expect(new Set(results.map(({ truth }) => truth.corsError)).size).toBeGreaterThanOrEqual(10);
});
