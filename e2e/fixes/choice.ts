/** The proofs of `npm test`: the rest is for `npm run test:full`. */
import type { Proof } from './proof.ts';

/**
 * A pairwise choice: few proofs in which every family of rules is seen with every kind of stack and every generation of clients,
 * every fix with every generation, and every party. Always the one next that shows most of what is missing.
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
  const generation = `client ${client.version ?? 4}`;
  return [`${family}, ${kindOf(fix)}`, `${family}, ${generation}`, `fix ${fix}, ${generation}`, `subject ${subject}`];
}

function kindOf(fix: string): string {
  if (/^(nginx|haproxy|apache|caddy|vite|webpack)/.test(fix)) return 'a proxy';
  if (/^(aiohttp|asgi|flask|python)/.test(fix)) return 'a Python server';
  return /^(browser|react|page|csp|service)/.test(fix) ? 'the page' : 'a Node.js server';
}
