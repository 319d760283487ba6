/**
 * The Markdown of a finding as a small tree, for writers that put it out again in their own form. What it may be made of is
 * listed here; anything else, HTML in it too, becomes its text: a page's own words may stand in it.
 */
import { compiler, type MarkdownToJSX } from 'markdown-to-jsx';
import { createElement, isValidElement, type ReactNode } from 'react';
import { visible } from '../model/wording.ts';

const TAGS = ['p', 'ul', 'ol', 'li', 'strong', 'em', 'code', 'pre', 'h4', 'blockquote'] as const;
export type MarkupTag = (typeof TAGS)[number];
export type Markup = string | { tag: MarkupTag; children: Markup[] };

/** Headings of an explanation sit under the finding's title. */
const RENAMED: Record<string, MarkupTag> = {
  h1: 'h4',
  h2: 'h4',
  h3: 'h4',
  h5: 'h4',
  h6: 'h4',
  div: 'p',
  b: 'strong',
  i: 'em',
};

const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  disableAutoLink: true,
  createElement: (tag, props, ...children) => createElement(tag, props, ...children),
};

/** Reads an explanation: paragraphs, lists, headings. */
export function parseMarkup(markdown: string): Markup[] {
  return flatten(compiler(visible(markdown), { ...OPTIONS, forceBlock: true, wrapper: 'main' }));
}

/** Reads one line: code and emphasis only. */
export function parseInlineMarkup(markdown: string): Markup[] {
  return flatten(compiler(visible(markdown), { ...OPTIONS, forceInline: true, wrapper: 'main' }));
}

/** The words alone. */
export function textOf(markup: readonly Markup[]): string {
  return markup.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}

function flatten(node: ReactNode): Markup[] {
  if (typeof node === 'string' || typeof node === 'number') return [String(node)];
  if (Array.isArray(node)) return node.flatMap(flatten);
  if (!isValidElement<{ children?: ReactNode; href?: unknown; alt?: unknown }>(node)) return [];
  const { children: inside, href, alt } = node.props;
  const children = flatten(inside);
  if (node.type === 'a') return withTarget(children, href);
  if (node.type === 'img') return typeof alt === 'string' ? [alt] : [];
  const name = typeof node.type === 'string' ? (RENAMED[node.type] ?? node.type) : '';
  const tag = TAGS.find((each) => each === name);
  return tag ? [{ tag, children }] : children;
}

/** Nothing in a report may be clicked that a page could have written: a link says where it leads. */
function withTarget(label: Markup[], href: unknown): Markup[] {
  return typeof href !== 'string' || textOf(label) === href ? label : [...label, ` (${href})`];
}
