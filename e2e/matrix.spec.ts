/**
 * What works is found to work: real clients and servers of every version that fit together, over every transport, directly and
 * through proxies. Here a choice in which every two values meet; all of it with FULL=1 (`npm run test:full`).
 */
import { expectAsDeclared } from './declared.ts';
import { expect, skipWhereMissing, test } from './fixtures.ts';
import { type Lab, openLab } from './lab/lab.ts';
import { allCases, FACTORS, pairwise } from './matrix/cases.ts';
import { matrixScenarios } from './matrix/scenario.ts';

const cases = process.env.FULL ? allCases : pairwise(allCases);
const scenarios = matrixScenarios(cases);
let lab: Lab;

test.beforeAll(async () => {
  lab = await openLab({ scenarios });
});
test.afterAll(() => lab.close());

for (const [index, scenario] of scenarios.entries()) {
  test(`matrix: ${scenario.id}`, async ({ tab }) => {
    skipWhereMissing(scenario);
    const { client } = await lab.start(scenario.id);
    const server = client.connections[0]?.url ?? '';
    const page = cases[index]?.origin === 'same' ? server : lab.origin;
    await expectAsDeclared(lab, tab, scenario, new URL(`/s/${scenario.id}`, page).href);
  });
}

test('the choice holds every two values that fit together', () => {
  const chosen = pairwise(allCases).map((one) => new Map<string, unknown>(Object.entries(one)));
  const missing = everyTwoValues().filter(
    ([a, b]) => !chosen.some((one) => one.get(a.factor) === a.value && one.get(b.factor) === b.value),
  );
  const server2 = { factor: 'server', value: 2 };
  // https://socket.io/docs/v4/client-installation/#version-compatibility
  expect(missing).toEqual([3, 4].map((value) => [{ factor: 'client', value }, server2]));
  expect(chosen.length).toBeLessThan(allCases.length / 5);
});

function everyTwoValues() {
  const values = Object.entries(FACTORS).map(([factor, all]) => all.map((value) => ({ factor, value })));
  return values.flatMap((first, index) =>
    values.slice(index + 1).flatMap((second) => first.flatMap((a) => second.map((b) => [a, b] as const))),
  );
}
