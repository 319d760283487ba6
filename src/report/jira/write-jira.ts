/** The report in Jira's wiki markup, which draws no diagrams and folds nothing away: short, the requests at the end. */
import type { Report, ReportEndpoint, ReportExchange, ReportFinding } from '../../model/report.ts';
import { confidenceText, corsWords, count, formatDuration, resolvedWord, splitUrl } from '../../model/wording.ts';
import { sequenceOf } from '../sequence.ts';
import { sequenceText } from '../sequence-text.ts';
import { consequencesOf, rootFindings, tellingSession } from '../telling.ts';
import { jiraBlock, jiraCode, jiraText } from './escape.ts';
import { blockJira, inlineJira } from './markup-jira.ts';

/** A field of Jira holds 32,767 characters. */
const MAX_REQUESTS = 25;
const MAX_VALUE = 200;

/** Writes the report in Jira's wiki markup. */
export function writeJira(report: Report): string {
  const { summary, notes } = report;
  const state = [`*${summary.status}*`, summary.rootCause === null ? '' : `root cause ${jiraCode(summary.rootCause)}`];
  const blocks = [
    `h2. ${inlineJira(summary.headline)}`,
    state.filter((part) => part !== '').join(', '),
    ...notes.split('\n').flatMap((line) => (line.trim() === '' ? [] : `bq. ${jiraText(line)}`)),
    ...report.endpoints.flatMap((endpoint) => endpointBlocks(report, endpoint)),
    requestsBlock(report.exchanges),
    limitsBlock(report),
    environmentLine(report),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function endpointBlocks(report: Report, endpoint: ReportEndpoint): string[] {
  const session = tellingSession(report, endpoint);
  const from = endpoint.pageOrigin === null ? '' : ` from ${jiraCode(endpoint.pageOrigin)}`;
  const server = session?.server?.name ?? splitUrl(endpoint.url).host;
  const site = session?.openedAt;
  return [
    `h3. ${jiraCode(endpoint.url)}${from}: ${endpoint.status}`,
    session ? jiraBlock(sequenceText(sequenceOf(report, session), server)) : '',
    session?.clientError ? `The client reports ${jiraCode(session.clientError)}.` : '',
    site ? `Opened at ${jiraCode(`${site.url}:${site.line}:${site.column}`)}.` : '',
    ...rootFindings(report, endpoint).flatMap((finding) => findingBlocks(report, finding)),
  ];
}

function findingBlocks(report: Report, finding: ReportFinding): string[] {
  const { word, meaning } = confidenceText(finding);
  const rule = jiraCode(finding.detail === null ? finding.rule : `${finding.rule} / ${finding.detail}`);
  const [fix] = finding.fixes;
  if (finding.state === 'resolved')
    return [`h4. ${resolvedWord(finding)}: ${inlineJira(finding.title)}`, `${finding.severity} ${rule}`];
  return [
    finding.title === report.summary.headline ? '' : `h4. ${inlineJira(finding.title)}`,
    `${finding.severity} ${rule}, ${word}: ${jiraText(meaning)}`,
    blockJira(finding.explanation),
    evidenceTable(finding.evidence),
    fix ? `*Fix:* ${inlineJira(fix.title)} (${jiraText(fix.stack)}, ${jiraCode(fix.file)})` : '',
    fix ? jiraBlock(fix.code) : '',
    finding.alternatives.length > 0
      ? `The same evidence would also fit: ${finding.alternatives.map(jiraCode).join(', ')}`
      : '',
    consequencesOf(report, finding)
      .map((each) => `* Also seen because of this: ${inlineJira(each.title)} (${jiraCode(each.rule)})`)
      .join('\n'),
  ];
}

function evidenceTable(evidence: ReportFinding['evidence']): string {
  if (evidence.length === 0) return '';
  const rows = evidence.map(
    (item) =>
      `|${jiraText(item.where)} ${jiraCode(item.name)}|${item.expected === null ? '–' : value(item.expected)}|${value(item.actual)}|`,
  );
  return ['||evidence||expected||actual||', ...rows].join('\n');
}

function value(text: string | null): string {
  if (text === null) return '_nothing_';
  return jiraCode(text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text);
}

function requestsBlock(exchanges: readonly ReportExchange[]): string {
  if (exchanges.length === 0) return '';
  const rest = exchanges.length - MAX_REQUESTS;
  return [
    `h4. ${count(exchanges.length, 'request')}`,
    '||request||status||CORS||took||',
    ...exchanges.slice(0, MAX_REQUESTS).map(requestRow),
    ...(rest > 0 ? [`${count(rest, 'more request')} in the JSON and HTML reports.`] : []),
  ].join('\n');
}

function requestRow({ method, kind, url, status, error, cors, durationMs }: ReportExchange): string {
  const what = `${kind === 'websocket' ? 'WebSocket' : jiraText(method)} ${value(url)}`;
  const answer = [status === 0 ? '' : String(status), error ? jiraCode(error) : ''].filter((part) => part !== '');
  const took = durationMs === null ? ' ' : formatDuration(durationMs);
  return `|${what}|${answer.join(' ') || 'none'}|${jiraText(corsWords(cors))}|${took}|`;
}

function limitsBlock({ limits }: Report): string {
  if (limits.length === 0) return '';
  return ['h4. What could not be seen', ...limits.map(({ text }) => `* ${jiraText(text)}`)].join('\n');
}

function environmentLine({ environment, page, redacted, generator, createdAt }: Report): string {
  const parts = [
    page ? jiraCode(page.url) : '',
    environment.browser ? jiraText(environment.browser) : '',
    environment.os ? jiraText(environment.os) : '',
    jiraText(createdAt),
    jiraText(`${generator.name} ${generator.version}`),
    redacted ? 'secrets hidden' : '*secrets not hidden*',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
