import type { Report, ReportEndpoint, ReportSession } from '../../model/report.ts';
import { count, formatDuration, formatOffset, shortSid, splitUrl, visible } from '../../model/wording.ts';
import { sequenceOf } from '../sequence.ts';
import { consequencesOf, rootFindings, sessionsOf, tellingSession } from '../telling.ts';
import { findingHtml } from './finding-html.ts';
import { type Html, html } from './html.ts';
import { sequenceSvg } from './sequence-svg.ts';

/** More rows than this are in the file's JSON only. */
const MAX_ROWS = 200;

const OUTCOME_WORD = { ok: '✓ done', failed: '✗ failed', pending: '… under way', hidden: '? not seen' };

/** One server path as used by one page: what happened, why, and what to do. */
export function endpointHtml(report: Report, endpoint: ReportEndpoint): Html {
  const session = tellingSession(report, endpoint);
  const others = sessionsOf(report, endpoint).filter((each) => each !== session);
  return html`<section class="endpoint">
<h2><span class="status is-${endpoint.status}">${endpoint.status}</span> <span class="url">${visible(endpoint.url)}</span></h2>
${endpoint.pageOrigin !== null && html`<p class="quiet">as used by ${visible(endpoint.pageOrigin)}</p>`}
${session && happenedHtml(report, endpoint, session)}
${rootFindings(report, endpoint).map((finding) => findingHtml(report, finding, consequencesOf(report, finding)))}
${others.length > 0 && othersHtml(others)}
</section>`;
}

function happenedHtml(report: Report, endpoint: ReportEndpoint, session: ReportSession): Html {
  const { steps, attempts, clientError, openedAt, server } = session;
  const start = steps[0]?.at ?? session.startedAt;
  const alike = attempts > 1 ? `, the latest of ${attempts} attempts that failed alike` : '';
  const name = server ? [server.name, server.version].filter(Boolean).join(' ') : splitUrl(endpoint.url).host;
  return html`<h3>What happened</h3>
<p class="quiet">${sessionWords(session)}${alike}</p>
${sequenceSvg(sequenceOf(report, session), name, `Sequence diagram of the ${count(steps.length, 'step')} listed below`)}
<ol class="steps">${steps
    .slice(0, MAX_ROWS)
    .map(
      (step) =>
        html`<li class="is-${step.outcome}"><span class="outcome">${OUTCOME_WORD[step.outcome]}</span> <span class="offset">${formatOffset(start, step.at) ?? ''}</span> <span>${visible(step.text)}</span></li>`,
    )}</ol>
${steps.length > MAX_ROWS && html`<p class="quiet">${count(steps.length - MAX_ROWS, 'later step')} left out here.</p>`}
${clientError !== null && html`<p>The client reports <code>${visible(clientError)}</code></p>`}
${openedAt && html`<p>Opened by <code>${visible(openedAt.function || '(anonymous)')}</code> at <code>${visible(openedAt.url)}:${openedAt.line}:${openedAt.column}</code></p>`}`;
}

function sessionWords({ sid, state, eio, transport }: ReportSession): string {
  const name = sid === null ? 'A connection without sid' : `The connection with sid ${shortSid(visible(sid))}`;
  return [`${name}: ${state}`, `EIO=${eio ?? '?'}`, transport ?? 'no transport'].join(', ');
}

function othersHtml(sessions: readonly ReportSession[]): Html {
  const shown = sessions.slice(-MAX_ROWS);
  return html`<details><summary>${count(sessions.length, 'other connection')}</summary>
<div class="wide"><table><thead><tr><th>Started</th><th>sid</th><th>State</th><th>Transport</th><th>Attempts</th><th>Duration</th><th>Last step</th></tr></thead>
<tbody>${shown.map(
    (session) =>
      html`<tr><td>${visible(session.startedAt)}</td><td>${session.sid === null ? '–' : shortSid(visible(session.sid))}</td><td>${session.state}</td><td>${session.transport ?? '–'}</td><td>${session.attempts}</td><td>${session.durationMs === null ? '–' : formatDuration(session.durationMs)}</td><td>${visible(session.steps.at(-1)?.text ?? '')}</td></tr>`,
  )}</tbody></table></div></details>`;
}
