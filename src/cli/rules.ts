import { closest } from 'fastest-levenshtein';
import { UnusableInputError } from '../capture/har-file.ts';
import type { Rule } from '../model/rule.ts';
import { rules } from '../rules/index.ts';
import { hasColours, paint } from './colours.ts';

export interface RulesOptions {
  format: 'text' | 'json';
}

/**
 * Lists the rules in the order of what to fix first, or prints one rule's page.
 *
 * @throws UnusableInputError where there is no such rule
 */
export function printRules(id: string | undefined, { format }: RulesOptions): void {
  const chosen = id === undefined ? rules : [ruleNamed(id)];
  const text =
    format === 'json' ? json(chosen, id === undefined) : id === undefined ? list(chosen) : chosen.map(page).join('');
  process.stdout.write(text);
}

/** The rule of this id. @throws UnusableInputError where there is none; it names the nearest */
export function ruleNamed(id: string): Rule {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule) return rule;
  const nearest = closest(
    id,
    rules.map((candidate) => candidate.id),
  );
  throw new UnusableInputError(`There is no rule "${id}". Did you mean ${nearest}?`);
}

function json(chosen: readonly Rule[], isList: boolean): string {
  const data = chosen.map(({ id, severity, confidence, rung, page: markdown }) => ({
    id,
    severity,
    confidence,
    rung,
    title: titleOf(markdown),
    ...(!isList && { page: markdown }),
  }));
  return `${JSON.stringify(isList ? data : data[0], null, 2)}\n`;
}

function titleOf(markdown: string): string {
  return /^# (.*)/.exec(markdown)?.[1] ?? '';
}

const STYLES = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

function list(chosen: readonly Rule[]): string {
  const isColoured = hasColours(process.stdout);
  const width = Math.max(...chosen.map(({ id }) => id.length));
  return chosen
    .map(({ id, severity, page: markdown }) => {
      const level = severity.padEnd('warning'.length);
      const words = isColoured ? paint(STYLES[severity], level) : level;
      return `${words}  ${id.padEnd(width)}  ${plain(titleOf(markdown))}\n`;
    })
    .join('');
}

/** The page for a terminal: the headings stand out, and the marks of Markdown are gone where they only style. */
function page({ id, severity, confidence, page: markdown }: Rule): string {
  const isColoured = hasColours(process.stdout);
  const heading = (text: string) => (isColoured ? paint('bold', text) : text.toUpperCase());
  const body = markdown
    .trim()
    .split('\n')
    .map((line) => (line.startsWith('#') ? heading(plain(line.replace(/^#+ /, ''))) : plain(line)))
    .slice(1);
  const title = plain(titleOf(markdown));
  return [isColoured ? paint('bold', title) : title, '', `${id}: ${severity}, ${confidence}`, ...body, ''].join('\n');
}

/** Braces stand for a connection's own values. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\{(\w+)\}/g, '<$1>');
}
