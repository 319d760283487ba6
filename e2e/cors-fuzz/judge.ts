import type { Report } from '../../src/model/report.ts';
import type { Truth } from '../../src/testing/cors-cases/agreement.ts';
import type { Observation } from './browser.ts';
import { type Answer, caseOfUrl, type FuzzCase } from './case.ts';

type ReportExchange = Report['exchanges'][number];

/** A report's exchanges by the case that they belong to. */
export function exchangesByCase({ exchanges }: Report): Map<string, ReportExchange[]> {
  return groupBy(exchanges, ({ url }) => caseOfUrl(url)?.id ?? '');
}

/** Node 20 has no `Map.groupBy`. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** What verdicts on the case's entries have to be, given what Chromium said of it. */
export function expectationOf(one: FuzzCase, { corsError, failedParameter, readable }: Observation): Truth {
  const parameter = failedParameter ?? '';
  const alternatives = corsError === 'HeaderDisallowedByPreflightResponse' ? missingHeaders(one) : reorderings(one);
  return { blocked: !readable, corsError, parameters: [...new Set([parameter, ...alternatives])] };
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
 * there the joined parameter comes out in another order than Chromium's.
 */
function reorderings({ hops }: FuzzCase): string[] {
  const answers = hops.flatMap(({ preflight, response }) => [preflight, response].filter(isAnswer));
  return answers.flatMap(({ headers }) =>
    ['access-control-allow-origin', 'access-control-allow-credentials'].flatMap((wanted) => {
      const lines = headers.filter(([name]) => name.toLowerCase() === wanted);
      const spellings = new Set(lines.map(([name]) => name));
      if (spellings.size < 2) return [];
      return lines
        .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, value]) => value.trim())
        .join(', ');
    }),
  );
}

function isAnswer(answer: Answer | string | null): answer is Answer {
  return typeof answer === 'object' && answer !== null;
}
