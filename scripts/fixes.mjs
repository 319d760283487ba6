// Proves every fix that can be run (e2e/fixes.spec.ts): `npm run test:fixes`. Prints which fix connected on which stack; when all
// did, writes src/fixes/proofs.json, which is where reports and docs/fixes.md know it from. A part (`-- -g "<rule>"`) adds what it
// showed to what is known; only the whole forgets what is offered no more.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './check.mjs';
import { NEEDS } from './find.mjs';
import { root, run, runBin } from './run.mjs';
import { setUp, setUpNext } from './setup.mjs';

const RESULTS = join(root, '.cache', 'fixes.json');
const PROOFS = join(root, 'src', 'fixes', 'proofs.json');

await setUp(['browser', ...Object.keys(NEEDS)]);
await setUpNext();
const build = await run(process.execPath, [join('scripts', 'build.mjs')], { quiet: true });
if (build.code !== 0) console.log(build.output);
rmSync(RESULTS, { force: true });
const { code } = await runBin(
  'playwright',
  [
    'test',
    'e2e/fixes.spec.ts',
    '--reporter=list,json',
    '--retries=1',
    '--fully-parallel',
    '--workers=2',
    ...process.argv.slice(2),
  ],
  {
    env: { FULL: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: RESULTS },
  },
);
const results = specsOf(readJson(RESULTS)).map(resultOf);
const proofs = collect(results);
printTable(proofs);

const isComplete = code === 0 && results.length > 0 && results.every(({ status }) => status === 'connected');
const isWhole = process.argv.length === 2;
if (isComplete) {
  const before = readFileSync(PROOFS, 'utf8');
  const after = `${JSON.stringify(isWhole ? proofs : merge(JSON.parse(before), proofs), null, 2)}\n`;
  writeFileSync(PROOFS, after);
  console.log(
    before === after ? 'src/fixes/proofs.json is current' : 'src/fixes/proofs.json is written: now npm run docs',
  );
}
for (const { proof, isUnsteady } of results)
  if (isUnsteady) console.log(`unsteady: ${proof} connected the second time`);
const failed = results.filter(({ status }) => status === 'FAILED').length;
console.log(`\n${results.filter(({ status }) => status === 'connected').length} connected, ${failed} failed`);
process.exitCode = isComplete ? 0 : 1;

function specsOf(node) {
  return [...(node?.specs ?? []), ...(node?.suites ?? []).flatMap(specsOf)];
}

/** What became of one proof: `rule/fix`, and all fixes that the report offered beside it. */
function resultOf({ tests }) {
  const { annotations, status } = tests[0];
  const read = (type) =>
    annotations.filter((each) => each.type === type).flatMap(({ description }) => description.split(' '));
  const words = { expected: 'connected', flaky: 'connected', skipped: 'not executed' };
  return {
    proof: read('proof')[0],
    offered: read('offered').filter(Boolean),
    shape: read('shape')[0],
    status: words[status] ?? 'FAILED',
    isUnsteady: status === 'flaky',
  };
}

/** Of each rule, its fixes, each with the shapes of the texts that connected. */
function collect(all) {
  const found = {};
  for (const name of all.flatMap(({ proof, offered }) => [proof, ...offered]).sort()) {
    const [rule, fix] = name.split('/');
    const own = all.filter(({ proof, status }) => proof === name && status === 'connected');
    found[rule] ??= {};
    found[rule][fix] = [...new Set(own.map(({ shape }) => shape))].sort();
  }
  return found;
}

/** What was known, and what a part of the proofs showed beside it. */
function merge(known, news) {
  const rules = [...new Set([...Object.keys(known), ...Object.keys(news)])].sort();
  return Object.fromEntries(rules.map((rule) => [rule, mergeFixes(known[rule] ?? {}, news[rule] ?? {})]));
}

function mergeFixes(known, news) {
  const fixes = [...new Set([...Object.keys(known), ...Object.keys(news)])].sort();
  const shapesOf = (fix) => [...new Set([...(known[fix] ?? []), ...(news[fix] ?? [])])].sort();
  return Object.fromEntries(fixes.map((fix) => [fix, shapesOf(fix)]));
}

function printTable(all) {
  console.log('');
  for (const [rule, fixes] of Object.entries(all)) {
    for (const fix of Object.keys(fixes)) {
      const own = results.filter(({ proof }) => proof === `${rule}/${fix}`).map(({ status }) => status);
      const word = own.includes('FAILED') ? 'FAILED' : (own[0] ?? 'not executed');
      console.log(`${rule.padEnd(38)} ${fix.padEnd(16)} ${word}`);
    }
  }
}
