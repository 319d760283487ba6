/** Every fix that can be run, run: docs/fixes.md. `FULL=1` proves them all; else a choice that shows every rung and every stack. */
import { chosen } from './fixes/choice.ts';
import { prove } from './fixes/proof.ts';
import { proofs } from './fixes/proofs/index.ts';
import { SUBJECTS } from './fixes/subjects.ts';
import { skipWhereMissing, test } from './fixtures.ts';

for (const proof of process.env.FULL ? proofs : chosen(proofs)) {
  const { rule, detail, fix, variant, subject } = proof;
  const name = [rule, detail, fix, variant].filter(Boolean).join(' / ');
  // What scripts/fixes.mjs makes the table of.
  const annotation = { type: 'proof', description: `${rule}/${fix}` };
  test(`fix: ${name}`, { annotation }, async ({ tab }, info) => {
    if (subject !== 'page') skipWhereMissing(SUBJECTS[subject]);
    const { offered, shape } = await prove(tab, proof);
    info.annotations.push(
      { type: 'offered', description: offered.map((id) => `${rule}/${id}`).join(' ') },
      { type: 'shape', description: shape },
    );
  });
}
