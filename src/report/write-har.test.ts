import { expect, it } from 'vitest';
import { readHar } from '../capture/har-file.ts';
import { createEngine } from '../engine/engine.ts';
import { reportOf } from '../testing/diagnose.ts';
import { entry, handshakeUrl, healthyEntries, records } from '../testing/entries.ts';
import { writeHar } from './write-har.ts';

const ENTRIES = [
  entry({ url: handshakeUrl(), error: 'net::ERR_FAILED' }),
  ...healthyEntries('SID0000000000000AAAA', 9000),
];

it('gives the same findings when it is opened', () => {
  const report = reportOf(records(ENTRIES), true);
  const capture = readHar(JSON.parse(writeHar(report)), 'report.har');
  const engine = createEngine(capture);
  engine.add(capture.records);
  const { diagnosis } = engine.diagnose();
  expect(diagnosis.summary).toEqual(report.summary);
  expect(diagnosis.findings.map(({ rule }) => rule)).toEqual(report.findings.map(({ rule }) => rule));
  expect(diagnosis.findings).not.toHaveLength(0);
});

// http://www.softwareishard.com/blog/har-12-spec/#entries
it('has every field that HAR 1.2 demands', () => {
  const { log } = JSON.parse(writeHar(reportOf(records(ENTRIES))));
  expect(Object.keys(log)).toEqual(expect.arrayContaining(['version', 'creator', 'entries']));
  const [first] = log.entries;
  expect(Object.keys(first)).toEqual(
    expect.arrayContaining(['startedDateTime', 'time', 'request', 'response', 'cache', 'timings']),
  );
  const common = ['httpVersion', 'cookies', 'headers', 'headersSize', 'bodySize'];
  expect(Object.keys(first.request)).toEqual(expect.arrayContaining(['method', 'url', 'queryString', ...common]));
  expect(Object.keys(first.response)).toEqual(
    expect.arrayContaining(['status', 'statusText', 'content', 'redirectURL', ...common]),
  );
  expect(first.request.queryString).toContainEqual({ name: 'EIO', value: '4' });
});
