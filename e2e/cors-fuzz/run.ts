/**
 * Real pages in real Chromium send scripted requests; the verdicts on what its DevTools shows of them must be Chromium's.
 *
 *   tsx e2e/cors-fuzz/run.ts [--count 500] [--seed 1] [--chromium PATH]   generated requests
 *   tsx e2e/cors-fuzz/run.ts --recorded [--write FILE]                    the recorded ones, sent again
 *
 * Exit status: 0 no disagreement, 1 at least one, 2 unusable arguments.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { HarEntry } from '../../src/model/har.ts';
import { type Agreement, compareWithTruth, type Truth } from '../../src/testing/cors-cases/agreement.ts';
import { type Browser, startBrowser } from './browser.ts';
import { caseOfUrl, type FuzzCase } from './case.ts';
import { generateCases } from './generate.ts';
import { expectationOf, judgeEntries } from './judge.ts';
import { recordedCases, recordedHostRules, recordedHosts, recordedPorts } from './recorded.ts';
import { ScriptedServer } from './server.ts';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    chromium: { type: 'string', default: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
    recorded: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});

const count = Number(options.count);
const seed = Number(options.seed);
if (!(Number.isInteger(count) && count > 0 && Number.isInteger(seed))) {
  console.error('cors-fuzz: --count and --seed take whole numbers');
  process.exit(2);
}

/** Header lines that say nothing of CORS. */
const noise = /^(accept-encoding|accept-language|connection|content-length|sec-ch-ua.*|user-agent)$/i;

const server = new ScriptedServer();
const { cases, hostRules } = options.recorded ? await prepareRecorded() : await prepareGenerated();
server.script(cases);
const browser = await startBrowser(options.chromium, hostRules);
try {
  process.exitCode = report(await runAll(browser));
} finally {
  await browser.close();
  server.close();
}

async function prepareRecorded(): Promise<{ cases: FuzzCase[]; hostRules: string }> {
  for (const host of recordedHosts) for (const port of recordedPorts) await server.listen(host, port);
  return { cases: recordedCases(), hostRules: recordedHostRules(await server.listen('127.0.0.1')) };
}

async function prepareGenerated(): Promise<{ cases: FuzzCase[]; hostRules: string }> {
  const home = await server.listen('127.0.0.1');
  const ports = [await server.listen('127.0.0.1'), await server.listen('127.0.0.1')];
  const homes = ['localhost', '127.0.0.1', 'www.shop.test'].map((host) => `http://${host}:${home}`);
  const pages = homes.map((origin) => ({ url: `${origin}/page`, origin }));
  const servers = ports.flatMap((port) =>
    ['localhost', '127.0.0.1', 'api.shop.test', 'other.test'].map((host) => `http://${host}:${port}`),
  );
  const places = { pages: [...pages, { url: `${homes[0]}/sandbox`, origin: 'null' }], servers };
  return { cases: generateCases(count, seed, places), hostRules: 'MAP *.test 127.0.0.1' };
}

interface Result {
  one: FuzzCase;
  truth: Truth;
  entries: HarEntry[];
  agreement: Agreement;
  verdicts: string[];
}

async function runAll(chromium: Browser): Promise<Result[]> {
  const results: Result[] = [];
  for (const [pageUrl, batch] of groupBy(cases, (one) => one.pageUrl)) {
    const observed = await chromium.run(pageUrl, batch);
    const judged = judgeEntries(observed.entries, pageUrl);
    const entries = groupBy(observed.entries, (entry) => caseOfUrl(entry.request.url)?.id);
    for (const one of batch) {
      const observation = observed.observations.get(one.id);
      if (!observation) throw new Error(`${one.id}: Chromium said nothing of it`);
      const exchanges = judged.get(one.id) ?? [];
      const truth = expectationOf(one, observation);
      results.push({
        one,
        truth,
        entries: entries.get(one.id) ?? [],
        agreement: compareWithTruth(exchanges, truth),
        verdicts: exchanges.map(({ kind, method, response, error, cors }) =>
          [kind, method, response?.status, error, JSON.stringify(cors)].join(' '),
        ),
      });
    }
  }
  return results;
}

function report(results: readonly Result[]): number {
  const wrong = results.filter(({ agreement }) => agreement.kind === 'disagrees');
  for (const { one, truth, agreement, verdicts } of wrong) {
    console.log(`\n${one.id}: ${agreement.kind === 'disagrees' ? agreement.because : ''}`);
    console.log(`  page      ${one.pageUrl}, ${JSON.stringify(one.request)}`);
    for (const hop of one.hops) console.log(`  answers   ${JSON.stringify(hop)}`);
    console.log(`  Chromium  ${JSON.stringify(truth)}`);
    for (const verdict of verdicts) console.log(`  verdict   ${verdict}`);
  }
  const tally = (kind: Agreement['kind']) => results.filter(({ agreement }) => agreement.kind === kind).length;
  const errors = groupBy(results, ({ truth }) => truth.corsError ?? 'none');
  console.log(
    [...errors]
      .map(([error, those]) => `${String(those.length).padStart(5)}  ${error}`)
      .sort()
      .reverse()
      .join('\n'),
  );
  console.log(
    `${results.length} requests: ${tally('agrees')} agree, ${tally('cannot tell')} cannot be told, ${wrong.length} disagree`,
  );
  if (options.write) writeFixture(options.write, results);
  return wrong.length > 0 ? 1 : 0;
}

/** Real entries, as a fixture for the unit tests: what the verdicts do not depend on is left out. */
function writeFixture(file: string, results: readonly Result[]): void {
  const lines = results.map(({ one, truth, entries }) =>
    JSON.stringify({ id: one.id, pageUrl: one.pageUrl, truth, entries: entries.map(essence) }),
  );
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
}

function essence(entry: HarEntry): HarEntry {
  const { startedDateTime, time, request, response, _initiator: initiator, _resourceType } = entry;
  const { method, url, headers, headersSize } = request;
  const { status, headers: answered, redirectURL, _error } = response;
  return {
    startedDateTime,
    time,
    _initiator: { type: initiator?.type, requestId: initiator?.requestId },
    _resourceType,
    request: { method, url, headers: headers.filter(({ name }) => !noise.test(name)), headersSize },
    response: { status, headers: answered.filter(({ name }) => !noise.test(name)), redirectURL, _error },
  };
}

/** Node 20 has no `Map.groupBy`. */
function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
