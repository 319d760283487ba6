/** Colours of the text report, on a terminal alone. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Whether to colour: `NO_COLOR` (https://no-color.org), `FORCE_COLOR`, else whether it is a terminal that can. */
export function hasColours(stream: { isTTY?: boolean }, environment = process.env): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

/** What a line begins with, and how it looks. The text is the report's own, which no capture can steer. */
const REPORT_LINES: readonly (readonly [RegExp, Style])[] = [
  [/^(FAILING|IDLE):.*/, ['bold', 'red']],
  [/^(DEGRADED|RECOVERED):.*/, ['bold', 'yellow']],
  [/^HEALTHY:.*/, ['bold', 'green']],
  [/^ {2}ERROR \S+/, ['bold', 'red']],
  [/^ {2}WARNING \S+/, ['bold', 'yellow']],
  [/^ {2}INFO \S+/, ['bold', 'cyan']],
  [/^ {4}failed /, 'red'],
  [/^ {4}ok /, 'green'],
  [/^ {4}(pending|hidden) /, 'yellow'],
];

/** The text report with colours. */
export function colourReport(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const style = REPORT_LINES.find(([pattern]) => pattern.test(line));
      return style ? line.replace(style[0], (words) => paint(style[1], words)) : line;
    })
    .join('\n');
}

/** Whether to colour is decided already. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
