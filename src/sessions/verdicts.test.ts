import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeFromRecord } from '../capture/entry.ts';
import { checkAccess } from '../cors/cors-check.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import type { Exchange, JudgedExchange } from '../model/exchange.ts';
import type { HarEntry, HarHeader } from '../model/har.ts';
import { type Agreement, compareWithTruth, type Truth } from '../testing/cors-cases/agreement.ts';
import { type CaseAnswer, type CorsCase, readCases, readShownCases } from '../testing/cors-cases/cases.ts';
import { entriesOf } from '../testing/cors-cases/to-entries.ts';
import { judgeExchanges } from './verdicts.ts';

function exchangesOf(entries: readonly HarEntry[], pageUrl: string | null = null): Exchange[] {
  return entries
    .map((entry, index) =>
      exchangeFromRecord({
        key: `${entry.request.method} ${entry.request.url} ${entry.startedDateTime} ${index}`,
        entry,
        body: null,
        bodyEncoding: null,
        messages: [],
        pageUrl,
        harIndex: index,
        seenMs: null,
        askedByUs: false,
      }),
    )
    .filter((exchange) => exchange !== null);
}

const cases = readCases();
const exchangesOfCase = new Map(cases.map((one) => [one.id, exchangesOf(entriesOf(one), one.request.pageUrl)]));

function judgeCase(one: CorsCase): JudgedExchange[] {
  return judgeExchanges(exchangesOfCase.get(one.id) ?? []);
}

function truthOf({ verdict }: CorsCase): Truth {
  return { blocked: verdict.blocked, corsError: verdict.corsError, parameters: verdict.acceptableParameters };
}

function compare(judged: readonly JudgedExchange[], truth: Truth): Agreement {
  const verdicts = judged.map(({ kind, url, response, cors }) => ({ kind, url, status: response?.status ?? 0, cors }));
  return compareWithTruth(verdicts, truth);
}

/** Whether the credentials mode alone decides between two answers, by the checks themselves. */
function dependsOnMode(one: CorsCase): boolean {
  return one.hops.some(({ preflight, response, method, url }) => {
    const origin = headerOf(preflight ?? response, 'Origin') ?? one.request.origin;
    const question = {
      origin,
      method,
      headerNames: headerOf(preflight, 'Access-Control-Request-Headers')?.split(',') ?? [],
    };
    const results = [true, false].map((includesCredentials) => [
      preflight && checkPreflight(question, head(preflight), includesCredentials),
      response && new URL(url).origin !== origin && checkAccess(origin, head(response).headers, includesCredentials),
    ]);
    return JSON.stringify(results[0]) !== JSON.stringify(results[1]);
  });
}

function head({ status, responseHeaders }: CaseAnswer) {
  return { status, headers: responseHeaders.map(([name, value]) => ({ name, value })) };
}

function headerOf(answer: CaseAnswer | undefined, name: string): string | null {
  return answer?.requestHeaders.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}

