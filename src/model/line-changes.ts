/** What a fix changes, line by line. */
import { commonRuns } from './common-runs.ts';

export interface LineChange {
  kind: 'same' | 'removed' | 'added';
  /** Without the end of the line. */
  text: string;
}

/** The lines of both texts in order, those that go before those that come. */
export function lineChanges(before: string, after: string): LineChange[] {
  return commonRuns(before.split('\n'), after.split('\n')).flatMap(({ equal, a, b }) =>
    equal ? marked('same', a) : [...marked('removed', a), ...marked('added', b)],
  );
}

function marked(kind: LineChange['kind'], lines: readonly string[]): LineChange[] {
  return lines.map((text) => ({ kind, text }));
}

/** The sign before a line, as in every diff. */
export const CHANGE_SIGN: Record<LineChange['kind'], string> = { same: ' ', removed: '-', added: '+' };

/** The same as text, a sign before each line: what trackers and terminals know as `diff`. */
export function diffText(before: string, after: string): string {
  return lineChanges(before, after)
    .map(({ kind, text }) => `${CHANGE_SIGN[kind]} ${text}`.trimEnd())
    .join('\n');
}

/** More changed lines than this read better as a block, unless most lines stay. */
const FEW = 4;

/** Whether what changes is so little that the reader is served better by it than by the whole. */
export function readsBetterAsDifference(before: string, after: string): boolean {
  const changes = lineChanges(before, after);
  const same = changes.filter(({ kind, text }) => kind === 'same' && text.trim() !== '').length;
  const changed = changes.filter(({ kind }) => kind !== 'same').length;
  return changed > 0 && (changed <= FEW || same > changed);
}
