/** Every fix that can be run, run: docs/fixes.md. `FULL=1` proves them all; else a choice that shows every rung and every stack. */
import { AD_BLOCKER, EXTENSION, launchChromium } from './browser/chromium.ts';
import { chosen } from './fixes/choice.ts';
import { prove } from './fixes/proof.ts';
import { proofs } from './fixes/proofs/index.ts';
import { SUBJECTS } from './fixes/subjects.ts';
import { skipWhereMissing, type Tab, test } from './fixtures.ts';

/** With another extension, as in ad-blocker.spec.ts. */
async function besideAdBlocker<T>(use: (tab: Tab) => Promise<T>): Promise<T> {
  const chromium = await launchChromium({ extensions: [EXTENSION, AD_BLOCKER] });
  try {
    const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
    return await use({ page, panel: await chromium.openPanel(page) });
  } finally {
    await chromium.close();
  }
}

for (const proof of process.env.FULL ? proofs : chosen(proofs)) {
  const { rule, detail, fix, variant, subject } = proof;
  const name = [rule, detail, fix, variant].filter(Boolean).join(' / ');
  // What scripts/fixes.mjs makes the table of.
  const annotation = { type: 'proof', description: `${rule}/${fix}` };
  test(`fix: ${name}`, { annotation }, async ({ tab }, info) => {
    if (subject !== 'page') skipWhereMissing(SUBJECTS[subject]);
    if (proof.isSlow) test.slow();
    const { offered, shape } = proof.beside
      ? await besideAdBlocker((other) => prove(other, proof))
      : await prove(tab, proof);
    info.annotations.push(
      { type: 'offered', description: offered.map((id) => `${rule}/${id}`).join(' ') },
      { type: 'shape', description: shape },
    );
  });
}
