/** The sequence diagram as SVG. No inline styles, which the report's policy forbids: classes and attributes only. */
import { visible } from '../../model/wording.ts';
import type { Lane, Message, Sequence } from '../sequence.ts';
import { type Html, html } from './html.ts';

/** In SVG units; one is one CSS pixel where the page is wide enough. */
const WIDTH = 760;
const TOP = 52;
const ROW = 34;
const LANE_X: Record<Lane, number> = { browser: 110, proxy: 385, server: 660 };
/** Mean width of a character of the labels. */
const CHARACTER = 6.4;

/** Draws what happened; `title` says it in words for those who do not see it. */
export function sequenceSvg({ proxy, messages, omitted }: Sequence, server: string, title: string): Html {
  const height = TOP + messages.length * ROW + 22;
  const lanes: [Lane, string][] = [
    ['browser', 'Browser'],
    ...(proxy ? [['proxy', proxy] satisfies [Lane, string]] : []),
    ['server', server],
  ];
  return html`<svg class="sequence" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
${lanes.map(([lane, name]) => laneSvg(LANE_X[lane], name, height))}
${messages.map((message, index) => messageSvg(message, TOP + index * ROW + 20))}
</svg>${omitted > 0 && html`<p class="quiet">${omitted} steps of the middle are not drawn.</p>`}`;
}

function laneSvg(x: number, name: string, height: number): Html {
  return html`<g><line class="lifeline" x1="${x}" x2="${x}" y1="36" y2="${height - 6}"/><rect class="lane" x="${x - 88}" y="6" width="176" height="30" rx="5"/><text class="lane-name" x="${x}" y="25.5" text-anchor="middle">${clipped(name, 160)}</text></g>`;
}

function messageSvg(message: Message, y: number): Html {
  return html`<g class="message ${message.kind} is-${message.outcome}">${message.outcome === 'failed' && html`<rect class="band" x="4" y="${y - 21}" width="${WIDTH - 8}" height="${ROW - 2}" rx="4"/>`}${message.step !== null && stepSvg(message.step, y)}${message.kind === 'note' ? noteSvg(message, y) : arrowSvg(message, y)}</g>`;
}

function stepSvg(step: number, y: number): Html {
  return html`<circle class="badge" cx="22" cy="${y - 5}" r="11"/><text class="badge-text" x="22" y="${y - 1}" text-anchor="middle">${step}</text>`;
}

function noteSvg({ label, outcome }: Message, y: number): Html {
  const text = clipped(outcome === 'failed' ? `✗ ${label}` : label, 500);
  const width = Math.max(text.length * CHARACTER + 28, 120);
  const middle = (LANE_X.browser + LANE_X.server) / 2;
  return html`<rect class="note-box" x="${middle - width / 2}" y="${y - 17}" width="${width}" height="24" rx="4"/><text x="${middle}" y="${y - 1}" text-anchor="middle">${text}</text>`;
}

function arrowSvg({ from, to, label, outcome, kind }: Message, y: number): Html {
  const start = LANE_X[from];
  const end = LANE_X[to];
  const way = Math.sign(end - start);
  const tip = end - way * 2;
  const lost = outcome === 'failed';
  const head = lost ? cross(end - way * 12, y) : html`<path class="head" d="M${tip} ${y}l${-way * 9} -4.5v9z"/>`;
  return html`<line class="line${kind === 'answer' && ' dashed'}" x1="${start}" x2="${lost ? end - way * 12 : tip}" y1="${y}" y2="${y}"/>${head}<text x="${(start + end) / 2}" y="${y - 6}" text-anchor="middle">${clipped(label, Math.abs(end - start) - 40)}</text>`;
}

function cross(x: number, y: number): Html {
  return html`<path class="cross" d="M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10"/>`;
}

function clipped(text: string, width: number): string {
  const most = Math.floor(width / CHARACTER);
  const shown = visible(text).replace(/\s+/g, ' ');
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
}
