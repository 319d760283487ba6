import { CHANGE_SIGN, type LineChange, lineChanges } from '../../model/line-changes.ts';
import type { Report, ReportFinding } from '../../model/report.ts';
import { confidenceText, resolvedWord, splitUrl, visible } from '../../model/wording.ts';
import { type Html, html } from './html.ts';
import { inlineHtml, markupHtml } from './markup-html.ts';

type Fix = ReportFinding['fixes'][number];
type Evidence = ReportFinding['evidence'][number];

const SEVERITY_WORD = { error: '✗ Error', warning: '! Warning', info: 'i Info' };

/** One fault: what happened, what proves it, what to do, and what follows from it. */
export function findingHtml(report: Report, finding: ReportFinding, consequences: readonly ReportFinding[]): Html {
  return html`<article class="finding is-${finding.severity}${finding.state === 'resolved' && !finding.mayReturn && ' resolved'}" data-rule="${finding.rule}">
<h3>${finding.state === 'resolved' && `${resolvedWord(finding)}: `}${inlineHtml(finding.title)}</h3>
${marksHtml(finding)}
${bodyHtml(report, finding)}
${consequences.length > 0 && html`<div class="consequences"><h4>Also seen because of this</h4>${consequences.map((each) => consequenceHtml(report, each))}</div>`}
</article>`;
}

function consequenceHtml(report: Report, finding: ReportFinding): Html {
  return html`<article class="consequence is-${finding.severity}" data-rule="${finding.rule}"><details><summary>${inlineHtml(finding.title)}</summary>
${marksHtml(finding)}
${bodyHtml(report, finding)}
</details></article>`;
}

function marksHtml(finding: ReportFinding): Html {
  const { word, meaning } = confidenceText(finding);
  const rule = finding.detail === null ? finding.rule : `${finding.rule} / ${finding.detail}`;
  return html`<p class="marks"><span class="severity">${SEVERITY_WORD[finding.severity]}</span> <span><b>${word}</b>: ${meaning}</span> <code>${visible(rule)}</code></p>`;
}

function bodyHtml(report: Report, { explanation, evidence, alternatives, fixes, deeper = [] }: ReportFinding): Html {
  const [first, ...others] = fixes;
  return html`<div class="explanation">${markupHtml(explanation)}</div>
${first ? fixHtml(first) : null}
${others.map((fix) => html`<details><summary>${fix.workaround ? 'Way around, ' : ''}${visible(fix.stack)}: ${inlineHtml(fix.title)}</summary>${codeHtml(fix)}</details>`)}
${evidence.length > 0 && evidenceHtml(report, evidence)}
${alternatives.length > 0 && html`<p>The same evidence would also fit: ${alternatives.map((rule, index) => html`${index > 0 && ', '}<code>${visible(rule)}</code>`)}</p>`}
${deeper.length > 0 && html`<details><summary>Dig deeper</summary>${deeper.map(lookHtml)}</details>`}`;
}

function lookHtml({ title, file, code }: NonNullable<ReportFinding['deeper']>[number]): Html {
  return html`<p>${visible(title)} <span class="quiet">(${visible(file)})</span></p><pre><code>${visible(code)}</code></pre>`;
}

function fixHtml(fix: Fix): Html {
  return html`<div class="fix"><p class="fix-title"><b>Fix:</b> ${inlineHtml(fix.title)}</p>${codeHtml(fix)}</div>`;
}

function codeHtml({ stack, file, code, before, executed }: Fix): Html {
  return html`<p class="quiet">${visible(stack)}, <code>${visible(file)}</code>${executed && ', tested against a server with this fault'}</p>${before === undefined ? wholeHtml(code) : html`${differenceHtml(before, code)}<details><summary>The whole code</summary>${wholeHtml(code)}</details>`}`;
}

function wholeHtml(code: string): Html {
  return html`<pre><code>${visible(code)}</code></pre>`;
}

/** A line each; the sign says what the colour does. */
function differenceHtml(before: string, code: string): Html {
  return html`<pre class="difference" role="region" aria-label="What the fix changes"><code>${lineChanges(before, code).map(lineHtml)}</code></pre>`;
}

function lineHtml({ kind, text }: LineChange): Html {
  const line = `${CHANGE_SIGN[kind]} ${visible(text)}\n`;
  if (kind === 'same') return html`<span>${line}</span>`;
  return kind === 'removed' ? html`<del>${line}</del>` : html`<ins>${line}</ins>`;
}

function evidenceHtml(report: Report, evidence: readonly Evidence[]): Html {
  return html`<div class="wide"><table class="evidence"><thead><tr><th>Evidence</th><th>Expected</th><th>Actual</th></tr></thead>
<tbody>${evidence.map(
    (item) =>
      html`<tr><th scope="row">${visible(item.name)}<br><span class="quiet">${visible(item.where)}${exchangeLink(report, item)}</span></th><td class="expected">${item.expected === null ? html`<span class="quiet">–</span>` : valueHtml(item, item.expected)}</td><td class="actual">${valueHtml(item, item.actual)}</td></tr>`,
  )}</tbody></table></div>`;
}

function exchangeLink(report: Report, { exchange: id }: Evidence): Html | false {
  const exchange = id !== null && report.exchanges.find((each) => each.id === id);
  if (!exchange) return false;
  const method = exchange.kind === 'websocket' ? 'WebSocket' : exchange.method;
  return html` of <a href="#request-${exchange.id}">${visible(method)} ${visible(splitUrl(exchange.url).path.split('?')[0] ?? '')}</a>`;
}

function valueHtml({ where }: Evidence, value: string | null): Html {
  if (value === null) return html`<i class="quiet">${where.endsWith('header') ? 'no such header' : 'nothing'}</i>`;
  return value === '' ? html`<i class="quiet">empty</i>` : html`<code>${visible(value)}</code>`;
}
