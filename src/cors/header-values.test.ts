import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinedValue, tokenList } from './header-values.ts';

describe('combinedValue', () => {
  it('is null without a line, and "" for an empty one', () => {
    expect(combinedValue([], 'Vary')).toBeNull();
    expect(combinedValue([{ name: 'Vary', value: '' }], 'Vary')).toBe('');
  });

  it('strips each line and joins in the order they came', () => {
    const lines = [
      { name: 'ACCESS-control-allow-origin', value: ' \t* \r\n' },
      { name: 'Vary', value: 'Origin' },
      { name: 'Access-Control-Allow-Origin', value: 'null' },
    ];
    expect(combinedValue(lines, 'access-control-allow-origin')).toBe('*, null');
  });

  it('keeps what is not HTTP whitespace', () => {
    expect(combinedValue([{ name: 'a', value: '\f*\u00a0' }], 'a')).toBe('\f*\u00a0');
  });

  it('takes linear time on a long line of blanks', () => {
    const value = `a${' '.repeat(1_000_000)}b`;
    expect(combinedValue([{ name: 'a', value }], 'a')).toBe(value);
  });
});

describe('tokenList', () => {
  it('reads a list, leaves empty elements out, and takes an absent header for an empty list', () => {
    expect(tokenList(' GET ,\tPUT,, ')).toEqual(['GET', 'PUT']);
    expect(tokenList(null)).toEqual([]);
  });

  it.each(['GET PUT', 'GET;PUT', '"GET"', '[GET]', 'GÉT', 'GET, a/b'])('refuses %s', (value) => {
    expect(tokenList(value)).toBeNull();
  });

  it('accepts every token character of RFC 9110', () => {
    const tchar = [..."!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }), (character) => {
        const isSeparator = character === ',' || /[\t\n\r ]/.test(character);
        expect(tokenList(`a${character}`) !== null).toBe(isSeparator || tchar.includes(character));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
