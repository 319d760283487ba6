/**
 * Five lines for the colleague who owns the server: what to change, where, why, how to check it with curl, and what curl says once
 * it is right. Plain text, for a chat.
 */
import { askOf, commandFor, exchangeOf, needsSession } from '../model/ask-by-hand.ts';
import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import type { Report, ReportEndpoint, ReportExchange, ReportFinding } from '../model/report.ts';
import { type ChosenStacks, openingFix, sideOf } from '../model/sides.ts';
import { visible } from '../model/wording.ts';
import { rootFindings, tellingSession } from './telling.ts';

type Evidence = ReportFinding['evidence'][number];

export interface BackendChoice {
  /** Place of the endpoint in the report; null takes the worst. */
  endpoint: number | null;
  /** Those of the fix to name, where there is one for them. */
  stacks: ChosenStacks;
}

const ORDER: ReportEndpoint['status'][] = ['failing', 'degraded', 'recovered', 'healthy', 'idle'];

/** The message; null when the endpoint has nothing to change. */
export function writeBackendMessage(report: Report, choice: BackendChoice): string | null {
  const endpoint = choice.endpoint === null ? worstEndpoint(report) : report.endpoints[choice.endpoint];
  const finding = endpoint && causeOf(report, endpoint);
  if (!endpoint || !finding) return null;
  const fix = openingFix(fixesThere(finding), choice.stacks);
  const check = checkOf(report, endpoint, finding);
  const lines = [
    `What to change: ${plain(fix?.title ?? finding.title)}`,
    `Where: ${[fix ? `${fix.stack}, ${fix.file}` : '', `the server at ${endpoint.url}`].filter((part) => part !== '').join(', for ')}`,
    `Why: ${plain(finding.title)}${proofOf(finding)} [${finding.rule}, ${finding.confidence}]`,
    `Check: ${check.command}`,
    `Right when: ${check.expected}`,
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

/** Those for who owns the server, if there are any: what the page could do is not theirs to do. */
function fixesThere({ fixes }: ReportFinding): ReportFinding['fixes'] {
  const there = fixes.filter((fix) => ['server', 'proxy'].includes(sideOf(fix) ?? ''));
  return there.length > 0 ? there : fixes;
}

function worstEndpoint({ endpoints }: Report): ReportEndpoint | undefined {
  const rank = (endpoint: ReportEndpoint) =>
    endpoint.rootCause === null ? ORDER.length : ORDER.indexOf(endpoint.status);
  return [...endpoints].sort((a, b) => rank(a) - rank(b))[0];
}

function causeOf(report: Report, endpoint: ReportEndpoint): ReportFinding | undefined {
  const roots = rootFindings(report, endpoint);
  return roots.find(({ rule }) => rule === endpoint.rootCause) ?? roots.find(({ severity }) => severity !== 'info');
}

/** The one piece of evidence that says most: what was wanted beside what came. */
function proofOf({ evidence }: ReportFinding): string {
  const item = evidence.find(({ expected, actual }) => expected !== actual && expected !== null) ?? evidence[0];
  if (!item) return '';
  const came = item.actual === null ? `no ${item.name}` : `${item.name}: ${shortened(item.actual)}`;
  const wanted = item.expected === null ? '' : `, needed ${shortened(item.expected)}`;
  return ` (${item.where === 'status' ? came.replace('status: ', 'status ') : came}${wanted})`;
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

interface Check {
  command: string;
  expected: string;
}

function checkOf(report: Report, endpoint: ReportEndpoint, finding: ReportFinding): Check {
  const exchange = askedExchange(report, endpoint, finding);
  if (!exchange) return { command: 'open the page again with DevTools open', expected: 'the connection opens' };
  const entry = report.har.log.entries[report.exchanges.indexOf(exchange)];
  const command = commandFor(askOf(exchange, entry?.request?.headers ?? [], endpoint));
  return { command, expected: needsSession(exchange) ? EACH_TIME : expectedOf(finding, exchange, entry) };
}

const EACH_TIME = 'every line says "ok 200" (a line with 400 or another status is the fault)';

/** The request that shows the fault: the one that is evidence, else the one at which the connection failed. */
function askedExchange(report: Report, endpoint: ReportEndpoint, finding: ReportFinding): ReportExchange | undefined {
  const byId = (id: string | null | undefined) => report.exchanges.find((each) => each.id === id);
  const session = tellingSession(report, endpoint);
  const failed = session?.steps.findLast(({ outcome }) => outcome === 'failed');
  const around = byId(failed?.exchanges.at(-1)) ?? byId(session?.steps[0]?.exchanges[0]) ?? report.exchanges[0];
  return exchangeOf(finding, byId) ?? around;
}

function expectedOf(finding: ReportFinding, exchange: ReportExchange, entry: HarEntry | undefined): string {
  const own = finding.evidence.filter((item) => item.exchange === exchange.id && item.expected !== null);
  const wanted = own.flatMap((item) => wantedText(item));
  const status =
    exchange.kind === 'websocket'
      ? 'HTTP/1.1 101 Switching Protocols'
      : exchange.kind === 'preflight'
        ? 'status 2xx'
        : 'status 200';
  const allowed = allowedText(exchange, entry);
  const parts = [...new Set([own.some(({ where }) => where === 'status') ? '' : status, ...wanted, ...allowed])];
  return `the answer has ${parts.filter((part) => part !== '').join(' and ')}${bodyText(exchange)}`;
}

function wantedText({ where, name, expected }: Evidence): string[] {
  if (where === 'status') return [`status ${expected}`];
  return where === 'response header' ? [`"${name}: ${expected}"`] : [];
}

/** What the browser needs besides, once that much is right. */
function allowedText({ cors, kind }: ReportExchange, entry: HarEntry | undefined): string[] {
  const origin = headerValue(entry?.request?.headers ?? [], 'Origin');
  if (cors.verdict !== 'fail' || origin === null || kind === 'websocket') return [];
  const asked = headerValue(entry?.request?.headers ?? [], 'Access-Control-Request-Headers');
  return [
    `"Access-Control-Allow-Origin: ${origin}"`,
    ...(cors.credentials === 'include' ? ['"Access-Control-Allow-Credentials: true"'] : []),
    ...(kind === 'preflight' && asked !== null ? [`Access-Control-Allow-Headers with ${asked}`] : []),
  ];
}

function bodyText({ kind, url }: ReportExchange): string {
  if (kind !== 'polling' || /[?&]sid=/.test(url)) return '';
  return ', and its body holds 0{"sid":';
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}
