/**
 * `npm run fuzz:cors`: the extension's CORS verdicts against those of the Chromium that it runs in.
 *
 *   npm run fuzz:cors -- [--count 500] [--seed 1]       generated requests
 *   npm run fuzz:cors -- --recorded [--write FILE]      the recorded ones, sent again
 *
 * Exit status: 0 no disagreement, 1 at least one, 2 unusable arguments.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { HarEntry } from '../../src/model/har.ts';
import type { Agreement } from '../../src/testing/cors-cases/agreement.ts';
import { describeResult, fuzzCors, type Result } from './fuzz.ts';
import { groupBy } from './judge.ts';

const options = readOptions();
const results = await fuzzCors(options.recorded ? 'recorded' : options);
process.exitCode = print(results);
if (options.write) writeFixture(options.write, results);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        count: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        recorded: { type: 'boolean', default: false },
        write: { type: 'string' },
      },
    });
    const [count, seed] = [Number(values.count), Number(values.seed)];
    if (!(Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(seed)))
      throw new Error('--count and --seed take whole numbers, --count more than 0');
    return { ...values, count, seed };
  } catch (error) {
    console.error(`fuzz:cors: ${error instanceof Error ? error.message : error}`);
    process.exit(2);
  }
}

function print(all: readonly Result[]): number {
  const wrong = all.filter(({ agreement }) => agreement.kind === 'disagrees');
  for (const result of wrong) console.log(`\n${describeResult(result)}`);
  const tally = (kind: Agreement['kind']) => all.filter(({ agreement }) => agreement.kind === kind).length;
  const errors = [...groupBy(all, ({ truth }) => truth.corsError ?? 'none')].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  console.log(errors.map(([error, those]) => `${String(those.length).padStart(5)}  ${error}`).join('\n'));
  console.log(
    `${all.length} requests: ${tally('agrees')} agree, ${tally('cannot tell')} cannot be told, ${wrong.length} disagree`,
  );
  return wrong.length > 0 ? 1 : 0;
}

/** Header lines that say nothing of CORS. */
const noise = /^(accept-encoding|accept-language|connection|content-length|sec-ch-ua.*|user-agent)$/i;

/** Real entries, as a fixture for the unit tests: what the verdicts do not depend on is left out. */
function writeFixture(file: string, all: readonly Result[]): void {
  const lines = all.map(({ one, truth, entries }) =>
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
