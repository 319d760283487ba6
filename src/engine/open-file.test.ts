import { describe, expect, it } from 'vitest';
import { UnusableInputError } from '../capture/har-file.ts';
import type { Report } from '../model/report.ts';
import { WRITERS } from '../report/write-report.ts';
import { entry, PAGE } from '../testing/entries.ts';
import { openFile } from './open-file.ts';

const REQUEST = { redact: false, createdAtMs: 0, version: '0.0.0' };
const har = JSON.stringify({ log: { version: '1.2', entries: [entry({ error: 'net::ERR_FAILED' })] } });
const open = (text: string, name = 'capture.har') => openFile({ text, name });
const reportOf = (text: string): Report => open(text).buildReport(REQUEST);

describe('openFile', () => {
  it('diagnoses a HAR, with or without a byte order mark', () => {
    expect(reportOf(har).summary.rootCause).toBe('cors-not-configured');
    expect(reportOf(`\uFEFF${har}`)).toEqual(reportOf(har));
    expect(open(har).saved).toBeNull();
  });

  it.each(['json', 'html'] as const)('opens a report that was saved as %s, with what was noted in it', (format) => {
    const saved = open(har).buildReport({ ...REQUEST, redact: true, notes: 'I pressed Buy.' });
    const again = open(WRITERS[format].write(saved), 'report');
    expect(again.saved).toEqual(JSON.parse(JSON.stringify(saved)));
    expect(again.buildReport(REQUEST)).toMatchObject({
      notes: 'I pressed Buy.',
      redacted: true,
      summary: saved.summary,
    });
  });

  it('takes the page’s origin where the file does not show it', () => {
    const bare = { ...entry(), request: { ...entry().request, headers: [] } };
    const text = JSON.stringify({ log: { entries: [bare] } });
    expect(openFile({ text, name: 'x', pageOrigin: PAGE }).buildReport(REQUEST).endpoints[0]?.pageOrigin).toBe(PAGE);
  });

  it.each([
    ['', 'is not JSON: '],
    ['{"log":', 'is not JSON: '],
    ['<!doctype html><p>Hello', 'is HTML and holds no report of socketio-doctor'],
    ['{"schema":"socketio-doctor/report/v9"}', 'a newer form than this version reads'],
    ['{"schema":"socketio-doctor/report/v1"}', 'is missing or of the wrong type'],
    ['[]', 'log.entries is missing'],
  ])('refuses %j in one sentence that names the file', (text, why) => {
    const opening = () => open(text, 'broken.har');
    expect(opening).toThrow(UnusableInputError);
    expect(opening).toThrow(/^[^\n]*broken\.har[^\n]*$/);
    expect(opening).toThrow(why);
  });
});
