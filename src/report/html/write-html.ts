/**
 * The report as one HTML file that opens from disk: no script runs in it, it asks nobody for anything, and it carries its own
 * JSON, so that it can be opened again.
 */
import type { Report, Status } from '../../model/report.ts';
import { count, visible } from '../../model/wording.ts';
import { endpointHtml } from './endpoint-html.ts';
import { Html, html } from './html.ts';
import { inlineHtml } from './markup-html.ts';
import { requestsHtml } from './requests-html.ts';
import { STYLE, STYLE_HASH } from './style.ts';

/** Where `read-html.ts` finds the report in the file. */
export const REPORT_ELEMENT_ID = 'socketio-doctor-report';

const STATUS_WORD: Record<Status, string> = {
  failing: '✗ Failing',
  degraded: '! Degraded',
  recovered: '✓ Recovered',
  healthy: '✓ Healthy',
  idle: '– Idle',
};

/** Nothing but the style sheet of this very file: neither what a page wrote into the report nor a mistake of ours can load or run. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/** Writes the report as HTML. */
export function writeHtml(report: Report): string {
  const { summary } = report;
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Socket.IO report: ${visible(summary.headline).replaceAll('`', '')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header class="is-${summary.status}">
<p class="kind"><span class="status">${STATUS_WORD[summary.status]}</span> Report of Doctor for Socket.IO, ${time(report.createdAt)}</p>
<h1>${inlineHtml(summary.headline)}</h1>
${summary.rootCause !== null && html`<p class="quiet">Root cause: <code>${visible(summary.rootCause)}</code></p>`}
</header>
<main>
${report.notes.trim() !== '' && html`<section aria-label="Notes" class="notes"><h2>Notes</h2><p>${visible(report.notes)}</p></section>`}
${report.endpoints.map((endpoint) => endpointHtml(report, endpoint))}
${requestsHtml(report)}
${limitsHtml(report)}
${environmentHtml(report)}
</main>
<script type="application/json" id="${REPORT_ELEMENT_ID}">${embedded(report)}</script>
</body>
</html>
`;
  return markup;
}

/** `<` may not stand in a script element's text, where HTML knows no escapes; in JSON it may be written otherwise. */
function embedded(report: Report): Html {
  return new Html(JSON.stringify(report).replaceAll('<', '\\u003c'));
}

function limitsHtml({ limits, dropped }: Report): Html {
  const evicted = dropped.exchanges > 0 || dropped.sessions > 0;
  return html`<section><h2>What could not be seen</h2>${
    limits.length === 0 && !evicted
      ? html`<p class="quiet">Nothing is known to be missing.</p>`
      : html`<ul>${limits.map(({ code, text }) => html`<li>${visible(text)} <code class="quiet">${visible(code)}</code></li>`)}${
          evicted &&
          html`<li>Left out because there was too much: ${count(dropped.exchanges, 'request')}, ${count(dropped.sessions, 'connection')}.</li>`
        }</ul>`
  }</section>`;
}

const CAPTURE_WORD: Record<Report['environment']['capture'], string> = {
  devtools: 'the browser’s DevTools',
  har: 'a HAR file',
  probe: 'a probe of the server',
};

function environmentHtml({ environment, page, redacted, generator, createdAt }: Report): Html {
  const rows: [string, string | null][] = [
    ['Page', page?.url ?? null],
    ['Browser', environment.browser],
    ['Operating system', environment.os],
    ['Captured from', CAPTURE_WORD[environment.capture]],
    [
      'Secrets',
      redacted
        ? 'replaced by placeholders such as [redacted:sid:1]'
        : 'NOT hidden: this report holds them as they were',
    ],
    ['Written', `${time(createdAt)} by ${generator.name} ${generator.version}`],
  ];
  return html`<section><h2>Environment</h2><dl>${rows.map(
    ([name, value]) =>
      html`<dt>${name}</dt><dd>${value === null ? html`<span class="quiet">unknown</span>` : visible(value)}</dd>`,
  )}</dl></section>`;
}

function time(iso: string): string {
  return visible(iso)
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, ' UTC');
}
