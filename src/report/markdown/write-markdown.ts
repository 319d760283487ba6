/** The report for a bug tracker: short, with a diagram that GitHub and GitLab draw, and the requests folded away. */
import { diffText } from '../../model/line-changes.ts';
import type { Report, ReportEndpoint, ReportExchange, ReportFinding } from '../../model/report.ts';
import { confidenceText, corsWords, count, formatDuration, resolvedWord, splitUrl } from '../../model/wording.ts';
import { sequenceOf } from '../sequence.ts';
import { consequencesOf, rootFindings, tellingSession } from '../telling.ts';
import { codeBlock, codeSpan, htmlText, markdownText } from './escape.ts';
import { blockMarkdown, inlineMarkdown } from './markup-markdown.ts';
import { mermaidSequence } from './mermaid.ts';

/** A comment on GitHub holds 65,536 characters. */
const MAX_REQUESTS = 60;
const MAX_VALUE = 200;

/** Writes the report as Markdown. */
export function writeMarkdown(report: Report): string {
  const { summary, notes } = report;
  const blocks = [
    `## ${inlineMarkdown(summary.headline)}`,
    [`**${summary.status}**`, summary.rootCause && `root cause ${codeSpan(summary.rootCause)}`]
      .filter(Boolean)
      .join(', '),
    notes.trim() === ''
      ? ''
      : notes
          .trim()
          .split('\n')
          .map((line) => `> ${markdownText(line)}`)
          .join('  \n'),
    ...report.endpoints.flatMap((endpoint) => endpointBlocks(report, endpoint)),
    requestsBlock(report.exchanges),
    limitsBlock(report),
    environmentLine(report),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function endpointBlocks(report: Report, endpoint: ReportEndpoint): string[] {
  const session = tellingSession(report, endpoint);
  const from = endpoint.pageOrigin === null ? '' : ` from ${codeSpan(endpoint.pageOrigin)}`;
  const server = session?.server?.name ?? splitUrl(endpoint.url).host;
  return [
    `### ${codeSpan(endpoint.url)}${from}: ${endpoint.status}`,
    session ? codeBlock(mermaidSequence(sequenceOf(report, session), server), 'mermaid') : '',
    session?.clientError ? `The client reports ${codeSpan(session.clientError)}.` : '',
    session?.openedAt
      ? `Opened at ${codeSpan(`${session.openedAt.url}:${session.openedAt.line}:${session.openedAt.column}`)}.`
      : '',
    ...rootFindings(report, endpoint).flatMap((finding, index) =>
      index === 0 || finding.state === 'resolved' ? findingBlocks(report, finding) : foldedBlocks(report, finding),
    ),
  ];
}

/** What comes after the first thing to fix is there for those who want it. */
function foldedBlocks(report: Report, finding: ReportFinding): string[] {
  const [, ...rest] = findingBlocks(report, finding);
  const summary = htmlText(finding.title.replaceAll('`', ''));
  return [`<details><summary>${finding.severity}: ${summary}</summary>`, ...rest, '</details>'];
}

function findingBlocks(report: Report, finding: ReportFinding): string[] {
  const { word, meaning } = confidenceText(finding);
  const rule = codeSpan(finding.detail === null ? finding.rule : `${finding.rule} / ${finding.detail}`);
  const [fix] = finding.fixes;
  const consequences = consequencesOf(report, finding);
  // What is over is named, not explained: the HTML report has it all.
  if (finding.state === 'resolved')
    return [`#### ${resolvedWord(finding)}: ${inlineMarkdown(finding.title)}`, `${finding.severity} ${rule}`];
  return [
    finding.title === report.summary.headline ? '' : `#### ${inlineMarkdown(finding.title)}`,
    `${finding.severity} ${rule}, ${word}: ${meaning}`,
    blockMarkdown(finding.explanation),
    evidenceTable(finding.evidence),
    fix ? `**Fix:** ${inlineMarkdown(fix.title)} (${markdownText(fix.stack)}, ${codeSpan(fix.file)})` : '',
    ...(fix ? codeBlocks(fix) : []),
    finding.alternatives.length > 0
      ? `The same evidence would also fit: ${finding.alternatives.map(codeSpan).join(', ')}`
      : '',
    consequences
      .map((each) => `- Also seen because of this: ${inlineMarkdown(each.title)} (${codeSpan(each.rule)})`)
      .join('\n'),
  ];
}

/** What changes, and the code to paste folded away; the code alone where it is the whole story. */
function codeBlocks({ before, code, language }: ReportFinding['fixes'][number]): string[] {
  if (before === undefined) return [codeBlock(code, language)];
  const folded = ['<details><summary>The whole code</summary>', codeBlock(code, language), '</details>'];
  return [codeBlock(diffText(before, code), 'diff'), ...folded];
}

function evidenceTable(evidence: ReportFinding['evidence']): string {
  if (evidence.length === 0) return '';
  const rows = evidence.map(
    (item) =>
      `| ${markdownText(item.where)} ${codeSpan(item.name)} | ${item.expected === null ? '–' : value(item.expected)} | ${value(item.actual)} |`,
  );
  return ['| evidence | expected | actual |', '|---|---|---|', ...rows].join('\n');
}

function value(text: string | null): string {
  if (text === null) return '*nothing*';
  return codeSpan(text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text);
}

function requestsBlock(exchanges: readonly ReportExchange[]): string {
  if (exchanges.length === 0) return '';
  const rest = exchanges.length - MAX_REQUESTS;
  return [
    `<details><summary>${count(exchanges.length, 'request')}</summary>\n`,
    '| request | status | CORS | took |',
    '|---|---|---|---|',
    ...exchanges.slice(0, MAX_REQUESTS).map(requestRow),
    ...(rest > 0 ? [`\n${count(rest, 'more request')} in the JSON and HTML reports.`] : []),
    '\n</details>',
  ].join('\n');
}

function requestRow({ method, kind, url, status, error, cors, durationMs }: ReportExchange): string {
  const what = `${kind === 'websocket' ? 'WebSocket' : markdownText(method)} ${value(url)}`;
  const answer = [status === 0 ? '' : String(status), error ? codeSpan(error) : ''].filter(Boolean).join(' ');
  const took = durationMs === null ? '' : formatDuration(durationMs);
  return `| ${what} | ${answer || 'none'} | ${markdownText(corsWords(cors))} | ${took} |`;
}

function limitsBlock({ limits }: Report): string {
  if (limits.length === 0) return '';
  return ['**What could not be seen**\n', ...limits.map(({ text }) => `- ${markdownText(text)}`)].join('\n');
}

function environmentLine({ environment, page, redacted, generator, createdAt }: Report): string {
  const parts = [
    page ? codeSpan(page.url) : '',
    environment.browser ? markdownText(environment.browser) : '',
    environment.os ? markdownText(environment.os) : '',
    markdownText(createdAt),
    markdownText(`${generator.name} ${generator.version}`),
    redacted ? 'secrets hidden' : '**secrets not hidden**',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
