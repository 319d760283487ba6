import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFinder, MIN_LENGTH } from './finder.ts';

describe('a finder', () => {
  it('replaces what it was told of, the longest where several begin at one place', () => {
    const finder = createFinder();
    finder.add('secret-12', '<short>');
    finder.add('secret-1234', '<long>');
    expect(finder.replace('a secret-1234, a secret-12 and secret-1')).toBe('a <long>, a <short> and secret-1');
    expect(finder.has('xsecret-12x')).toBe(true);
    expect(finder.has('secret')).toBe(false);
  });

  it('finds whatever is there, wherever it is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '\ud83d') });
    const secret = fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), minLength: MIN_LENGTH, maxLength: 12 });
    fc.assert(
      fc.property(text, secret, text, (before, needle, after) => {
        const finder = createFinder();
        finder.add(needle, '#');
        const haystack = before + needle + after;
        expect(finder.has(haystack)).toBe(true);
        expect(finder.replace(haystack)).toBe(haystack.replaceAll(needle, '#'));
        expect(finder.replace(before)).toBe(before.replaceAll(needle, '#'));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
