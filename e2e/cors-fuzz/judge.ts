import { createExchangeStore } from '../../src/capture/store.ts';
import type { JudgedExchange } from '../../src/model/exchange.ts';
import type { HarEntry } from '../../src/model/har.ts';
import { judgeExchanges } from '../../src/sessions/verdicts.ts';
import { type Agreement, compareWithTruth } from '../../src/testing/cors-cases/agreement.ts';
import type { Truth } from './browser.ts';
import { type Answer, caseOfUrl, type FuzzCase } from './case.ts';

/** Judges what DevTools showed of a page's requests, all at once as the extension would, and sorts it by case. */
export function judgeEntries(entries: readonly HarEntry[], pageUrl: string): Map<string, JudgedExchange[]> {
  const store = createExchangeStore();
  entries.forEach((entry, index) => {
    store.add({
      kind: 'entry',
      seq: index + 1,
      entry,
      body: null,
      bodyEncoding: null,
      firstFrame: 0,
      pageUrl,
      harIndex: null,
      seenMs: null,
      askedByUs: false,
    });
  });
  const exchanges = [...store.takeChanges().values()].filter((exchange) => exchange !== null);
  const byCase = new Map<string, JudgedExchange[]>();
  for (const exchange of judgeExchanges(exchanges)) {
    const id = caseOfUrl(exchange.url)?.id ?? '';
    byCase.set(id, [...(byCase.get(id) ?? []), exchange]);
  }
  return byCase;
}

/** Compares the verdicts on a case with what Chromium said of it. */
export function compareCase(one: FuzzCase, judged: readonly JudgedExchange[], truth: Truth): Agreement {
  const { corsError, failedParameter, readable } = truth;
  const parameter = failedParameter ?? '';
  const alternatives =
    corsError === 'HeaderDisallowedByPreflightResponse' ? missingHeaders(one) : reorderings(one, parameter);
  return compareWithTruth(judged, { blocked: !readable, corsError, parameters: [parameter, ...alternatives] });
}

/** Of several headers that were not allowed, Chromium names the first in an order of its own that no entry shows. */
function missingHeaders({ request, hops }: FuzzCase): string[] {
  const names = request.headers.map(([name]) => name.toLowerCase());
  const allowed = hops.map(({ preflight }) =>
    isAnswer(preflight) ? namesIn(preflight, 'access-control-allow-headers') : [],
  );
  return names.filter((name) => allowed.some((list) => !list.includes(name)));
}

function namesIn({ headers }: Answer, wanted: string): string[] {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return values
    .join()
    .split(',')
    .map((name) => name.trim().toLowerCase());
}

/**
 * DevTools sorts header lines by their exact names, so lines of one name that are spelled differently may change places:
 * there the joined parameter can come out in another order than Chromium's.
 */
function reorderings(one: FuzzCase, parameter: string): string[] {
  const answers = one.hops.flatMap(({ preflight, response }) => [preflight, response].filter(isAnswer));
  return answers.flatMap(({ headers }) => {
    const values = headers.filter(([name]) => /^access-control-allow-(origin|credentials)$/i.test(name));
    const spellings = new Set(values.map(([name]) => name));
    if (spellings.size < 2) return [];
    return values.length < 2 ? [] : [parameter.split(', ').reverse().join(', ')];
  });
}

function isAnswer(answer: Answer | string | null): answer is Answer {
  return typeof answer === 'object' && answer !== null;
}
