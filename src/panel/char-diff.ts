import { appendRun, commonRuns, type Run } from '../model/common-runs.ts';

export interface DiffPart {
  text: string;
  /** Whether the other side has nothing like it here. */
  differs: boolean;
}

export interface Diff {
  expected: DiffPart[];
  actual: DiffPart[];
}

/** Shorter equal stretches between two differences say nothing: `localhost` and `127.0.0.1` share no letter that matters. */
const MIN_EQUAL = 3;

/**
 * What two values differ in, letter by letter (code points): the parts of each side in order, together the whole value.
 */
export function diffCharacters(expected: string, actual: string): Diff {
  const all = commonRuns([...expected], [...actual]);
  // The common ends stay as they are, however short.
  const runs = [...all.slice(0, 1), ...absorbShortRuns(all.slice(1, -1)), ...all.slice(-1)];
  return {
    expected: toParts(runs.map((run) => ({ text: run.a.join(''), differs: !run.equal }))),
    actual: toParts(runs.map((run) => ({ text: run.b.join(''), differs: !run.equal }))),
  };
}

/** Whether the values have enough in common for marks on single letters to help the reader. */
export function worthComparing(expected: string, actual: string): boolean {
  if (expected === actual) return false;
  const same = diffCharacters(expected, actual)
    .expected.filter((part) => !part.differs)
    .reduce((sum, part) => sum + part.text.length, 0);
  return same * 3 >= Math.max(expected.length, actual.length);
}

function absorbShortRuns(runs: Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) appendRun(result, run.equal && run.a.length >= MIN_EQUAL, run.a, run.b);
  return result;
}

function toParts(parts: DiffPart[]): DiffPart[] {
  return parts.filter((part) => part.text !== '');
}
