/** Text that others wrote, for the Markdown of GitHub and GitLab: it shows as it is and does nothing. */
import { visible } from '../../model/wording.ts';

/** Comes apart for the site's search for names and numbers, and not for the eye. */
const ZERO_WIDTH_SPACE = '\u200b';

/** One line of text. Nothing in it is markup, calls anybody, or refers to another issue. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~#!&$]/g, '\\$&')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1')
    .replace(/@(?=\S)|(?:\\[#!]|\bGH-|:\/\/|\bwww\.)(?=\w)/gi, `$&${ZERO_WIDTH_SPACE}`);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** One line within an element of HTML, where no Markdown is read but names and numbers are still looked for. */
export function htmlText(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/@(?=\S)|#(?=\d)|!(?=\d)|\bGH-|:\/\/|\bwww\./gi, `$&${ZERO_WIDTH_SPACE}`);
}

/** One line as a code span, whatever it holds (CommonMark 6.1). In a table a pipe must be escaped even there. */
export function codeSpan(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ').replaceAll('|', '\\|');
  if (line.trim() === '') return '*empty*';
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

/** Lines of code as a fenced block. */
export function codeBlock(code: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language.replace(/\W/g, '')}\n${visible(code).trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
