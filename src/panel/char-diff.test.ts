import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, diffCharacters, worthComparing } from './char-diff.ts';

/** `http://[localhost]`: what differs in brackets. */
const marked = (parts: DiffPart[]) => parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');
const both = (expected: string, actual: string) => {
  const diff = diffCharacters(expected, actual);
  return [marked(diff.expected), marked(diff.actual)];
};

describe('diffCharacters', () => {
  it.each([
    ['http://localhost:3000', 'http://localhost:3000/', 'http://localhost:3000', 'http://localhost:3000[/]'],
    ['http://localhost:3000', 'http://localhost:3001', 'http://localhost:300[0]', 'http://localhost:300[1]'],
    ['http://localhost:3000', 'https://localhost:3000', 'http://localhost:3000', 'http[s]://localhost:3000'],
    ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[localhost]:3000', 'http://[127.0.0.1]:3000'],
    ['https://example.com', 'https://www.example.com', 'https://example.com', 'https://[www.]example.com'],
    ['https://example.com', 'example.com', '[https://]example.com', 'example.com'],
    ['http://a.test', 'http://A.test', 'http://[a].test', 'http://[A].test'],
    ['', 'x', '', '[x]'],
    ['same', 'same', 'same', 'same'],
  ])('%s against %s', (expected, actual, markedExpected, markedActual) => {
    expect(both(expected, actual)).toEqual([markedExpected, markedActual]);
  });

  it('marks two places of one value apart', () => {
    expect(both('http://localhost:3000', 'https://localhost:4000')).toEqual([
      'http://localhost:[3]000',
      'http[s]://localhost:[4]000',
    ]);
  });

  it('never cuts a character in two', () => {
    expect(both('a😀b', 'a😁b')).toEqual(['a[😀]b', 'a[😁]b']);
  });

  it('loses and invents nothing, and calls equal only what is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '😀'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { expected, actual } = diffCharacters(a, b);
        const whole = (parts: DiffPart[]) => parts.map((part) => part.text).join('');
        const equal = (parts: DiffPart[]) => whole(parts.filter((part) => !part.differs));
        expect(whole(expected)).toBe(a);
        expect(whole(actual)).toBe(b);
        expect(equal(expected)).toBe(equal(actual));
      }),
    );
  });

  it('takes no noticeable time for a header of 100,000 characters', () => {
    const started = performance.now();
    expect(both('x', 'y'.repeat(100_000))[0]).toBe('[x]');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('worthComparing', () => {
  it('compares values that are nearly the same', () => {
    expect(worthComparing('http://localhost:3000', 'http://localhost:3000/')).toBe(true);
    expect(worthComparing('http://localhost:3000', 'http://127.0.0.1:3000')).toBe(true);
  });

  it('leaves equal and unlike values alone', () => {
    expect(worthComparing('http://localhost:3000', 'http://localhost:3000')).toBe(false);
    expect(worthComparing('http://localhost:3000', '*')).toBe(false);
    expect(worthComparing('true', '1')).toBe(false);
  });
});
