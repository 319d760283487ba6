/** Which fixes are proven: data that `npm run test:fixes` writes, never a claim in the code. */
import type { Fix, JudgedFix } from '../model/finding.ts';
import proofs from './proofs.json';

/** By rule, the fixes that its report offered; true for those that were executed. */
const known: Readonly<Record<string, Readonly<Record<string, boolean>>>> = proofs;

/** The fixes of a finding, with what is known of each. */
export function judgeFixes(rule: string, fixes: readonly Fix[]): JudgedFix[] {
  return fixes.map((fix) => ({ ...fix, executed: known[rule]?.[fix.id] ?? false }));
}
