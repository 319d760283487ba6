/** The report as plain text for a terminal or a log. */
import type { Report, ReportFinding, ReportSession } from '../model/report.ts';
import { resolvedWord } from '../model/wording.ts';

/** C0, DEL and C1 controls except line feed: what a page wrote must not steer the reader's terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL_CHARACTERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Writes the report as text: headline, each endpoint with its findings and sessions, and what could not be seen. */
export function writeText(report: Report): string {
  const blocks = [
    `${report.summary.status.toUpperCase()}: ${plain(report.summary.headline)}`,
    ...report.endpoints.map((endpoint) => endpointText(report, endpoint)),
    limitsText(report),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`.replace(CONTROL_CHARACTERS, '');
}

function endpointText(report: Report, endpoint: Report['endpoints'][number]): string {
  const sessions = report.sessions.filter((session) => endpoint.sessions.includes(session.id));
  const findings = report.findings.filter((finding) => finding.endpoint === endpoint.id);
  const from = endpoint.pageOrigin ? ` from ${endpoint.pageOrigin}` : '';
  return [
    `${endpoint.url}${from}: ${endpoint.status}`,
    ...sessions.map(sessionText),
    ...findings.map(findingText),
  ].join('\n\n');
}

function sessionText(session: ReportSession): string {
  const times = session.attempts > 1 ? ` x${session.attempts}` : '';
  const lines = [
    `  ${session.state}${times}, EIO=${session.eio ?? '?'}${session.transport ? `, ${session.transport}` : ''}`,
  ];
  if (session.clientError !== null) lines.push(`  Your client reports: ${session.clientError}`);
  if (session.openedAt)
    lines.push(`  Opened at ${session.openedAt.url}:${session.openedAt.line}:${session.openedAt.column}`);
  lines.push(...session.steps.map((step) => `    ${step.outcome.padEnd(7)} ${step.text}`));
  return lines.join('\n');
}

function findingText(finding: ReportFinding): string {
  const state = finding.state === 'resolved' ? `, ${resolvedWord(finding).toLowerCase()}` : '';
  const consequence = finding.causedBy ? `, follows from ${finding.causedBy}` : '';
  const lines = [
    `  ${finding.severity.toUpperCase()} ${finding.rule} (${finding.confidence}${state}${consequence})`,
    `  ${plain(finding.title)}`,
    ...finding.evidence.map(
      (item) => `    ${item.where} ${item.name}: expected ${quoted(item.expected)}, got ${quoted(item.actual)}`,
    ),
  ];
  const fix = finding.fixes[0];
  if (fix)
    lines.push(
      '',
      `  ${plain(fix.title)} (${fix.stack}, ${fix.file}):`,
      ...fix.code.split('\n').map((line) => `    ${line}`),
    );
  if (finding.alternatives.length > 0)
    lines.push(`  The same evidence would also fit: ${finding.alternatives.join(', ')}`);
  return lines.join('\n');
}

function limitsText(report: Report): string {
  if (report.limits.length === 0) return '';
  return ['What could not be seen:', ...report.limits.map((limit) => `  ${limit.code}: ${limit.text}`)].join('\n');
}

function quoted(value: string | null): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}

/** Inline code marks are noise on a terminal. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
