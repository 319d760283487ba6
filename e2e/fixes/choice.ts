/** The proofs of `npm test`: the rest is for `npm run test:full`. */
import type { Proof } from './proof.ts';

/** Few proofs in which every rule family and every party is there: each is taken while it shows one that none before it did. */
export function chosen(proofs: readonly Proof[]): Proof[] {
  const shown = new Set<string>();
  const isNew = (proof: Proof) => featuresOf(proof).some((feature) => !shown.has(feature));
  return [...proofs]
    .filter(({ isSlow }) => !isSlow)
    .sort((a, b) => Number(a.subject === 'nestjs') - Number(b.subject === 'nestjs'))
    .filter((proof) => {
      if (!isNew(proof)) return false;
      for (const feature of featuresOf(proof)) shown.add(feature);
      return true;
    });
}

/** Rules of one family are cured by one builder: the first word of their names tells it. */
function featuresOf({ rule, subject, fix }: Proof): string[] {
  return [`family ${rule.split('-')[0]}`, `subject ${subject}`, `fix ${fix}`];
}
