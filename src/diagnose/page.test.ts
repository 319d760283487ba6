import { describe, expect, it } from 'vitest';
import { fillPage } from './page.ts';

const PAGE =
  '# `{server}` is down\n\n## What happened\n\nIt said {words}.\n\n## How to fix\n\nStart it.\n\n## When could this be wrong?\n\n{not} filled.\n';

describe('fillPage', () => {
  it('fills the title and the two sections that a finding shows', () => {
    expect(fillPage(PAGE, { server: 'http://h', words: 'no' })).toEqual({
      title: '`http://h` is down',
      explanation: '## What happened\n\nIt said no.\n\n## How to fix\n\nStart it.',
    });
  });

  it('is strict both ways', () => {
    expect(() => fillPage(PAGE, { server: 'http://h' })).toThrow('{words}');
    expect(() => fillPage(PAGE, { server: 'http://h', words: 'no', spare: '' })).toThrow('{spare}');
  });

  it('keeps a value inside its code span', () => {
    expect(fillPage(PAGE, { server: '`**x**`\n# y', words: 'no' }).title).toBe("`'**x**' # y` is down");
  });
});
