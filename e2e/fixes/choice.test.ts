import { describe, expect, it } from 'vitest';
import { chosen } from './choice.ts';
import { proofs } from './proofs.ts';

describe('the choice of proofs', () => {
  const few = chosen(proofs);
  const quick = proofs.filter(({ isSlow }) => !isSlow);

  it.each(['subject', 'fix'] as const)('shows every %s', (key) => {
    expect(new Set(few.map((proof) => proof[key]))).toEqual(new Set(quick.map((proof) => proof[key])));
  });

  it('stays small', () => {
    expect(few.length).toBeLessThan(32);
    expect(few.length).toBeLessThan(quick.length / 3);
  });
});

describe('the proofs', () => {
  it('have names of their own', () => {
    const names = proofs.map(({ rule, detail, fix, variant }) => [rule, detail, fix, variant].join(' '));
    expect(names).toEqual([...new Set(names)]);
  });
});
