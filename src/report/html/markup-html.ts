import type { Markup } from '../markup.ts';
import { parseInlineMarkup, parseMarkup } from '../markup.ts';
import { type Html, html, type Piece } from './html.ts';

/** An explanation as HTML. */
export function markupHtml(markdown: string): Piece {
  return parseMarkup(markdown).map(nodeHtml);
}

/** A title as HTML: code and emphasis only. */
export function inlineHtml(markdown: string): Piece {
  return parseInlineMarkup(markdown).map(nodeHtml);
}

function nodeHtml(node: Markup): Html | string {
  if (typeof node === 'string') return node;
  const inside = node.children.map(nodeHtml);
  switch (node.tag) {
    case 'p':
      return html`<p>${inside}</p>`;
    case 'ul':
      return html`<ul>${inside}</ul>`;
    case 'ol':
      return html`<ol>${inside}</ol>`;
    case 'li':
      return html`<li>${inside}</li>`;
    case 'strong':
      return html`<strong>${inside}</strong>`;
    case 'em':
      return html`<em>${inside}</em>`;
    case 'code':
      return html`<code>${inside}</code>`;
    case 'pre':
      return html`<pre>${inside}</pre>`;
    case 'h4':
      return html`<h4>${inside}</h4>`;
    case 'blockquote':
      return html`<blockquote>${inside}</blockquote>`;
  }
}
