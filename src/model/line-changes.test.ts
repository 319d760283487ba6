import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText, lineChanges, readsBetterAsDifference } from './line-changes.ts';

describe('lineChanges', () => {
  it('puts what goes before what comes', () => {
    expect(diffText('{\n  a: 1,\n  b: 2,\n}', '{\n  a: 3,\n  b: 2,\n  c: 4,\n}')).toBe(
      '  {\n-   a: 1,\n+   a: 3,\n    b: 2,\n+   c: 4,\n  }',
    );
  });

  it('loses no line of either side, whatever they are', () => {
    const texts = fc.array(fc.constantFrom('', 'a', 'b', '  c')).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const changes = lineChanges(before, after);
        const without = (kind: string) => changes.filter((line) => line.kind !== kind).map(({ text }) => text);
        expect(without('added').join('\n')).toBe(before);
        expect(without('removed').join('\n')).toBe(after);
      }),
    );
  });
});

describe('readsBetterAsDifference', () => {
  it.each([
    ['one line of many', 'a\nb\nc', 'a\nx\nc', true],
    ['an option that comes', 'io("x")', 'io("x", {\n  y,\n})', true],
    ['nothing', 'a', 'a', false],
    ['a block in place of a line', 'a', '1\n2\n3\n4\n5', false],
  ])('%s', (_, before, after, expected) => expect(readsBetterAsDifference(before, after)).toBe(expected));
});
