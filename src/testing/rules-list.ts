/** The list of all rules as a page: `docs/rules.md`, written by `npm run docs`. */
import { parsePage } from '../diagnose/page.ts';
import type { Rule } from '../model/rule.ts';

/** Names of the rungs: docs/architecture.md, "What to fix first". */
const RUNGS: Record<number, string> = {
  1: 'Never left the browser',
  2: 'Redirect',
  3: 'Wrong server or path',
  4: 'Protocol version',
  5: 'Preflight',
  6: 'Status of the actual response',
  7: 'CORS headers of a good response',
  8: 'Stickiness',
  9: 'Transport',
  10: 'Namespace and authentication',
  11: 'Stability',
  12: 'Lifecycle',
  13: 'Advice',
};

/** The page: a table for each rung that has rules, in the order of what to fix first. `rules` in the order in which they run. */
export function rulesList(rules: readonly Rule[]): string {
  const rungs = [...new Set(rules.map(({ rung }) => rung))].sort((a, b) => a - b);
  const tables = rungs.map((rung) =>
    table(
      rung,
      rules.filter((rule) => rule.rung === rung),
    ),
  );
  return [INTRODUCTION, ...tables].join('\n\n').concat('\n');
}

const INTRODUCTION = `# Rules

<!-- Written by \`npm run docs\` from src/rules/: do not edit. -->

The faults that are recognised, in the order of [what to fix first](architecture.md#what-to-fix-first).

Severity and confidence are the usual ones: where the evidence decides less, a finding says less. Braces stand for the connection's
own values. How a rule comes about: [adding-a-rule.md](adding-a-rule.md).`;

function table(rung: number, rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, severity, confidence, page }) =>
      `| [\`${id}\`](../src/rules/${id}.md) | ${severity} | ${confidence} | ${cell(parsePage(page).title)} |`,
  );
  const head = ['| rule | severity | confidence | what it says |', '|---|---|---|---|'];
  return [`## ${rung}. ${RUNGS[rung] ?? ''}`, '', ...head, ...rows].join('\n');
}

/** Source: https://github.github.com/gfm/#example-200 */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
