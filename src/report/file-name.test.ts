import { expect, it } from 'vitest';
import { reportFileName } from './file-name.ts';

const AT_MS = new Date(2026, 0, 2, 3, 4, 5).getTime();

it.each([
  ['https://shop.example.com/cart?x=1', 'socketio-report-shop.example.com-20260102-030405.json'],
  ['http://localhost:3000/', 'socketio-report-localhost-3000-20260102-030405.json'],
  ['http://[::1]:3000/', 'socketio-report-1-3000-20260102-030405.json'],
  ['file:///tmp/page.html', 'socketio-report-page-20260102-030405.json'],
  [null, 'socketio-report-page-20260102-030405.json'],
])('names the report of %s', (pageUrl, expected) => {
  expect(reportFileName(pageUrl, AT_MS, 'json')).toBe(expected);
});
