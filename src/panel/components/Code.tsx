import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import nginx from 'highlight.js/lib/languages/nginx';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { createLowlight } from 'lowlight';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { CHANGE_SIGN, lineChanges } from '../../model/line-changes.ts';
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
  const nodes = useMemo(() => highlighted(text, language), [text, language]);
  return <CodeRegion label={label}>{nodes}</CodeRegion>;
}

/** What the fix takes away and puts there, line by line. */
export function Difference({ before, code, language }: { before: string; code: string; language: string }) {
  const lines = useMemo(
    () => lineChanges(before, code).map((line) => ({ ...line, nodes: highlighted(line.text, language) })),
    [before, code, language],
  );
  return (
    <CodeRegion label="What the fix changes">
      {lines.map(({ kind, nodes }, index) => {
        const Line = LINE_TAGS[kind];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text have no identity but their place
          <Line key={index} className="line">
            <span className="sign">{CHANGE_SIGN[kind]} </span>
            {nodes}
            {'\n'}
          </Line>
        );
      })}
    </CodeRegion>
  );
}

const LINE_TAGS = { same: 'span', removed: 'del', added: 'ins' } as const;

function CodeRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and are scrolled by the keyboard too
    <pre className="code" tabIndex={0} aria-label={label} role="region">
      <code>{children}</code>
    </pre>
  );
}

function highlighted(text: string, language: string): ReactNode {
  const shown = visible(text);
  return lowlight.registered(language) ? toReact(lowlight.highlight(language, shown).children) : shown;
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
