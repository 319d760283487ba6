import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import catalogue from './rules.json' with { type: 'json' };
import { rulesList } from './rules-list.ts';

const written = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

describe('docs/rules.md', () => {
  it('is as the rules are', () => {
    expect(written, 'docs/rules.md is not current: npm run docs').toBe(rulesList(rules));
  });

  it('has a line for every rule, under the heading of its rung', () => {
    const rows = written.split(/^## /m).slice(1).flatMap(rowsOf);
    const known = new Map(catalogue.rules.map((rule) => [rule.id, rule]));
    expect(rows.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
    for (const row of rows) expect(row).toMatchObject({ ...pick(known.get(row.id)) });
  });
});

function rowsOf(table: string) {
  const rung = Number.parseInt(table, 10);
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .map((line) => {
      const [, rule = '', severity, confidence] = line.split('|').map((cell) => cell.trim());
      return { id: /`(.+)`/.exec(rule)?.[1] ?? '', severity, confidence, rung };
    });
}

function pick(rule: { severity: string; confidence: string; rung: number } | undefined) {
  return { severity: rule?.severity, confidence: rule?.confidence, rung: rule?.rung };
}