describe('against 2,000 requests recorded from Chromium 156', () => {
  it('never disagrees', () => {
    const wrong = cases.flatMap((one) => {
      const agreement = compare(judgeCase(one), truthOf(one));
      return agreement.kind === 'disagrees' ? [`${one.id} (${one.stratum}): ${agreement.because}`] : [];
    });
    expect(cases).toHaveLength(2000);
    expect(wrong).toEqual([]);
  });

  it('cannot tell only where the credentials mode makes two answers, and that in 12 % of the cases at most', () => {
    const open = cases.filter((one) => compare(judgeCase(one), truthOf(one)).kind === 'cannot tell');
    expect(open.filter((one) => !dependsOnMode(one)).map(({ id }) => id)).toEqual([]);
    expect(open.length / cases.length).toBeLessThanOrEqual(0.12);
  });

  it('says "not-applicable" of same-origin requests, and of no others', () => {
    const wrong = cases.filter((one) => {
      const stays = (index: number) =>
        one.hops.slice(0, index + 1).every((hop) => new URL(hop.url).origin === one.request.origin);
      const expected = one.hops.map((_, index) => stays(index));
      const requests = judgeCase(one).filter(({ kind }) => kind !== 'preflight');
      return expected.some((sameOrigin, index) => {
        const { verdict, error } = requests[index]?.cors ?? { verdict: null, error: null };
        return error !== 'RedirectContainsCredentials' && (verdict === 'not-applicable') !== sameOrigin;
      });
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('knows the credentials mode where it says so', () => {
    const wrong = cases.filter((one) => {
      const actual = one.request.credentials === 'include' ? 'include' : 'omit';
      return judgeCase(one).some(({ cors }) => cors.credentials !== 'unknown' && cors.credentials !== actual);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('gives the same verdicts in any order', () => {
    const all = [...exchangesOfCase.values()].flat();
    const expected = verdictsByKey(judgeExchanges(all));
    for (const one of cases) {
      for (const { key, cors } of judgeCase(one)) expect(expected.get(key)).toEqual(cors);
    }
    fc.assert(
      fc.property(shuffled(all), (exchanges) => {
        expect(verdictsByKey(judgeExchanges(exchanges))).toEqual(expected);
      }),
      { seed: 1, numRuns: 5 },
    );
  });
});

describe('against what the DevTools of Chromium 156 showed of 1,920 of them', () => {
  const shown = readShownCases();
  const judged = new Map(shown.map(({ id, entries, pageUrl }) => [id, judgeExchanges(exchangesOf(entries, pageUrl))]));

  it('never disagrees', () => {
    const wrong = shown.flatMap(({ id, truth }) => {
      const agreement = compare(judged.get(id) ?? [], truth);
      return agreement.kind === 'disagrees' ? [`${id}: ${agreement.because}`] : [];
    });
    expect(shown).toHaveLength(1920);
    expect(wrong).toEqual([]);
  });

  it('cannot tell in 12 % at most', () => {
    const open = shown.filter(({ id, truth }) => compare(judged.get(id) ?? [], truth).kind === 'cannot tell');
    expect(open.length / shown.length).toBeLessThanOrEqual(0.12);
  });
});

describe('however the headers are written', () => {
  const some = fc.constantFrom(...cases.filter(({ hops }) => hops.length > 0));

  function expectSame(one: CorsCase, rewrite: (headers: HarHeader[]) => HarHeader[]): void {
    const entries = entriesOf(one).map((entry) => ({
      ...entry,
      response: { ...entry.response, headers: rewrite(entry.response.headers) },
    }));
    expect(verdictsByKey(judgeExchanges(exchangesOf(entries, one.request.pageUrl)))).toEqual(
      verdictsByKey(judgeCase(one)),
    );
  }

  it('neither the order of unlike lines nor the case of names matters', () => {
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.tuple(fc.nat(), fc.boolean())), (one, noise) => {
        const ranks = new Map<string, number>();
        expectSame(one, (headers) =>
          headers
            .map(({ name, value }) => {
              const [drawn, upper] = noise.next().value;
              const key = name.toLowerCase();
              const rank = ranks.get(key) ?? drawn;
              ranks.set(key, rank);
              return { name: upper ? name.toUpperCase() : key, value, rank, key };
            })
            .toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
            .map(({ name, value }) => ({ name, value })),
        );
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('whitespace around values does not matter', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(' ', '\t', ' \t '), (one, blank) => {
        expectSame(one, (headers) => headers.map(({ name, value }) => ({ name, value: blank + value + blank })));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('a list may come in one line or in several', () => {
    const isList = /^access-control-allow-(methods|headers)$/i;
    fc.assert(
      fc.property(some, (one) => {
        expectSame(one, (headers) =>
          headers.flatMap(({ name, value }) =>
            isList.test(name) ? value.split(',').map((element) => ({ name, value: element })) : [{ name, value }],
          ),
        );
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

function verdictsByKey(judged: readonly JudgedExchange[]): Map<string, JudgedExchange['cors']> {
  return new Map(judged.map(({ key, cors }) => [key, cors]));
}

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
