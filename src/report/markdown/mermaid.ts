import { visible } from '../../model/wording.ts';
import type { Lane, Message, Sequence } from '../sequence.ts';

/** A label longer than this makes the whole diagram small. */
const MAX_LABEL = 90;

/** The sequence diagram in Mermaid's words (https://mermaid.js.org/syntax/sequenceDiagram.html). */
export function mermaidSequence({ proxy, messages, omitted }: Sequence, server: string): string {
  const lanes: [Lane, string][] = [['browser', 'Browser']];
  if (proxy !== null) lanes.push(['proxy', proxy]);
  lanes.push(['server', server]);
  return [
    'sequenceDiagram',
    ...lanes.map(([lane, name]) => `    participant ${lane} as ${label(name)}`),
    ...messages.map((message) => `    ${line(message)}`),
    ...(omitted > 0 ? [`    note over browser,server: ${omitted} steps of the middle are not drawn`] : []),
  ].join('\n');
}

function line({ kind, from, to, label: words, outcome }: Message): string {
  const failed = outcome === 'failed';
  const text = label(failed ? `✗ ${words}` : words);
  if (kind === 'note') return `note over browser,server: ${text}`;
  const dashed = kind === 'answer' || outcome === 'pending';
  return `${from}${dashed ? '--' : '-'}${failed ? 'x' : '>>'}${to}: ${text}`;
}

/** Anything that Mermaid or Markdown could read as its own is written as a character code. */
function label(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  const shown = line.length > MAX_LABEL ? `${line.slice(0, MAX_LABEL)}…` : line;
  return shown.replace(/[^\p{L}\p{N} .,:/()?=+_✗×…“”’-]/gu, (character) => `#${character.codePointAt(0)};`);
}
