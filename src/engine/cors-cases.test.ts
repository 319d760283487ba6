import { describe, expect, it } from 'vitest';
import { readHar } from '../capture/har-file.ts';
import type { HarEntry } from '../model/har.ts';
import type { Report } from '../model/report.ts';
import { compareWithTruth, type Truth } from '../testing/cors-cases/agreement.ts';
import { type CorsCase, readCases } from '../testing/cors-cases/cases.ts';
import { entriesOf } from '../testing/cors-cases/to-entries.ts';
import { createEngine } from './engine.ts';

/** What the whole pipeline says of a saved capture of these entries. */
function reportOf(entries: readonly HarEntry[], redact: boolean): Report {
  const { records, environment, page } = readHar({ log: { entries } }, 'capture.har');
  const engine = createEngine({ environment, page });
  engine.add(records);
  return engine.buildReport({ redact, notes: '', version: '0.0.0', createdAtMs: 0 });
}

function truthOf({ verdict }: CorsCase): Truth {
  return { blocked: verdict.blocked, corsError: verdict.corsError, parameters: verdict.acceptableParameters };
}

const cases = readCases();

describe('2,000 recorded requests through the whole pipeline', () => {
  it.each([
    ['as they are', false],
    ['redacted', true],
  ])('%s, in one capture: the verdicts are those on each alone, and Chromium’s', (_, redact) => {
    const { exchanges } = reportOf(cases.flatMap(entriesOf), redact);
    const byCase = new Map<string, Report['exchanges']>();
    for (const exchange of exchanges) {
      const id = /[?&]t=([^&#]+)-\d+/.exec(exchange.url)?.[1] ?? '';
      byCase.set(id, [...(byCase.get(id) ?? []), exchange]);
    }
    const results = cases.map((one) => ({ one, ...compareWithTruth(byCase.get(one.id) ?? [], truthOf(one)) }));
    expect(results.filter(({ kind }) => kind === 'disagrees').map(({ one, ...rest }) => [one.id, rest])).toEqual([]);
    expect(results.filter(({ kind }) => kind === 'cannot tell').length / cases.length).toBeLessThanOrEqual(0.12);
  });
});
