import { type Markup, parseInlineMarkup, parseMarkup, textOf } from '../markup.ts';
import { jiraBlock, jiraCode, jiraText } from './escape.ts';

/** A title, written anew: what a page put into it stays text. */
export function inlineJira(markdown: string): string {
  return parseInlineMarkup(markdown).map(inline).join('');
}

/** An explanation, written anew. */
export function blockJira(markdown: string): string {
  return parseMarkup(markdown)
    .map((node) => block(node).trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

function inline(node: Markup): string {
  if (typeof node === 'string') return jiraText(node);
  const { tag, children } = node;
  if (tag === 'code') return jiraCode(textOf(children));
  const inside = children.map(inline).join('');
  // Between letters, Jira reads its marks only in braces.
  if (tag === 'strong') return `{*}${inside}{*}`;
  return tag === 'em' ? `{_}${inside}{_}` : inside;
}

function block(node: Markup): string {
  if (typeof node === 'string') return jiraText(node);
  const { tag, children } = node;
  switch (tag) {
    case 'ul':
      return children.map((item) => `* ${inline(item)}`).join('\n');
    case 'ol':
      return children.map((item) => `# ${inline(item)}`).join('\n');
    case 'pre':
      return jiraBlock(textOf(children));
    case 'h4':
      return `*${jiraText(textOf(children))}*`;
    case 'blockquote':
      return `bq. ${children.map(inline).join('')}`;
    default:
      return inline(node);
  }
}
