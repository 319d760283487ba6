/** Which fixes are proven: data that `npm run test:fixes` writes, never a claim in the code. */
import type { Fix, JudgedFix } from '../model/finding.ts';
import proofs from './proofs.json';
import { shapeName } from './shape.ts';

/** Of each rule, the fixes that its reports offered, each with the shapes of the texts that were executed. */
export type Proofs = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const known: Proofs = proofs;

/** The fixes of a finding, with what is known of each: a text is executed where one of its shape was, for this rule. */
export function judgeFixes(rule: string, fixes: readonly Fix[]): JudgedFix[] {
  return fixes.map((fix) => ({ ...fix, executed: known[rule]?.[fix.id]?.includes(shapeName(fix)) ?? false }));
}
