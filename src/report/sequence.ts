/** A connection as messages between browser, proxy and server: what the diagrams of the reports are drawn from. */
import type { HarEntry } from '../model/har.ts';
import type { Report, ReportExchange, ReportSession, ReportStep } from '../model/report.ts';
import { proxyOf } from './proxy.ts';

export type Lane = 'browser' | 'proxy' | 'server';
export type Outcome = ReportStep['outcome'];

export interface Message {
  /** `note` lies across the lanes; the others are arrows. */
  kind: 'request' | 'answer' | 'packet' | 'note';
  from: Lane;
  to: Lane;
  label: string;
  outcome: Outcome;
  /** Place of its step among the session's, from 1; null on a message that goes on with the step above it. */
  step: number | null;
}

export interface Sequence {
  /** Name of the proxy that the answers show; null when they show none. */
  proxy: string | null;
  messages: Message[];
  /** Steps that are left out of the middle. */
  omitted: number;
}

/** A diagram longer than this is not read: its beginning, its end and what failed are. */
const FIRST_STEPS = 16;
const LAST_STEPS = 8;

/** The proxy gave up on the server: these are its own answers (RFC 9110, section 15.6). */
const GATEWAY_STATUSES = [502, 503, 504];

/** What happened to a session, in order. */
export function sequenceOf(report: Report, session: ReportSession): Sequence {
  const known = new Map(
    report.exchanges.map((exchange, index) => [exchange.id, { exchange, entry: entryAt(report, index) }]),
  );
  const seen = session.steps.flatMap((step) => step.exchanges.flatMap((id) => known.get(id) ?? []));
  const proxy = proxyOf(seen.flatMap(({ entry }) => entry ?? []));
  const steps = session.steps.map((step, index) => ({ step, number: index + 1 }));
  const shown = steps.filter(
    ({ step, number }) => number <= FIRST_STEPS || number > steps.length - LAST_STEPS || step.outcome === 'failed',
  );
  const messages = shown.slice(0, FIRST_STEPS + 2 * LAST_STEPS).flatMap(({ step, number }) => {
    const exchanges = step.exchanges.flatMap((id) => known.get(id)?.exchange ?? []);
    return messagesOf(step, exchanges, proxy !== null).map((message, place) => ({
      ...message,
      step: place === 0 ? number : null,
    }));
  });
  return { proxy, messages, omitted: steps.length - Math.min(shown.length, FIRST_STEPS + 2 * LAST_STEPS) };
}

/** A report's entries are those of its exchanges, in the same order. */
function entryAt(report: Report, index: number): HarEntry | null {
  const entry = report.har.log.entries[index];
  return entry?.request?.url === report.exchanges[index]?.url ? (entry ?? null) : null;
}

type Draft = Omit<Message, 'step'>;

function messagesOf(step: ReportStep, exchanges: readonly ReportExchange[], hasProxy: boolean): Draft[] {
  const { kind, outcome, text } = step;
  switch (kind) {
    case 'heartbeat':
    case 'close':
      return [note(text, outcome)];
    case 'connect':
      return [{ kind: 'packet', from: 'server', to: 'browser', label: text, outcome }];
    case 'probe':
      return probeMessages(outcome);
    default: {
      const preflight = exchanges.find((exchange) => exchange.kind === 'preflight');
      const requests = exchanges.filter((exchange) => exchange.kind !== 'preflight');
      const last = requests.at(-1);
      if (kind === 'preflight' || !last) {
        return preflight ? exchangeMessages(preflight, 'OPTIONS preflight', outcome, hasProxy) : [note(text, outcome)];
      }
      const times = requests.length > 1 ? `${requests.length} × ` : '';
      const name = `${times}${last.kind === 'websocket' ? 'WebSocket' : last.method} ${kind}`;
      return [
        ...(preflight ? exchangeMessages(preflight, 'OPTIONS preflight', 'ok', hasProxy) : []),
        ...exchangeMessages(last, name, outcome, hasProxy),
      ];
    }
  }
}

function probeMessages(outcome: Outcome): Draft[] {
  const ask: Draft = { kind: 'request', from: 'browser', to: 'server', label: 'probe over WebSocket', outcome: 'ok' };
  if (outcome === 'ok') return [ask, { kind: 'answer', from: 'server', to: 'browser', label: 'probe', outcome }];
  return [{ ...ask, outcome }, note('the probe did not come back', outcome)];
}

function exchangeMessages(exchange: ReportExchange, name: string, outcome: Outcome, hasProxy: boolean): Draft[] {
  const status = exchange.status || refusedStatus(exchange);
  const end: Lane = hasProxy && GATEWAY_STATUSES.includes(status) ? 'proxy' : 'server';
  const request: Draft = { kind: 'request', from: 'browser', to: end, label: name, outcome: 'ok' };
  if (outcome === 'pending') return [{ ...request, outcome, label: `${name} (no answer yet)` }];
  if (status === 0) return [{ ...request, outcome }, note(noAnswerText(exchange), outcome)];
  return [request, { kind: 'answer', from: end, to: 'browser', label: answerText(exchange, status, outcome), outcome }];
}

/** Chromium hides the status of a refused upgrade, but names it in its error text. */
function refusedStatus({ error }: ReportExchange): number {
  return Number(/Unexpected response code: (\d{3})/.exec(error ?? '')?.[1] ?? 0);
}

function noAnswerText({ error }: ReportExchange): string {
  if (error === '') return 'no answer; the browser gives no reason';
  return error === null ? 'no answer' : `no answer: ${error}`;
}

function answerText({ kind, cors, error }: ReportExchange, status: number, outcome: Outcome): string {
  if (outcome === 'hidden') return `${status}, contents not captured`;
  if (outcome !== 'failed') return String(status);
  if (cors.verdict === 'fail') return `${status}, withheld from the page${cors.error ? `: ${cors.error}` : ''}`;
  if (kind === 'websocket') return `${status} instead of 101`;
  return error && kind !== 'preflight' ? `${status} (${error})` : String(status);
}

function note(label: string, outcome: Outcome): Draft {
  return { kind: 'note', from: 'browser', to: 'server', label, outcome };
}
