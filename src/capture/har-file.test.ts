import { describe, expect, it } from 'vitest';
import { entry, PAGE } from '../testing/entries.ts';
import { readHar, UnusableInputError } from './har-file.ts';

const file = (entries: unknown[], pages: unknown[] = []) => ({ log: { version: '1.2', pages, entries } });

describe('readHar', () => {
  it.each([[{}], [null], [[]], [{ log: {} }], [{ log: { entries: 'many' } }]])(
    'refuses %j in one sentence',
    (value) => {
      expect(() => readHar(value, 'capture.har')).toThrow(
        new UnusableInputError('capture.har: log.entries is missing'),
      );
    },
  );

  it('takes what is Engine.IO traffic and passes over the rest', () => {
    const other = { ...entry(), request: { ...entry().request, url: `${PAGE}/logo.png` } };
    const { records, limits } = readHar(file([other, entry(), other]), 'x');
    expect(records.map((record) => record.harIndex)).toEqual([1]);
    expect(limits).toEqual([]);
  });

  it('keeps other answers that name an allowed origin', () => {
    const rest = entry({ responseHeaders: { 'Access-Control-Allow-Origin': PAGE } });
    const { records } = readHar(
      file([{ ...rest, request: { ...rest.request, url: 'http://localhost:3001/api/users' } }, entry()]),
      'x',
    );
    expect(records.map((record) => record.harIndex)).toEqual([0, 1]);
  });

  it.each([999, 20_000])('an entry that is nested %i levels deep takes no other with it', (depth) => {
    const nested = JSON.parse(`${'{"parent":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`);
    const { records, limits } = readHar(file([entry(), { ...entry(), _extra: nested }]), 'x');
    const isTooDeep = depth > 1000;
    expect(records).toHaveLength(isTooDeep ? 1 : 2);
    expect(limits.map((limit) => limit.text)).toEqual(
      isTooDeep ? ['entry 1 skipped: it is nested more than 1000 levels deep'] : [],
    );
  });

  it('skips an entry that is broken and names it', () => {
    const broken = { ...entry(), request: { ...entry().request, url: '//?EIO=4&transport=polling' } };
    const undated = { ...entry(), startedDateTime: 'yesterday' };
    const { records, limits } = readHar(file([entry(), broken, undated]), 'x');
    expect(records).toHaveLength(1);
    expect(limits.map((limit) => limit.text)).toEqual([
      'entry 1 skipped: request.url is not a URL',
      'entry 2 skipped: startedDateTime is not a time',
    ]);
  });

  it('does without what an entry can do without', () => {
    const { startedDateTime, request } = entry();
    const bare = { startedDateTime, request: { method: 'GET', url: request.url }, response: {} };
    const { records } = readHar(file([bare]), 'x');
    expect(records[0]?.entry).toMatchObject({ request: { headers: [] }, response: { status: 0, headers: [] } });
  });

  it('finds the page by the entry’s pageref, or takes the origin it is told', () => {
    const pages = [{ id: 'page_1', title: `${PAGE}/chat?room=1` }];
    expect(readHar(file([entry()], pages), 'x').page).toEqual({ url: `${PAGE}/chat?room=1`, origin: PAGE });
    expect(readHar(file([entry()]), 'x', 'https://app.example').records[0]?.pageUrl).toBe('https://app.example/');
    expect(readHar(file([entry()]), 'x').page).toBeNull();
  });
});
