import { visible } from '../model/wording.ts';
import type { Lane, Message, Sequence } from './sequence.ts';

/** The sequence as lines of text, for readers where no diagram is drawn: `1  Browser ──▶ server   GET handshake`. */
export function sequenceText({ proxy, messages, omitted }: Sequence, server: string): string {
  const names: Record<Lane, string> = { browser: 'Browser', proxy: proxy ?? '', server };
  const ways = messages.map((message) => wayOf(message, names));
  const width = Math.max(0, ...ways.map((way) => way.length));
  const lines = messages.map(({ step, label, outcome }, index) => {
    const number = step === null ? '' : `${step}.`;
    const failed = outcome === 'failed' ? '✗ ' : '';
    return oneLine(`${number.padEnd(4)}${(ways[index] ?? '').padEnd(width)}  ${failed}${label}`);
  });
  return [...lines, ...(omitted > 0 ? [`(${omitted} steps of the middle are left out)`] : [])].join('\n');
}

function wayOf({ kind, from, to, outcome }: Message, names: Record<Lane, string>): string {
  if (kind === 'note') return '';
  const line = kind === 'answer' ? '- -' : '---';
  return `${names[from]} ${line}${outcome === 'failed' ? 'x' : '>'} ${names[to]}`;
}

function oneLine(text: string): string {
  return visible(text)
    .replace(/[\n\t\r]/g, ' ')
    .trimEnd();
}
