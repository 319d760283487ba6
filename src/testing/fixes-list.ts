/** The fixes and their proofs as a page: `docs/fixes.md`, written by `npm run docs`. */
import type { Proofs } from '../fixes/judge.ts';
import { STACKS } from '../fixes/stacks.ts';
import type { Rule } from '../model/rule.ts';

/** Why a fix is not executed, and what is done with it instead: by its stack. */
export const REASONS: Readonly<Record<string, string>> = {
  traefik: 'no package for it; YAML parsed',
  'ingress-nginx': 'needs a cluster; YAML parsed, annotations are strings',
  alb: 'a service; the command is parsed',
  heroku: 'a service; the command is parsed',
  cloudflare: 'a service; a setting of its dashboard',
  helmet: 'the same policy as `csp`, which is executed; JavaScript parsed',
  iframe: 'HTML of whoever embeds the page; not parsed',
  mkcert: 'changes the trust of the whole machine; the command is parsed',
};

/** A stack that cures fewer rules than these is named in the row, not in a column of its own. */
const ENOUGH_FOR_A_COLUMN = 4;

/** The page. `rules` in the order in which they run. */
export function fixesList(rules: readonly Rule[], proofs: Proofs): string {
  const seen = rules.map(({ id }) => id).filter((id) => proofs[id]);
  const rest = rules.map(({ id }) => id).filter((id) => !proofs[id]);
  const executed = (stack: string) => seen.filter((id) => proofs[id]?.[stack]?.length).length;
  const stacks = Object.keys(STACKS).filter((stack) => executed(stack) >= ENOUGH_FOR_A_COLUMN);
  const head = [
    `| rule | ${stacks.map((stack) => `\`${stack}\``).join(' | ')} | others |`,
    `|---|${stacks.map(() => '---|').join('')}---|`,
  ];
  const rows = seen.map((id) => row(id, proofs[id] ?? {}, stacks));
  return [INTRODUCTION, [...head, ...rows].join('\n'), elsewhere(proofs), notYet(rest)].join('\n\n').concat('\n');
}

function row(rule: string, fixes: Proofs[string], stacks: readonly string[]): string {
  const others = Object.keys(fixes).filter((fix) => !stacks.includes(fix));
  const cells = [...stacks.map((stack) => cell(fixes[stack])), others.map((fix) => other(fix, fixes[fix])).join(', ')];
  return `| \`${rule}\` | ${cells.join(' | ')} |`;
}

function cell(shapes: readonly string[] | undefined): string {
  if (shapes === undefined) return '';
  return shapes.length > 0 ? 'executed' : 'not executed';
}

function other(fix: string, shapes: readonly string[] = []): string {
  return shapes.length > 0 ? `**\`${fix}\` executed**` : `\`${fix}\``;
}

function elsewhere(proofs: Proofs): string {
  const never = Object.keys(REASONS).filter((stack) => Object.values(proofs).every((fixes) => !fixes[stack]?.length));
  const rows = never.map((stack) => `| \`${stack}\` | ${REASONS[stack]} |`);
  return ['## Stacks that are not executed', '', '| stack | why, and what is checked |', '|---|---|', ...rows].join(
    '\n',
  );
}

function notYet(rules: readonly string[]): string {
  const list = rules.map((id) => `\`${id}\``).join(', ');
  return `## Rules without a proof\n\nTheir fixes, where they have any, are parsed only: ${list}.`;
}

const INTRODUCTION = `# Fixes

<!-- Written by \`npm run docs\` from src/fixes/proofs.json, which \`npm run test:fixes\` writes: do not edit. -->

*Executed* means: a real server or proxy with the fault, a real client that fails in a real browser, the fix's text taken from the report
that the panel exports, put byte for byte in place of one marked region of that server's source, the server started anew on its
port, and then: connected, and a panel with nothing worse than a remark. \`npm run test:fixes\` does that for each; the sources are
in \`e2e/fixes/sources/\`. *Not executed*: offered by the rule, checked for its syntax, and no more. An empty cell: the rule does
not offer it. A report calls a fix \`executed\` where a text of the same shape was executed for the same rule: the same statements and
options, with other addresses, names and numbers in them (\`src/fixes/shape.ts\`).`;
