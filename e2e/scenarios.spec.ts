/** Every scenario of the lab, live: the panel's diagnosis against what independent witnesses say. */
import { expectAsDeclared } from './declared.ts';
import { skipWhereMissing, test } from './fixtures.ts';
import { scenarios } from './lab/scenarios/index.ts';

for (const scenario of scenarios) {
  test(`${scenario.group}: ${scenario.id}`, async ({ lab, tab }) => {
    skipWhereMissing(scenario);
    await expectAsDeclared(lab, tab, scenario);
  });
}
