/** Something that happened, and when (ms since the epoch). `key` breaks ties, so that the order of the input never decides. */
export interface Timed {
  key: string;
  atMs: number;
}

/** How many neighbours on either side of a moment can be its match: keeps matching O(n log n) where all share one URL. */
const NEIGHBOURS = 4;

/**
 * Pairs each left with the right nearest in time, one to one, nearest pairs first.
 *
 * @param fits whether two may belong together at all
 */
export function closestPairs<L extends Timed, R extends Timed>(
  lefts: readonly L[],
  rights: readonly R[],
  fits: (left: L, right: R) => boolean,
): [L, R][] {
  const sorted = [...rights].sort(byTime);
  const candidates = lefts.flatMap((left) =>
    neighbours(sorted, left.atMs)
      .filter((right) => fits(left, right))
      .map((right): [L, R] => [left, right]),
  );
  const pairs: [L, R][] = [];
  const taken = new Set<Timed>();
  for (const pair of candidates.sort(byDistance)) {
    if (pair.some((one) => taken.has(one))) continue;
    for (const one of pair) taken.add(one);
    pairs.push(pair);
  }
  return pairs;
}

function neighbours<R extends Timed>(sorted: readonly R[], atMs: number): R[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - NEIGHBOURS), low + NEIGHBOURS);
}

function byTime(a: Timed, b: Timed): number {
  return a.atMs - b.atMs || compare(a.key, b.key);
}

function byDistance(a: readonly [Timed, Timed], b: readonly [Timed, Timed]): number {
  return distance(a) - distance(b) || byTime(a[0], b[0]) || byTime(a[1], b[1]);
}

function distance([left, right]: readonly [Timed, Timed]): number {
  return Math.abs(left.atMs - right.atMs);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
