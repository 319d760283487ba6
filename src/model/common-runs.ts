/** What two lists of texts (letters, lines) have in common: their longest common subsequence. */

/** A stretch that is the same on both sides, or that differs. */
export interface Run {
  equal: boolean;
  a: string[];
  b: string[];
}

/** Longer lists are compared by their common ends only: the table of the comparison grows with the square. */
const MAX_COMPARED = 400;

/** The stretches in order; together they are the whole of either side. */
export function commonRuns(a: readonly string[], b: readonly string[]): Run[] {
  const start = commonStart(a, b);
  const end = commonEnd(a.slice(start), b.slice(start));
  return [
    { equal: true, a: a.slice(0, start), b: b.slice(0, start) },
    ...compareMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { equal: true, a: a.slice(a.length - end), b: b.slice(b.length - end) },
  ];
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  return commonStart(a.toReversed(), b.toReversed());
}

function compareMiddle(a: readonly string[], b: readonly string[]): Run[] {
  if (a.length === 0 && b.length === 0) return [];
  if (a.length > MAX_COMPARED || b.length > MAX_COMPARED) return [{ equal: false, a: [...a], b: [...b] }];
  const lengths = commonLengths(a, b);
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  const runs: Run[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      appendRun(runs, true, [left], [left]);
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      appendRun(runs, false, [left], []);
      i++;
    } else if (right !== undefined) {
      appendRun(runs, false, [], [right]);
      j++;
    }
  }
  return runs;
}

/** `result[i][j]`: length of the longest common subsequence of `a` from `i` and `b` from `j`. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
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

/** A further stretch, which becomes one with the last where it is alike. */
export function appendRun(runs: Run[], equal: boolean, a: readonly string[], b: readonly string[]): void {
  const last = runs.at(-1);
  if (last?.equal === equal) {
    last.a.push(...a);
    last.b.push(...b);
  } else {
    runs.push({ equal, a: [...a], b: [...b] });
  }
}
