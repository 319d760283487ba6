/** Which fixes are proven: data that `npm run test:fixes` writes, never a claim in the code. */
import type { Fix, JudgedFix } from '../model/finding.ts';
import executed from './executed.json';

const proven: ReadonlySet<string> = new Set(executed);

/** A fix as its proof names it: `cors-not-configured/node-v4`. */
export function proofName(rule: string, fix: string): string {
  return `${rule}/${fix}`;
}

/** The fixes of a finding, with what is known of each. */
export function judgeFixes(rule: string, fixes: readonly Fix[]): JudgedFix[] {
  return fixes.map((fix) => ({ ...fix, executed: proven.has(proofName(rule, fix.id)) }));
}
