import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { NO_SCENARIO } from './no-scenario.ts';
import { scenarios } from './scenarios/index.ts';

const shown = new Set(
  scenarios.flatMap(({ id, expected }) =>
    [id, expected.rootCause, ...(expected.also ?? [])].filter((rule) => rule !== null),
  ),
);
const ids = rules.map(({ id }) => id);

describe('the lab', () => {
  it.each(ids)('shows %s, or says why not', (id) => {
    const hint = `no scenario expects ${id}: add e2e/lab/scenarios/${id}.ts, or a reason in e2e/lab/no-scenario.ts`;
    expect(shown.has(id) || (NO_SCENARIO[id] ?? '').length > 20, hint).toBe(true);
  });

  it.each(Object.keys(NO_SCENARIO))('has a reason for %s that still holds', (id) => {
    expect(ids, `${id} in e2e/lab/no-scenario.ts is no rule`).toContain(id);
    expect([...shown], `a scenario shows ${id}: take its reason out of e2e/lab/no-scenario.ts`).not.toContain(id);
  });

  it('has one name for each scenario', () => {
    const names = scenarios.map(({ id }) => id);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s is where its name says',
    async (id, scenario) => {
      const file: Record<string, unknown> = await import(`./scenarios/${id}.ts`);
      expect(Object.values(file)).toContain(scenario);
    },
  );
});
