import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAccess } from './cors-check.ts';
import type { HeaderLine } from './header-values.ts';

const ORIGIN = 'http://localhost:3000';

function allowing(...values: string[]): HeaderLine[] {
  return values.map((value) => ({ name: 'Access-Control-Allow-Origin', value }));
}

function withCredentials(value: string): HeaderLine {
  return { name: 'Access-Control-Allow-Credentials', value };
}

describe('checkAccess without credentials', () => {
  it.each([[ORIGIN], ['*'], [` ${ORIGIN}\t`]])('passes %j', (value) => {
    expect(checkAccess(ORIGIN, allowing(value), false)).toBeNull();
  });

  it('passes "null" and "*" for an opaque origin', () => {
    expect(checkAccess('null', allowing('null'), false)).toBeNull();
    expect(checkAccess('null', allowing('*'), false)).toBeNull();
  });

  it('asks for the header', () => {
    expect(checkAccess(ORIGIN, [], false)).toEqual({ error: 'MissingAllowOriginHeader', parameter: null });
  });

  // Recorded from Chromium 156 for a page on http://localhost:3000.
  it.each([
    ['null', 'AllowOriginMismatch', 'null'],
    [`${ORIGIN}/`, 'AllowOriginMismatch', `${ORIGIN}/`],
    ['HTTP://LOCALHOST:3000', 'AllowOriginMismatch', 'HTTP://LOCALHOST:3000'],
    ['localhost:3000', 'AllowOriginMismatch', 'localhost:3000'],
    ['\f*', 'InvalidAllowOriginValue', '\f*'],
    ['http://a\tb.test', 'AllowOriginMismatch', 'http://a\tb.test'],
    ['http://xn--a', 'AllowOriginMismatch', 'http://xn--a'],
    ['', 'InvalidAllowOriginValue', null],
    ['NULL', 'InvalidAllowOriginValue', 'NULL'],
    ['"*"', 'InvalidAllowOriginValue', '"*"'],
    ['localhost', 'InvalidAllowOriginValue', 'localhost'],
    ['http://localhost:*', 'InvalidAllowOriginValue', 'http://localhost:*'],
    ['http://a b', 'MultipleAllowOriginValues', 'http://a b'],
    [`${ORIGIN},`, 'MultipleAllowOriginValues', `${ORIGIN},`],
  ])('refuses %j: %s', (value, error, parameter) => {
    expect(checkAccess(ORIGIN, allowing(value), false)).toEqual({ error, parameter });
  });

  it('joins several lines, even of one value', () => {
    expect(checkAccess(ORIGIN, allowing('*', '*'), false)).toEqual({
      error: 'MultipleAllowOriginValues',
      parameter: '*, *',
    });
    expect(checkAccess(ORIGIN, allowing(ORIGIN, ORIGIN), false)?.error).toBe('MultipleAllowOriginValues');
  });

  // DevTools shows each byte as one character of windows-1252; Chromium reads UTF-8. Recorded from Chromium 156.
  it.each([
    ['http://b\u00fccher.test', 'InvalidAllowOriginValue', null],
    ['http://b\u00c3\u00bccher.test', 'AllowOriginMismatch', 'http://b\u00fccher.test'],
    ['http://a\u20acb.test', 'InvalidAllowOriginValue', null],
    ['http://x.test/\u00ff', 'AllowOriginMismatch', null],
  ])('reads the bytes behind %j', (value, error, parameter) => {
    expect(checkAccess(ORIGIN, allowing(value), false)).toEqual({ error, parameter });
  });

  // Node 20's optimised `URL.canParse` takes a Latin-1 string for broken UTF-8.
  it('gives the same answer however often it is asked', () => {
    const headers = allowing('http://b\u00c3\u00bccher.test');
    const errors = Array.from({ length: 20_000 }, () => checkAccess(ORIGIN, headers, false)?.error);
    expect(new Set(errors)).toEqual(new Set(['AllowOriginMismatch']));
  });
});

describe('checkAccess with credentials', () => {
  it('takes "*" for no origin at all, whatever else is allowed', () => {
    const headers = [...allowing('*'), withCredentials('true')];
    expect(checkAccess(ORIGIN, headers, true)).toEqual({ error: 'WildcardOriginNotAllowed', parameter: null });
  });

  it.each(['True', '1', 'true, true', '"true"', ''])('wants exactly "true", not %j', (value) => {
    const failure = checkAccess(ORIGIN, [...allowing(ORIGIN), withCredentials(value)], true);
    expect(failure).toEqual({ error: 'InvalidAllowCredentials', parameter: value || null });
    expect(checkAccess(ORIGIN, [...allowing(ORIGIN), withCredentials(value)], false)).toBeNull();
  });

  it('passes with both headers, and names the origin first when both are wrong', () => {
    expect(checkAccess(ORIGIN, [...allowing(ORIGIN), withCredentials(' true ')], true)).toBeNull();
    expect(checkAccess(ORIGIN, allowing('http://a'), true)?.error).toBe('AllowOriginMismatch');
  });
});

describe('checkAccess on anything', () => {
  const line = fc.record({
    name: fc.oneof(
      fc.constantFrom('Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials', 'Vary'),
      fc.string(),
    ),
    value: fc.oneof(
      fc.constantFrom('*', ORIGIN, 'null', 'true', ''),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => String.fromCharCode(...bytes)),
      fc.webUrl(),
    ),
  });
  const lines = fc.array(line, { maxLength: 5 });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20 }).map((bytes) => String.fromCharCode(...bytes)),
        lines,
        fc.boolean(),
        (origin, headers, includesCredentials) => {
          expect(() => checkAccess(origin, headers, includesCredentials)).not.toThrow();
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('does not mind the order of different names, the case of names, or whitespace around values', () => {
    const untidy = fc.record({
      name: fc.boolean(),
      before: fc.constantFrom('', ' ', '\t '),
      after: fc.constantFrom('', ' '),
    });
    fc.assert(
      fc.property(lines, fc.infiniteStream(untidy), fc.boolean(), (headers, mess, includesCredentials) => {
        const known = headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
        const sorted = known.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
        const messy = sorted.map(({ name, value }) => {
          const { name: upper, before, after } = mess.next().value;
          return { name: upper ? name.toUpperCase() : name, value: before + value + after };
        });
        const expected = checkAccess(ORIGIN, known, includesCredentials);
        expect(checkAccess(ORIGIN, messy, includesCredentials)).toEqual(expected);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('treats several lines like one line joined with ", "', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('*', ORIGIN, 'null', 'http://a'), { minLength: 1, maxLength: 3 }),
        (values) => {
          expect(checkAccess(ORIGIN, allowing(...values), false)).toEqual(
            checkAccess(ORIGIN, allowing(values.join(', ')), false),
          );
        },
      ),
      { seed: 4 },
    );
  });
});
