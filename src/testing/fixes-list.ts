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

const EVERYWHERE = 'takes a public name, at which it would listen on every interface of the machine; parsed';
const BY_PIP = 'installs packages by pip; the command is parsed';

/** The same for one rule alone: by `rule/fix`. */
export const CELL_REASONS: Readonly<Record<string, string>> = {
  'mixed-content/nginx': EVERYWHERE,
  'mixed-content/haproxy': EVERYWHERE,
  'mixed-content/aiohttp': EVERYWHERE,
  'mixed-content/asgi': EVERYWHERE,
  'mixed-content/flask': EVERYWHERE,
  'cswsh-exposure/node-v3': 'its `101` names nobody, whoever is allowed, so the remark stays',
  'cors-vary-missing/next': 'the statement of `node-v4`; not tried in Next.js',
  'spa-fallback-html/next': 'the server of `wrong-path-404`; not tried for this rule',
  'no-transport-fallback/browser-client': 'connects over polling; what keeps WebSockets out is still there, and said',
  'plain-websocket-server/browser-client': 'ends without Socket.IO, so the panel has no connection to show',
  'python-unsupported-version/python': BY_PIP,
  'server-no-upgrades/python': BY_PIP,
};

/** A table each, with the fixes whose ids match: each in the first that does. */
const KINDS: readonly { title: string; ids: RegExp }[] = [
  { title: 'Node.js servers', ids: /^(node|express|nestjs|fastify|next)/ },
  { title: 'Python servers', ids: /^(aiohttp|asgi|flask|python)/ },
  { title: 'Proxies and hosts', ids: /^(nginx|haproxy|apache|caddy|traefik|ingress|alb|heroku|cloudflare)/ },
  { title: 'Pages and their development servers', ids: /./ },
];

/** A fix that is offered by fewer rules than these is named in the row, not in a column of its own. */
const ENOUGH_FOR_A_COLUMN = 4;

type Entry = readonly [fix: string, shapes: readonly string[]];

/** The page. `rules` in the order in which they run. */
export function fixesList(rules: readonly Rule[], proofs: Proofs): string {
  const seen = rules.map(({ id }) => id).filter((id) => proofs[id]);
  const rest = rules.map(({ id }) => id).filter((id) => !proofs[id]);
  const tables = KINDS.map((kind) => table(kind, seen, proofs));
  return [INTRODUCTION, ...tables, elsewhere(proofs), notYet(rest)].join('\n\n').concat('\n');
}

/** Of the rules that offer a fix of this kind: the usual fixes as columns, the rest beside them. */
function table(kind: (typeof KINDS)[number], rules: readonly string[], proofs: Proofs): string {
  const fixesOf = (rule: string) =>
    Object.entries(proofs[rule] ?? {}).filter(([fix]) => KINDS.find(({ ids }) => ids.test(fix)) === kind);
  const own = rules.filter((rule) => fixesOf(rule).length > 0);
  const all = own.flatMap(fixesOf);
  const columns = usual(all.map(([fix]) => fix));
  const rows = own.map((rule) => row(rule, fixesOf(rule), columns));
  return [
    `## ${kind.title}\n`,
    `${all.filter(([, shapes]) => shapes.length > 0).length} of ${all.length} executed.\n`,
    `| rule | ${columns.map((fix) => `\`${fix}\``).join(' | ')} | also |`,
    `|---|${columns.map(() => ':-:|').join('')}---|`,
    ...rows,
  ].join('\n');
}

/** Those that many rules offer, in the order of the Stack box. @param fixes each as often as it is offered */
function usual(fixes: readonly string[]): string[] {
  const frequent = new Set(fixes.filter((fix) => fixes.filter((each) => each === fix).length >= ENOUGH_FOR_A_COLUMN));
  const stacks = Object.keys(STACKS).filter((stack) => frequent.has(stack));
  return [...new Set([...stacks, ...frequent])];
}

function row(rule: string, fixes: readonly Entry[], columns: readonly string[]): string {
  const cells = columns.map((column) => mark(fixes.find(([fix]) => fix === column)));
  const others = fixes.filter(([fix]) => !columns.includes(fix)).map((each) => `\`${each[0]}\` ${mark(each)}`);
  return `| \`${rule}\` | ${[...cells, others.join(', ')].join(' | ')} |`;
}

function mark(entry: Entry | undefined): string {
  if (!entry) return '';
  return entry[1].length > 0 ? '✓' : '–';
}

function elsewhere(proofs: Proofs): string {
  const never = Object.keys(REASONS).filter((stack) => Object.values(proofs).every((fixes) => !fixes[stack]?.length));
  const rows = never.map((stack) => `| \`${stack}\` | ${REASONS[stack]} |`);
  const cells = Object.entries(CELL_REASONS).map(([cell, reason]) => {
    const [rule, fix] = cell.split('/');
    return `| \`${fix}\`, for \`${rule}\` | ${reason} |`;
  });
  const head = ['| fix | why, and what is checked |', '|---|---|'];
  return ['## What is not executed', '', ...head, ...rows, ...cells].join('\n');
}

function notYet(rules: readonly string[]): string {
  const list = rules.map((id) => `\`${id}\``).join(', ');
  return `## Rules without a proof\n\nTheir fixes, where they have any, are parsed only: ${list}.`;
}

const INTRODUCTION = `# Fixes

<!-- Written by \`npm run docs\` from src/fixes/proofs.json, which \`npm run test:fixes\` writes: do not edit. -->

✓ *executed*, – *not executed*; an empty cell: the rule does not offer it.

*Executed* means: a real server or proxy with the fault, a real client that fails in a real browser, the fix's text taken from the report
that the panel exports, put byte for byte in place of one marked region of that server's source, the server started anew on its
port, and then: connected, and a panel with nothing worse than a remark. \`npm run test:fixes\` does that for each; the sources are
in \`e2e/fixes/sources/\`. *Not executed*: offered by the rule, checked for its syntax, and no more. A report calls a fix
\`executed\` where a text of the same shape was executed for the same rule: the same statements and options, with other addresses,
names and numbers in them (\`src/fixes/shape.ts\`).`;
