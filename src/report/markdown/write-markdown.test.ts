import { describe, expect, it } from 'vitest';
import { reportOf } from '../../testing/diagnose.ts';
import { entry, handshakeUrl, records } from '../../testing/entries.ts';
import { codeBlock, codeSpan, markdownText } from './escape.ts';
import { blockMarkdown } from './markup-markdown.ts';
import { mermaidSequence } from './mermaid.ts';
import { writeMarkdown } from './write-markdown.ts';

describe('markdownText', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['`code`', '\\`code\\`'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[a](b)', '\\[a\\](b)'],
    ['- no item', '\\- no item'],
    ['GH-12', 'GH-\u200b12'],
    ['@team', '@\u200bteam'],
    ['see #12 and !3', 'see \\#\u200b12 and \\!\u200b3'],
    ['&lt;', '\\&lt;'],
    ['1. first', '1\\. first'],
    ['two\nlines', 'two lines'],
    ['https://evil.example', 'https://\u200bevil.example'],
  ])('%s', (text, expected) => expect(markdownText(text)).toBe(expected));
});

describe('codeSpan', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a||b', '`a\\|\\|b`'],
    ['', '*empty*'],
  ])('%s', (text, expected) => expect(codeSpan(text)).toBe(expected));
});

it('closes a block of code only where it ends', () => {
  expect(codeBlock('a\n```\nb\n', 'js')).toBe('````js\na\n```\nb\n````');
});

it('writes an explanation anew, so that HTML and images in it are text', () => {
  const written = blockMarkdown(
    '## What happened\n\nIt **failed** at `a`: <img src=x> ![x](https://evil.example/x.png) @team\n\n- one\n- two',
  );
  expect(written).toContain('**What happened**');
  expect(written).toContain('It **failed** at `a`: \\<img src=x\\>');
  expect(written).not.toMatch(/!\[|evil\.example|@team/);
  expect(written).toContain('- one\n- two');
});

describe('mermaidSequence', () => {
  const message = { kind: 'request', from: 'browser', to: 'server', step: 1 } as const;

  it('lets no label end its line, or begin another', () => {
    const diagram = mermaidSequence(
      {
        proxy: 'nginx; end',
        omitted: 0,
        messages: [{ ...message, label: 'GET a;b#1\n```\n%%{init: {}}%% <b>', outcome: 'failed' }],
      },
      'localhost:3001',
    );
    expect(diagram.split('\n')).toHaveLength(5);
    expect(diagram).toContain('participant proxy as nginx#59; end');
    expect(diagram).toContain(
      'browser-xserver: ✗ GET a#59;b#35;1 #96;#96;#96; #37;#37;#123;init: #123;#125;#125;#37;#37; #60;b#62;',
    );
  });

  it('tells an answer, a failure and a note apart', () => {
    const diagram = mermaidSequence(
      {
        proxy: null,
        omitted: 0,
        messages: [
          { ...message, label: 'GET handshake', outcome: 'ok' },
          { kind: 'answer', from: 'server', to: 'browser', step: null, label: '400', outcome: 'failed' },
          { ...message, kind: 'note', label: 'no answer', outcome: 'failed' },
        ],
      },
      'server',
    );
    expect(diagram.split('\n').slice(-3)).toEqual([
      '    browser->>server: GET handshake',
      '    server--xbrowser: ✗ 400',
      '    note over browser,server: ✗ no answer',
    ]);
  });
});

describe('writeMarkdown', () => {
  const report = reportOf(records([entry({ url: handshakeUrl(), error: 'net::ERR_FAILED' })]));

  it('says what is wrong, shows it, and folds the requests away', () => {
    const markdown = writeMarkdown(report);
    const [headline = ''] = markdown.split('\n');
    expect(headline).toBe(`## ${report.summary.headline}`);
    expect(markdown).toContain('root cause `cors-not-configured`');
    expect(markdown).toMatch(/```mermaid\nsequenceDiagram\n[^`]*server--xbrowser: ✗ 200, withheld[^`]*```/);
    expect(markdown).toMatch(/<details><summary>1 request<\/summary>[\s\S]*<\/details>/);
    expect(markdown).toMatch(
      /\| response header `Access-Control-Allow-Origin` \| `http:\/\/localhost:3000` \| \*nothing\* \|/,
    );
  });

  it('lets notes call nobody and end nothing', () => {
    const markdown = writeMarkdown({ ...report, notes: 'ask @team\n</details><script>alert(1)</script>\n```' });
    expect(markdown).toContain('> ask @\u200bteam');
    expect(markdown).not.toContain('<script>');
    expect(markdown.match(/^```/gm)?.length).toBe(writeMarkdown(report).match(/^```/gm)?.length);
  });
});
