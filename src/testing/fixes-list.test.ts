import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Proofs } from '../fixes/judge.ts';
import proofs from '../fixes/proofs.json';
import { rules } from '../rules/index.ts';
import { CELL_REASONS, fixesList, REASONS } from './fixes-list.ts';

describe('docs/fixes.md', () => {
  it('is current', () => {
    const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'fixes.md'), 'utf8');
    expect(written, 'docs/fixes.md is not current: npm run docs').toBe(fixesList(rules, proofs));
  });

  it('marks every fix once', () => {
    const lists = Object.values(proofs).flatMap((fixes): string[][] => Object.values(fixes));
    const cells = fixesList(rules, proofs).match(/(?<=^\| `.*\| .*)[✓–](?=[ ,])/gm) ?? [];
    expect(cells.filter((cell) => cell === '✓')).toHaveLength(lists.filter(({ length }) => length > 0).length);
    expect(cells).toHaveLength(lists.length);
  });

  it('says of every fix that is not executed why', () => {
    const known: Proofs = proofs;
    const cells = Object.entries(known).flatMap(([rule, fixes]) =>
      Object.entries(fixes).flatMap(([fix, shapes]) => (shapes.length > 0 || REASONS[fix] ? [] : [`${rule}/${fix}`])),
    );
    expect(Object.keys(CELL_REASONS).sort()).toEqual(cells.sort());
  });

  it('is about rules that there are', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(proofs)));
  });
});
