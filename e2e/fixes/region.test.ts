import { describe, expect, it } from 'vitest';
import { fillPlaceholders, withRegion } from './region.ts';

describe('withRegion', () => {
  const source = 'a\n  # fix:start\nold $& text\n  # fix:end\nz\n';

  it('puts the text in, byte for byte', () => {
    expect(withRegion(source, "  $' @PORT@ \\n")).toBe("a\n  # fix:start\n  $' @PORT@ \\n\n  # fix:end\nz\n");
  });

  it('gives back the source for the text that was there', () => {
    expect(withRegion(withRegion(source, 'new'), 'old $& text')).toBe(source);
  });

  it.each(['a', '// fix:start\n', '// fix:end\n// fix:start\n', `${source}${source}`])('refuses %j', (broken) => {
    expect(() => withRegion(broken, 'x')).toThrow('one region');
  });
});

describe('fillPlaceholders', () => {
  it('fills all, and refuses one without a value', () => {
    expect(fillPlaceholders('@PORT@ @PORT@ $x @ y', { PORT: 1 })).toBe('1 1 $x @ y');
    expect(() => fillPlaceholders('@PAGE@', { PORT: 1 })).toThrow('@PAGE@');
  });
});
