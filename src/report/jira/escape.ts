/**
 * Text that others wrote, for Jira's wiki markup: it shows as it is and does nothing.
 * Source: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
import { visible } from '../../model/wording.ts';

/** Comes apart for Jira's search for addresses, issue keys and emoticons, and not for the eye. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Jira's own macros: in braces, such a word would be one. */
const MACRO = /^(code|noformat|quote|color|panel|anchor)/i;

/** One line of text. A backslash is itself markup (two of them break the line), so it goes as an entity. */
export function jiraText(text: string): string {
  return (
    visible(text)
      .replace(/\s+/g, ' ')
      .replace(/&(?=#?\w+;)/g, '&amp;')
      .replaceAll('\\', '&bsol;')
      .replace(/[{}[\]|*_^~+!]/g, '\\$&')
      // These are markup only in pairs, at the edge of a word, or where they look like a face.
      .replace(/\?(?=\?)|(?<=\?)\?|-(?=-)|(?<=-)-|(?<=^|\s)-|-(?=\s|$)|^#|\((?=.{1,3}\))/g, '\\$&')
      .replace(/:\/\/|\bwww\.|\bmailto:|[:;](?=[)(DPp])|[A-Z](?=-\d)/g, `$&${ZERO_WIDTH_SPACE}`)
      .replace(/^(\s*)(h[1-6]|bq)\./i, `$1$2${ZERO_WIDTH_SPACE}.`)
  );
}

/** One line in the letters of code. */
export function jiraCode(text: string): string {
  const line = jiraText(text);
  if (line.trim() === '') return '_empty_';
  return `{{${MACRO.test(line) ? ZERO_WIDTH_SPACE : ''}${line}}}`;
}

/** Lines that are shown as they are. */
export function jiraBlock(code: string): string {
  const inside = visible(code)
    .trimEnd()
    .replace(/\{(?=noformat)/gi, `{${ZERO_WIDTH_SPACE}`);
  return `{noformat}\n${inside}\n{noformat}`;
}
