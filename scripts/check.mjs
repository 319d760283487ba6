// Every static check and the unit tests, side by side: `npm run check`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runBin } from './run.mjs';
import { setUp } from './setup.mjs';

const UNIT_RESULTS = join(root, '.cache', 'unit.json');

const CHECKS = [
  { label: 'types', program: 'tsc', args: ['--noEmit'] },
  { label: 'lint', program: 'biome', args: ['ci', '.', '--colors=off'] },
  { label: 'layers', program: 'depcruise', args: ['src', '--config', '.dependency-cruiser.mjs'] },
  { label: 'unused', program: 'knip', args: [] },
  {
    label: 'unit',
    program: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_RESULTS}`],
    counts: unitCounts,
  },
];

/**
 * Runs the checks and prints each as it ends, a failed one with what it said. Resolves to how many tests passed, failed and were
 * skipped; a check that is not a test counts only when it fails.
 */
export async function check() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(UNIT_RESULTS, { force: true });
  console.log(`Checking ${CHECKS.map(({ label }) => label).join(', ')}...`);
  const results = await Promise.all(CHECKS.map(runCheck));
  return sum(results);
}

async function runCheck({ label, program, args, counts = () => noTests }) {
  const start = Date.now();
  const { code, output } = await runBin(program, args, { quiet: true });
  const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
  if (code === 0) console.log(`ok      ${label} (${seconds})`);
  else console.log(`FAILED  ${label} (${seconds})\n${indent(label, output)}`);
  return countingFailure(counts(), code);
}

const noTests = { passed: 0, failed: 0, skipped: 0 };

/** A program that fails without a failed test (it could not start, a file does not load) counts as one failure. */
export function countingFailure(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Adds up counts. */
export function sum(results) {
  const total = { ...noTests };
  for (const counts of results) {
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** `3 passed, 0 failed`, and what was skipped where that is not nothing. */
export function tally({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function unitCounts() {
  const results = readJson(UNIT_RESULTS);
  if (!results) return noTests;
  const { numPassedTests, numFailedTests, numPendingTests } = results;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

/** What a test runner wrote; null when it wrote nothing. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function indent(label, output) {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => `${label} | ${line}`)
    .join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp([]);
  const counts = await check();
  console.log(tally(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
