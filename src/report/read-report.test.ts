import { describe, expect, it } from 'vitest';
import { reportOf } from '../testing/diagnose.ts';
import { entry, records } from '../testing/entries.ts';
import { isReport, readReport, type UpgradeStep } from './read-report.ts';

const SAVED = JSON.stringify(reportOf(records([entry({ error: 'net::ERR_FAILED' })])));
const report = () => JSON.parse(SAVED);

/** As if there had been a version 0, which called the notes a comment. */
const fromVersion0: UpgradeStep = ({ comment, ...rest }) => ({ ...rest, notes: comment });

describe('readReport', () => {
  it('reads the version that it writes', () => {
    expect(readReport(report(), 'a.json')).toEqual(report());
  });

  it('brings an older version up, step by step', () => {
    const { notes: _, ...rest } = report();
    const old = { ...rest, schema: 'socketio-doctor/report/v0', comment: 'I pressed Buy.' };
    expect(isReport(old)).toBe(true);
    expect(readReport(old, 'a.json', { 0: fromVersion0 })).toEqual({ ...report(), notes: 'I pressed Buy.' });
  });

  it('reads one that does not say what proves a finding mended', () => {
    const old = report();
    for (const finding of old.findings)
      for (const name of ['mayReturn', 'namespace', 'transport']) delete finding[name];
    expect(readReport(old, 'a.json')).toEqual(old);
  });

  it('says when a step is missing, and what a step left out', () => {
    const old = { ...report(), schema: 'socketio-doctor/report/v0' };
    expect(readReport(old, 'a.json')).toBe(
      'a.json: this report was written as socketio-doctor/report/v0, a form that is not read any more',
    );
    expect(readReport(old, 'a.json', { 0: fromVersion0 })).toBe('a.json: notes is missing or of the wrong type');
  });

  it.each(['v2', 'v10', 'next'])('asks for an update to read %s', (version) => {
    expect(readReport({ ...report(), schema: `socketio-doctor/report/${version}` }, 'a.json')).toMatch(
      /^a\.json: this report was written as socketio-doctor\/report\/\S+, a newer form .* please update socketio-doctor$/,
    );
  });
});
