import type { Report, ReportExchange } from '../../model/report.ts';
import { corsWords, count, formatDuration, visible } from '../../model/wording.ts';
import { type Html, html } from './html.ts';

/** More rows than this are in the file's JSON only. */
const MAX_ROWS = 500;

/** The requests that the diagnosis is made of, in the report's order. Those that are evidence are always there. */
export function requestsHtml({ exchanges, findings }: Report): Html {
  const proof = new Set(findings.flatMap(({ evidence }) => evidence.map(({ exchange }) => exchange)));
  const shown = exchanges.filter(({ id }, index) => index < MAX_ROWS || proof.has(id));
  if (exchanges.length === 0) return html``;
  return html`<section class="requests"><h2>Requests</h2><div class="wide"><table><thead><tr><th>Request</th><th>Status</th><th>CORS</th><th>Started</th><th>Took</th></tr></thead>
<tbody>${shown.map(requestHtml)}</tbody></table></div>
${shown.length < exchanges.length && html`<p class="quiet">${count(exchanges.length - shown.length, 'request')} more in the data of this file.</p>`}</section>`;
}

function requestHtml({
  id,
  kind,
  method,
  url,
  status,
  error,
  startedAt,
  durationMs,
  cors,
  askedByUs,
}: ReportExchange): Html {
  const refused = cors.verdict === 'fail';
  return html`<tr id="request-${id}"${refused && html` class="refused"`}><td><b>${kind === 'websocket' ? 'WebSocket' : visible(method)}</b>${kind === 'preflight' && ' (preflight)'}${askedByUs && ' (asked by Doctor for Socket.IO)'} <span class="url">${visible(url)}</span></td><td>${status === 0 ? '–' : status}${error && html`<br><span class="quiet">${visible(error)}</span>`}</td><td>${visible(corsWords(cors))}</td><td class="time">${visible(startedAt).replace(/^.*T|Z$/g, '')}</td><td class="time">${durationMs === null ? '–' : formatDuration(durationMs)}</td></tr>`;
}
