/** The proofs of `npm test`: the rest is for `npm run test:full`. */
import type { Proof } from './proof.ts';

/** Few proofs in which every family of rules and every party is there: always the one next that shows most of what is missing. */
export function chosen(proofs: readonly Proof[]): Proof[] {
  const quick = proofs.filter(({ isSlow }) => !isSlow);
  const missing = new Set(quick.flatMap(featuresOf));
  const few: Proof[] = [];
  while (missing.size > 0) {
    const news = (proof: Proof) => featuresOf(proof).filter((feature) => missing.has(feature)).length;
    const next = quick.reduce((best, proof) => (news(proof) > news(best) ? proof : best));
    for (const feature of featuresOf(next)) missing.delete(feature);
    few.push(next);
  }
  return few;
}

/** Versions of one program count as one party. */
export function partyOf(subject: Proof['subject']): string {
  return subject.replace(/-v\d[-\w]*$/, '');
}

/** Rules of one family are cured by one builder: the first word of their names tells it. */
function featuresOf({ rule, subject, fix }: Proof): string[] {
  return [`family ${rule.split('-')[0]}`, `party ${partyOf(subject)}`, `fix ${fix}`];
}
