/** What a fix takes the place of, where the evidence shows that: the same statement, built of the values that were seen. */
import type { Fix } from '../model/finding.ts';
import { readsBetterAsDifference } from '../model/line-changes.ts';

/**
 * The fix with what stands there now, where the change is small enough to be read as a difference.
 *
 * @param before code of the same builder; null where the evidence does not show it
 */
export function withBefore(fix: Fix, before: string | null): Fix {
  return before === null || !readsBetterAsDifference(before, fix.code) ? fix : { ...fix, before };
}

/** The same for several: what is there now is found by the fix's id. */
export function withBefores(fixes: readonly Fix[], now: readonly Fix[]): Fix[] {
  return fixes.map((fix) => withBefore(fix, now.find(({ id }) => id === fix.id)?.code ?? null));
}
