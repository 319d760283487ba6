import { describe, expect, it } from 'vitest';
import {
  count,
  formatDuration,
  formatOffset,
  formatTimeOfDay,
  isSourceUrl,
  shortSid,
  sourceLabel,
  splitUrl,
  visible,
} from './format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.7, '1 ms'],
    [12.4, '12 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [1250, '1.2 s'],
    [9999, '9.9 s'],
    [10_000, '10 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [3_780_000, '1 h 3 min'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('does not round up into a unit that it does not name', () => {
    expect(formatDuration(999.6)).toBe('999 ms');
  });
});

describe('formatOffset', () => {
  const start = '2026-11-22T10:00:00.000Z';
  it('says how long after the start', () => expect(formatOffset(start, '2026-11-22T10:00:00.012Z')).toBe('+12 ms'));
  it('says how long before it', () => expect(formatOffset(start, '2026-11-22T09:59:58.000Z')).toBe('−2.0 s'));
  it('says nothing of a time that is none', () => expect(formatOffset(start, 'yesterday')).toBeNull());
});

describe('formatTimeOfDay', () => {
  it('is local', () => expect(formatTimeOfDay(new Date(2026, 10, 22, 4, 3, 2).toISOString())).toBe('04:03:02'));
  it('is nothing for a time that is none', () => expect(formatTimeOfDay('')).toBeNull());
});

describe('shortSid', () => {
  it('cuts a sid', () => expect(shortSid('lv_VI97HAXpY6yYWAAAC')).toBe('lv_VI97H…'));
  it('leaves a placeholder whole, since its number is what counts', () => {
    expect(shortSid('[redacted:sid:12]')).toBe('[redacted:sid:12]');
  });
});

describe('splitUrl', () => {
  it('parts host and path', () => {
    expect(splitUrl('ws://localhost:3001/socket.io/?EIO=4')).toEqual({
      host: 'localhost:3001',
      path: '/socket.io/?EIO=4',
    });
  });
  it('shows what is no URL as it is', () => expect(splitUrl('<b>')).toEqual({ host: '<b>', path: '' }));
});

describe('sources', () => {
  it('are named by file and line', () => {
    expect(sourceLabel('http://localhost:3000/src/chat.ts?t=17', 41)).toBe('chat.ts:41');
  });
  it('are named by their URL where that has no file', () => {
    expect(sourceLabel('http://localhost:3000/', 3)).toBe('http://localhost:3000/:3');
  });
  it.each([
    ['http://localhost:3000/chat.ts', true],
    ['https://example.com/a.js', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['chrome-extension://abc/x.js', false],
    ['file:///etc/passwd', false],
    ['chat.ts', false],
  ])('%s may be opened: %s', (url, may) => expect(isSourceUrl(url)).toBe(may));
});

describe('visible', () => {
  it('writes out what turns or hides text', () => {
    expect(visible('a\u202eb\u200bc\u0000d\u001b[31m')).toBe('a\\u202eb\\u200bc\\u0000d\\u001b[31m');
  });
  it('leaves letters of any script, and line breaks, alone', () => {
    expect(visible('ä 日本 שלום 😀\n\tx')).toBe('ä 日本 שלום 😀\n\tx');
  });
});

it('counts', () => {
  expect([count(1, 'request'), count(0, 'request'), count(5003, 'request')]).toEqual([
    '1 request',
    '0 requests',
    '5,003 requests',
  ]);
});
