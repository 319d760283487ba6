import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../testing/diagnose.ts';
import { entry, handshakeUrl, records } from '../../testing/entries.ts';
import { jiraBlock, jiraCode, jiraText } from './escape.ts';
import { blockJira } from './markup-jira.ts';
import { writeJira } from './write-jira.ts';

describe('jiraText', () => {
  it.each([
    ['*bold* _it_', '\\*bold\\* \\_it\\_'],
    ['{code}x{code}', '\\{code\\}x\\{code\\}'],
    ['[~admin]', '\\[\\~admin\\]'],
    ['[a|http://b]', '\\[a\\|http://\u200bb\\]'],
    ['!http://b/x.png!', '\\!http://\u200bb/x.png\\!'],
    ['a\\\\b', 'a&bsol;&bsol;b'],
    ['h1. Head', 'h1\u200b. Head'],
    ['bq. quoted', 'bq\u200b. quoted'],
    ['# item', '\\# item'],
    ['- item', '\\- item'],
    ['cors-not-configured', 'cors-not-configured'],
    ['a --- b', 'a \\-\\-\\- b'],
    ['SHOP-12', 'SHOP\u200b-12'],
    ['??cite??', '\\?\\?cite\\?\\?'],
    [':) (x) ;)', ':\u200b) \\(x) ;\u200b)'],
    ['two\nlines', 'two lines'],
    ['&lt;', '&amp;lt;'],
    ['a\u202eb', 'a&bsol;u202eb'],
  ])('%s', (text, expected) => expect(jiraText(text)).toBe(expected));
});

it('ends a block only at its end', () => {
  expect(jiraBlock('a\n{noformat}\n*b*')).toBe('{noformat}\na\n{\u200bnoformat}\n*b*\n{noformat}');
});

it('writes an explanation anew', () => {
  const written = blockJira('## Head\n\nIt **failed** at `a|b`: ![x](http://e/x.png)\n\n- one\n- two');
  expect(written).toBe('*Head*\n\nIt {*}failed{*} at {{a\\|b}}: x\n\n* one\n* two');
});

it('says that a value is empty', () => expect(jiraCode(' ')).toBe('_empty_'));

describe('writeJira', () => {
  const report = reportOf(records([entry({ url: handshakeUrl(), error: 'net::ERR_FAILED' })]));

  it('says what is wrong, shows it, and proves it', () => {
    const text = writeJira(report);
    expect(text).toMatch(/^h2\. \{\{http:\/\/\u200blocalhost:3001\}\} answers/);
    expect(text).toContain('*failing*, root cause {{cors-not-configured}}');
    expect(text).toMatch(/\{noformat\}\n1\. {2}Browser ---> localhost:3001 {2}GET handshake\n/);
    expect(text).toContain(
      '|response header {{Access-Control-Allow-Origin}}|{{http://\u200blocalhost:3000}}|_nothing_|',
    );
  });

  it('lets nothing that others wrote begin a macro, a link, a row or an image', () => {
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '|',
      '!',
      '*',
      '\\',
      '\n',
      'h1.',
      'noformat',
      'code',
      'a',
      ' ',
      '~',
      '-',
    );
    const count = (text: string) => (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    const marks = [/(?<!\\)\{(noformat|code|color|panel|quote)/g, /(?<!\\)\[/g, /(?<!\\)!/g, /^\|/gm, /^h\d\./gm];
    const withText = (text: string) => {
      const [finding] = report.findings;
      if (!finding) throw new Error('no finding');
      const evidence = [{ exchange: 'x1', where: text, name: text, expected: `e${text}`, actual: `a${text}` }];
      const changed = { ...finding, evidence, fixes: [], explanation: 'x' };
      const steps = report.sessions.map((session) => ({ ...session, clientError: `c${text}` }));
      return writeJira({ ...report, notes: `n${text.replaceAll('\n', ' ')}`, findings: [changed], sessions: steps });
    };
    const harmless = count(withText('x'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const written = count(withText(text));
        for (const mark of marks) expect(written(mark)).toBe(harmless(mark));
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});
