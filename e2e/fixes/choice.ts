/** The proofs of `npm test`: the rest is for `npm run test:full`. */
import type { Proof } from './proof.ts';

/**
 * A pairwise choice: few proofs in which every pair of a family of rules, a fix and a kind of client that there is can be seen.
 * Always the one next that shows most of what is missing.
 */
export function chosen(proofs: readonly Proof[]): Proof[] {
  const quick = proofs.filter(({ isSlow }) => !isSlow);
  const missing = new Set(quick.flatMap(pairsOf));
  const few: Proof[] = [];
  while (missing.size > 0) {
    const news = (proof: Proof) => pairsOf(proof).filter((pair) => missing.has(pair)).length;
    const next = quick.reduce((best, proof) => (news(proof) > news(best) ? proof : best));
    for (const pair of pairsOf(next)) missing.delete(pair);
    few.push(next);
  }
  return few;
}

/** Rules of one family are cured by one builder: the first word of their names tells it. */
export function pairsOf({ rule, fix, subject, client = {} }: Proof): string[] {
  const family = `family ${rule.split('-')[0]}`;
  const party = `fix ${fix}`;
  const kind = `client ${client.version ?? 4}${client.arguments ? ' with options' : ''}${client.act ? ' that acts' : ''}`;
  return [`${family}, ${party}`, `${family}, ${kind}`, `${party}, ${kind}`, `subject ${subject}`];
}
