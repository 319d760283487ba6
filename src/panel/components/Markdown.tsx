import type { MarkdownToJSX } from 'markdown-to-jsx';
import MarkdownToJsx, { RuleType } from 'markdown-to-jsx';
import type { JSX, ReactNode } from 'react';
import { createElement } from 'react';
import { visible } from '../format.ts';

/** All that an explanation is made of. Anything else becomes its text: no images, nothing that the browser would load. */
const ELEMENTS = new Set([
  ...['div', 'p', 'ul', 'ol', 'li', 'strong', 'em', 'code', 'pre', 'blockquote', 'br', 'hr', 'del'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'h4', 'h5', 'h6'],
]);

/** A page's headings sit under the finding's title, which is a third-level one. */
const DEMOTED: Record<string, string> = { h1: 'h4', h2: 'h4', h3: 'h5' };

const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  disableAutoLink: true,
  forceBlock: true,
  wrapper: 'div',
  createElement: plainElement,
  renderRule: (next, node, _renderChildren, state) =>
    node.type === RuleType.link ? <LinkText key={state.key} link={node} label={next()} /> : next(),
};

const INLINE_OPTIONS: MarkdownToJSX.Options = { ...OPTIONS, forceBlock: false, forceInline: true, wrapper: 'span' };

function plainElement(tag: unknown, props: JSX.IntrinsicAttributes, ...children: ReactNode[]): ReactNode {
  const name = typeof tag === 'string' ? (DEMOTED[tag] ?? tag) : 'span';
  return createElement(ELEMENTS.has(name) ? name : 'span', { key: props?.key }, ...children);
}

interface LinkTextProps {
  link: MarkdownToJSX.LinkNode;
  label: ReactNode;
}

/** Text from the page may be part of an explanation, so nothing in it may be clicked: a link says where it leads. */
function LinkText({ link, label }: LinkTextProps) {
  const [only, ...others] = link.children;
  const saysIt = others.length === 0 && only?.type === RuleType.text && only.text === link.target;
  return (
    <>
      {label}
      {!saysIt && <span className="quiet"> ({link.target})</span>}
    </>
  );
}

interface MarkdownProps {
  text: string;
}

/** An explanation as React nodes; HTML in it is shown as the text it is. */
export function Markdown({ text }: MarkdownProps) {
  return (
    <div className="markdown">
      <MarkdownToJsx options={OPTIONS}>{visible(text)}</MarkdownToJsx>
    </div>
  );
}

/** One line: `code` and emphasis only. */
export function InlineMarkdown({ text }: MarkdownProps) {
  return <MarkdownToJsx options={INLINE_OPTIONS}>{visible(text)}</MarkdownToJsx>;
}
