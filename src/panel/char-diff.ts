export interface DiffPart {
  text: string;
  /** Whether the other side has nothing like it here. */
  differs: boolean;
}

export interface Diff {
  expected: DiffPart[];
  actual: DiffPart[];
}

/** Longer values are compared by their common ends only: the table of the comparison grows with the square. */
const MAX_COMPARED = 400;
/** Shorter equal stretches between two differences say nothing: `localhost` and `127.0.0.1` share no letter that matters. */
const MIN_EQUAL = 3;

/**
 * What two values differ in, letter by letter (code points): the parts of each side in order, together the whole value.
 */
export function diffCharacters(expected: string, actual: string): Diff {
  const a = [...expected];
  const b = [...actual];
  const start = commonStart(a, b);
  const end = commonEnd(a.slice(start), b.slice(start));
  const runs: Run[] = [
    { equal: true, a: a.slice(0, start), b: b.slice(0, start) },
    ...absorbShortRuns(compareMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end))),
    { equal: true, a: a.slice(a.length - end), b: b.slice(b.length - end) },
  ];
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

interface Run {
  equal: boolean;
  a: string[];
  b: string[];
}

function commonStart(a: string[], b: string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: string[], b: string[]): number {
  return commonStart(a.toReversed(), b.toReversed());
}

/** The longest common subsequence, as runs of equal and of different letters. */
function compareMiddle(a: string[], b: string[]): Run[] {
  if (a.length === 0 && b.length === 0) return [];
  if (a.length > MAX_COMPARED || b.length > MAX_COMPARED) return [{ equal: false, a, b }];
  const lengths = commonLengths(a, b);
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  const runs: Run[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      append(runs, true, [left], [left]);
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      append(runs, false, [left], []);
      i++;
    } else if (right !== undefined) {
      append(runs, false, [], [right]);
      j++;
    }
  }
  return runs;
}

/** `result[i][j]`: length of the longest common subsequence of `a` from `i` and `b` from `j`. */
function commonLengths(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      const below = table[i + 1];
      if (!row || !below) continue;
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function append(runs: Run[], equal: boolean, a: string[], b: string[]): void {
  const last = runs.at(-1);
  if (last?.equal === equal) {
    last.a.push(...a);
    last.b.push(...b);
  } else {
    runs.push({ equal, a: [...a], b: [...b] });
  }
}

function absorbShortRuns(runs: Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) append(result, run.equal && run.a.length >= MIN_EQUAL, run.a, run.b);
  return result;
}

function toParts(parts: DiffPart[]): DiffPart[] {
  return parts.filter((part) => part.text !== '');
}
