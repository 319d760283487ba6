import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import nginx from 'highlight.js/lib/languages/nginx';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { createLowlight } from 'lowlight';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { visible } from '../format.ts';

/** By the names that fixes give their language; any other is shown plain. */
const lowlight = createLowlight({ js: javascript, ts: typescript, py: python, nginx, sh: bash });

type HighlightedNode = ReturnType<typeof lowlight.highlight>['children'][number];

/** Code in colours, made of React nodes. */
export function Code({
  text,
  language,
  label = 'Code of the fix',
}: {
  text: string;
  language: string;
  label?: string;
}) {
  const nodes = useMemo(() => {
    const shown = visible(text);
    return lowlight.registered(language) ? toReact(lowlight.highlight(language, shown).children) : shown;
  }, [text, language]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and are scrolled by the keyboard too
    <pre className="code" tabIndex={0} aria-label={label} role="region">
      <code>{nodes}</code>
    </pre>
  );
}

function toReact(nodes: readonly HighlightedNode[]): ReactNode[] {
  return nodes.map((node, index) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const { className } = node.properties;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no identity but their place
      <span key={index} className={Array.isArray(className) ? className.join(' ') : undefined}>
        {toReact(node.children)}
      </span>
    );
  });
}
