/** Finds many texts in many texts at once. */
export interface Finder {
  /** Texts shorter than `MIN_LENGTH` are not looked for. */
  add(text: string, replacement: string): void;
  has(text: string): boolean;
  replace(text: string): string;
}

/** UTF-16 units. */
export const MIN_LENGTH = 8;

const BASE = 31;
/** What the oldest character of a window weighs, once the next has come. */
const OLDEST = Array.from({ length: MIN_LENGTH }).reduce<number>((weight) => Math.imul(weight, BASE), 1);

/**
 * A finder of nothing. A text is read once, however much is looked for: a rolling hash over each `MIN_LENGTH` characters tells
 * where to look closer (Rabin-Karp).
 */
export function createFinder(): Finder {
  const hashes = new Set<number>();
  const byStart = new Map<string, Map<string, string>>();

  function matchAt(text: string, at: number): [found: string, replacement: string] | null {
    let longest: [string, string] | null = null;
    for (const [candidate, replacement] of byStart.get(text.slice(at, at + MIN_LENGTH)) ?? []) {
      if (candidate.length > (longest?.[0].length ?? 0) && text.startsWith(candidate, at))
        longest = [candidate, replacement];
    }
    return longest;
  }

  function* matches(text: string): Generator<[at: number, found: string, replacement: string]> {
    let hash = 0;
    let from = 0;
    for (let index = 0; index < text.length; index += 1) {
      hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0;
      if (index >= MIN_LENGTH) hash = (hash - Math.imul(text.charCodeAt(index - MIN_LENGTH), OLDEST)) | 0;
      const at = index - MIN_LENGTH + 1;
      if (at < from || !hashes.has(hash)) continue;
      const match = matchAt(text, at);
      if (!match) continue;
      yield [at, ...match];
      from = at + match[0].length;
    }
  }

  return {
    add(text, replacement) {
      if (text.length < MIN_LENGTH) return;
      const start = text.slice(0, MIN_LENGTH);
      const same = byStart.get(start) ?? new Map<string, string>();
      byStart.set(start, same.set(text, replacement));
      hashes.add([...start].reduce((hash, _, index) => (Math.imul(hash, BASE) + start.charCodeAt(index)) | 0, 0));
    },
    has: (text) => matches(text).next().done === false,
    replace(text) {
      let result = '';
      let from = 0;
      for (const [at, found, replacement] of matches(text)) {
        result += text.slice(from, at) + replacement;
        from = at + found.length;
      }
      return from === 0 ? text : result + text.slice(from);
    },
  };
}
