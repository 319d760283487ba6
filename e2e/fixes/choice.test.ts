import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { chosen, pairsOf } from './choice.ts';
import { proofs } from './proofs/index.ts';

describe('the choice of proofs', () => {
  const few = chosen(proofs);
  const quick = proofs.filter(({ isSlow }) => !isSlow);

  it.each(['subject', 'fix'] as const)('shows every %s', (key) => {
    expect(new Set(few.map((proof) => proof[key]))).toEqual(new Set(quick.map((proof) => proof[key])));
  });

  it('shows every pair', () => {
    expect(new Set(few.flatMap(pairsOf))).toEqual(new Set(quick.flatMap(pairsOf)));
  });

  it('stays small', () => {
    expect(few.length).toBeLessThan(quick.length / 2);
  });
});

describe('the proofs', () => {
  it('have names of their own', () => {
    const names = proofs.map(({ rule, detail, fix, variant }) => [rule, detail, fix, variant].join(' '));
    expect(names).toEqual([...new Set(names)]);
  });

  it('are those that reports call executed', () => {
    const written = readFileSync(new URL('../../src/fixes/proofs.json', import.meta.url), 'utf8');
    const known = v.parse(v.record(v.string(), v.record(v.string(), v.array(v.string()))), JSON.parse(written));
    const executed = Object.entries(known).flatMap(([rule, fixes]) =>
      Object.entries(fixes).flatMap(([fix, shapes]) => (shapes.length > 0 ? [`${rule}/${fix}`] : [])),
    );
    const proven = new Set(proofs.map(({ rule, fix }) => `${rule}/${fix}`));
    expect(executed.sort(), 'src/fixes/proofs.json is not current: npm run test:fixes').toEqual([...proven].sort());
  });
});
