/** Real pages in real Chromium send scripted requests; what the extension's own export says of them is held against Chromium. */
import type { HarEntry } from '../../src/model/har.ts';
import type { Report } from '../../src/model/report.ts';
import { type Agreement, compareWithTruth, type Truth } from '../../src/testing/cors-cases/agreement.ts';
import { type Browser, startBrowser } from './browser.ts';
import { caseOfUrl, type FuzzCase } from './case.ts';
import { generateCases } from './generate.ts';
import { exchangesByCase, expectationOf, groupBy } from './judge.ts';
import { recordedCases, recordedHostRules, recordedHosts, recordedPorts } from './recorded.ts';
import { ScriptedServer } from './server.ts';

export interface Result {
  one: FuzzCase;
  truth: Truth;
  entries: HarEntry[];
  exchanges: Report['exchanges'];
  agreement: Agreement;
}

/** Requests with headers drawn at random; the same ones for the same seed. */
export interface Generated {
  count: number;
  seed: number;
}

/** So many requests on one page keep the export quick, and well within what the recorder holds. */
const BATCH = 250;

/** Sends generated requests, or the recorded ones again. Throws when Chromium said nothing of a request. */
export async function fuzzCors(what: Generated | 'recorded'): Promise<Result[]> {
  const server = new ScriptedServer();
  const { cases, hostRules } = await (what === 'recorded' ? prepareRecorded(server) : prepareGenerated(server, what));
  server.script(cases);
  const browser = await startBrowser(hostRules);
  try {
    return await runAll(browser, cases);
  } finally {
    await browser.close();
    server.close();
  }
}

interface Prepared {
  cases: FuzzCase[];
  hostRules: string;
}

async function prepareRecorded(server: ScriptedServer): Promise<Prepared> {
  for (const host of recordedHosts) for (const port of recordedPorts) await server.listen(host, port);
  return { cases: recordedCases(), hostRules: recordedHostRules(await server.listen('127.0.0.1')) };
}

async function prepareGenerated(server: ScriptedServer, { count, seed }: Generated): Promise<Prepared> {
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

async function runAll(browser: Browser, cases: readonly FuzzCase[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const [pageUrl, ofPage] of groupBy(cases, (one) => one.pageUrl)) {
    for (let from = 0; from < ofPage.length; from += BATCH)
      results.push(...(await runBatch(browser, pageUrl, ofPage.slice(from, from + BATCH))));
  }
  return results;
}

async function runBatch(browser: Browser, pageUrl: string, batch: readonly FuzzCase[]): Promise<Result[]> {
  const { report, observations } = await browser.run(pageUrl, batch);
  const exchanges = exchangesByCase(report);
  const entries = groupBy(report.har.log.entries, (entry) => caseOfUrl(entry.request.url)?.id);
  return batch.map((one) => {
    const observation = observations.get(one.id);
    if (!observation) throw new Error(`${one.id}: Chromium said nothing of it`);
    const own = exchanges.get(one.id) ?? [];
    const truth = expectationOf(one, observation);
    const agreement = compareWithTruth(own, truth);
    return { one, truth, entries: entries.get(one.id) ?? [], exchanges: own, agreement };
  });
}

/** A disagreement, with all that is needed to look into it. */
export function describeResult({ one, truth, exchanges, agreement }: Result): string {
  return [
    `${one.id}: ${agreement.kind === 'disagrees' ? agreement.because : agreement.kind}`,
    `  page      ${one.pageUrl}, ${JSON.stringify(one.request)}`,
    ...one.hops.map((hop) => `  answers   ${JSON.stringify(hop)}`),
    `  Chromium  ${JSON.stringify(truth)}`,
    ...exchanges.map(
      ({ kind, method, status, error, cors }) =>
        `  verdict   ${kind} ${method} ${status} ${error} ${JSON.stringify(cors)}`,
    ),
  ].join('\n');
}
