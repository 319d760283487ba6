import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readHar } from '../capture/har-file.ts';
import { reportSchema } from '../model/report.ts';
import { jsonInHtml } from '../report/html/read-html.ts';
import { WRITERS } from '../report/write-report.ts';
import { writeText } from '../report/write-text.ts';
import { createEngine } from './engine.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '*',
    'null',
    'true',
    '<script>alert(1)</script>',
    '0{"sid":"abc"}',
    '96:0{"sid":"a"}2:40',
    '44{"message":"no"}',
    '44/x,"no"',
    '40',
    '41',
    '{}',
  ),
);
const headerName = fc.constantFrom(
  'Access-Control-Allow-Origin',
  'Origin',
  'Vary',
  'Cookie',
  'Set-Cookie',
  'Location',
  'Content-Type',
  'Access-Control-Request-Method',
  'Referer',
  'Upgrade',
);
const header = fc.record({ name: fc.oneof(headerName, text), value: text });
const url = fc
  .tuple(
    fc.constantFrom('http', 'https', 'ws', 'wss'),
    fc.constantFrom('localhost:3001', '[::1]', 'h'),
    fc.constantFrom('2', '3', '4', 'x', ''),
    fc.constantFrom('polling', 'websocket', 'webtransport', ''),
    fc.constantFrom('', '&sid=abc', '&sid=', '&t=1'),
  )
  .map(
    ([scheme, host, eio, transport, rest]) => `${scheme}://${host}/socket.io/?EIO=${eio}&transport=${transport}${rest}`,
  );
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const entry = fc.record({
  startedDateTime: fc.constantFrom('2026-11-23T10:00:00.000Z', '2026-11-23T10:00:01.000Z', '1969-12-31T23:59:59.000Z'),
  time: maybe(fc.double()),
  _resourceType: maybe(fc.constantFrom('xhr', 'preflight', 'websocket', 'other')),
  _initiator: maybe(fc.anything()),
  request: fc.record({
    method: fc.constantFrom('GET', 'POST', 'OPTIONS', '', 'BREW'),
    url,
    headers: fc.array(header, { maxLength: 5 }),
    postData: maybe(fc.record({ text })),
  }),
  response: fc.record({
    status: fc.oneof(fc.constantFrom(0, 101, 200, 204, 302, 400, 404, 500), fc.integer()),
    headers: fc.array(header, { maxLength: 5 }),
    content: maybe(
      fc.record({ text: maybe(text), size: maybe(fc.integer()), encoding: maybe(fc.constantFrom('base64', 'x')) }),
    ),
    _error: maybe(fc.constantFrom(null, '', 'net::ERR_FAILED', 'net::ERR_CONNECTION_REFUSED')),
    redirectURL: maybe(text),
  }),
  timings: maybe(fc.constant({})),
  _webSocketMessages: maybe(
    fc.array(
      fc.record({
        type: fc.constantFrom('send', 'receive', 'error'),
        time: fc.constantFrom(1795390879.5, 12.5),
        opcode: fc.constantFrom(1, 2, -1),
        data: text,
      }),
      { maxLength: 4 },
    ),
  ),
});

describe('hostile captures', () => {
  it('are diagnosed without throwing, into a report that keeps to its schema', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const capture = readHar({ log: { entries } }, 'x');
        const engine = createEngine(capture);
        engine.add(capture.records);
        for (const redact of [true, false]) {
          const report = engine.buildReport({ redact, notes: '', createdAtMs: 0, version: '0' });
          expect(v.safeParse(reportSchema, JSON.parse(JSON.stringify(report))).issues).toBeUndefined();
          expect(report.limits.filter((limit) => limit.code === 'rule-failed')).toEqual([]);
          const carried: unknown = JSON.parse(jsonInHtml(WRITERS.html.write(report)) ?? 'null');
          expect(carried).toEqual(JSON.parse(JSON.stringify(report)));
          expect(() => WRITERS.markdown.write(report)).not.toThrow();
          expect(() => WRITERS.har.write(report)).not.toThrow();
          // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is asserted.
          expect(writeText(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  }, 60_000);
});
