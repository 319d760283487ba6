import { type Markup, parseInlineMarkup, parseMarkup, textOf } from '../markup.ts';
import { codeBlock, codeSpan, markdownText } from './escape.ts';

/** A title, written anew: what a page put into it stays text. */
export function inlineMarkdown(markdown: string): string {
  return parseInlineMarkup(markdown).map(inline).join('');
}

/** An explanation, written anew. */
export function blockMarkdown(markdown: string): string {
  return parseMarkup(markdown)
    .map((node) => block(node).trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

function inline(node: Markup): string {
  if (typeof node === 'string') return markdownText(node);
  const { tag, children } = node;
  if (tag === 'code') return codeSpan(textOf(children));
  const inside = children.map(inline).join('');
  if (tag === 'strong') return `**${inside}**`;
  return tag === 'em' ? `*${inside}*` : inside;
}

function block(node: Markup): string {
  if (typeof node === 'string') return markdownText(node);
  const { tag, children } = node;
  switch (tag) {
    case 'ul':
      return children.map((item) => `- ${inline(item)}`).join('\n');
    case 'ol':
      return children.map((item, index) => `${index + 1}. ${inline(item)}`).join('\n');
    case 'pre':
      return codeBlock(textOf(children), '');
    case 'h4':
      return `**${markdownText(textOf(children))}**`;
    case 'blockquote':
      return `> ${children.map(inline).join('')}`;
    default:
      return inline(node);
  }
}
