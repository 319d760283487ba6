/**
 * The whole pipeline: entry -> exchange -> session -> findings -> report. Pure; the same in the worker, the command line
 * and the tests. It alone composes the rooms, so that none of them has to know the next.
 */
import { createDocumentStore } from '../capture/documents.ts';
import { createNeighbourStore } from '../capture/neighbours.ts';
import { createExchangeStore } from '../capture/store.ts';
import { limitsOf } from '../diagnose/limits.ts';
import { runRules } from '../diagnose/run-rules.ts';
import { type DiagnosedEndpoint, endpointStatus, summarize } from '../diagnose/status.ts';
import type { EntryRecord, LogRecord } from '../model/capture-log.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { HarEntry } from '../model/har.ts';
import type { ListedPacket } from '../model/packet.ts';
import type { Diagnosis, Environment, Limit, Report } from '../model/report.ts';
import type { Endpoint } from '../model/session.ts';
import { buildReport, type ReportRequest } from '../report/build.ts';
import { redactEntries } from '../report/redact/entries.ts';
import { knownBrowser } from '../report/redact/known-fields.ts';
import { withoutTexts } from '../report/redact/texts.ts';
import { rules } from '../rules/index.ts';
import { createEndpointBook } from '../sessions/endpoints.ts';
import { listPackets } from '../sessions/packet-list.ts';
import { endpointView, exchangeView, findingView, sessionId, sessionView } from './to-report.ts';

export interface EngineOptions {
  environment: Environment;
  page: Diagnosis['page'];
}

export interface EngineResult {
  diagnosis: Diagnosis;
  /** When the diagnosis may change by itself (ms since the epoch); null when it only changes with new records. */
  wakeAtMs: number | null;
}

export interface Engine {
  /** Takes records in any order; a record seen before changes nothing. */
  add(records: readonly LogRecord[]): void;
  /** Drops what the recorder dropped. `dropped` counts what its bounds evicted in all. */
  forget(seqs: readonly number[], dropped: Diagnosis['dropped']): void;
  setPage(page: Diagnosis['page']): void;
  /** Diagnoses the endpoints touched since the last call; untouched parts keep their object identity. */
  diagnose(): EngineResult;
  buildReport(request: ReportRequest): Report;
  /** The packets of a session (by its id in the diagnosis), in order of time; none when there is no such session. */
  packets(session: string): ListedPacket[];
}

/** One endpoint's part of the diagnosis, kept until the endpoint is built again. */
interface EndpointPart extends DiagnosedEndpoint {
  problems: Limit[];
  view: Pick<Diagnosis, 'endpoints' | 'sessions' | 'exchanges' | 'findings'>;
}

/** An engine that has seen nothing. */
export function createEngine(options: EngineOptions): Engine {
  const store = createExchangeStore();
  const neighbours = createNeighbourStore();
  const documents = createDocumentStore();
  const book = createEndpointBook();
  const limitRecords = new Map<number, Limit>();
  const parts = new WeakMap<Endpoint, EndpointPart>();
  let { page } = options;
  let dropped: Diagnosis['dropped'] = { exchanges: 0, sessions: 0 };
  let clockMs = 0;
  let neighboursChanged = false;
  let documentsChanged = false;

  const take = (record: LogRecord) => {
    if (record.kind === 'tick') clockMs = Math.max(clockMs, record.atMs);
    else if (record.kind === 'limit') limitRecords.set(record.seq, { code: record.code, text: record.text });
    else if (store.add(record)) clockMs = Math.max(clockMs, lastActivityOf(record));
    else takeBeside(record);
  };

  const takeBeside = (record: EntryRecord) => {
    if (neighbours.add(record)) neighboursChanged = true;
    if (documents.add(record)) documentsChanged = true;
  };

  const partOf = (endpoint: Endpoint): EndpointPart => {
    const known = parts.get(endpoint);
    if (known) return known;
    const { findings, problems } = runRules(endpoint, rules);
    const diagnosed: DiagnosedEndpoint = { endpoint, findings, status: endpointStatus(endpoint, findings) };
    const part = { ...diagnosed, problems, view: viewOf(diagnosed) };
    parts.set(endpoint, part);
    return part;
  };

  const build = (): EndpointPart[] => {
    book.apply(store.takeChanges());
    if (neighboursChanged) book.setNeighbours(neighbours.byOrigin());
    if (documentsChanged) book.setDocuments(documents.byOrigin());
    neighboursChanged = false;
    documentsChanged = false;
    return book.build(clockMs).map(partOf);
  };

  const diagnose = (): EngineResult => {
    const built = build();
    const diagnosis: Diagnosis = {
      page,
      summary: summarize(built),
      endpoints: built.flatMap((part) => part.view.endpoints),
      sessions: built.flatMap((part) => part.view.sessions),
      exchanges: built.flatMap((part) => part.view.exchanges),
      findings: built.flatMap((part) => part.view.findings),
      // A report that is opened again brings those along that its entries show once more.
      limits: uniqueLimits([
        ...limitRecords.values(),
        ...limitsOf(built.map((part) => part.endpoint)),
        ...built.flatMap((part) => part.problems),
      ]),
      dropped,
    };
    return { diagnosis, wakeAtMs: book.dueMs() };
  };

  return {
    add: (records) => records.forEach(take),
    forget(seqs, droppedNow) {
      store.forget(seqs);
      if (neighbours.forget(seqs)) neighboursChanged = true;
      if (documents.forget(seqs)) documentsChanged = true;
      for (const seq of seqs) limitRecords.delete(seq);
      dropped = droppedNow;
    },
    setPage(next) {
      page = next;
    },
    diagnose,
    packets(id) {
      const sessions = build().flatMap((part) => part.endpoint.sessions);
      return listPackets(sessions.find((session) => sessionId(session) === id)?.latest ?? []);
    },
    buildReport(request) {
      const endpoints = build().map((part) => part.endpoint);
      const exchanges = endpoints.flatMap(exchangesOf);
      const beside = [
        ...documents.entriesOf(new Set(endpoints.map((endpoint) => endpoint.pageOrigin))),
        ...neighbours.entriesOf(new Set(endpoints.map((endpoint) => endpoint.origin))),
      ];
      const sources = [...exchanges.map((exchange) => exchange.source), ...beside];
      const { redact, hideHosts = false, hideTexts = [] } = request;
      if (!redact && !hideHosts) {
        const report = buildReport(diagnose().diagnosis, sources, options.environment, request, clockMs);
        return withoutTexts(report, hideTexts);
      }
      // What leaves is diagnosed from what leaves: so the words hold no secret, and opening the report again finds the same.
      const redaction = redactEntries(sources, { secrets: redact, hosts: hideHosts });
      const environment = { ...options.environment, browser: knownBrowser(options.environment.browser) };
      const twin = createEngine({
        ...options,
        ...(redact && { environment }),
        page: redaction.replaceIn(page),
      });
      twin.add(redaction.entries.map((entry, index) => recordOf(entry, index, exchanges[index]?.harIndex ?? null)));
      twin.add([{ kind: 'tick', seq: 0, atMs: clockMs }]);
      const limits = redaction.replaceIn([...limitRecords.values()]);
      twin.add(limits.map((limit, index) => ({ kind: 'limit', seq: -1 - index, ...limit })));
      twin.forget([], dropped);
      const notes = redaction.replaceInNotes(request.notes);
      const report = twin.buildReport({ ...request, notes, redact: false, hideHosts: false, hideTexts: [] });
      return withoutTexts({ ...report, redacted: redact }, hideTexts);
    },
  };
}

function recordOf(entry: HarEntry, index: number, harIndex: number | null): EntryRecord {
  return {
    kind: 'entry',
    seq: index + 1,
    entry,
    body: null,
    bodyEncoding: null,
    firstFrame: 0,
    pageUrl: entry._doctor?.pageUrl ?? null,
    harIndex,
    seenMs: null,
    askedByUs: entry._doctor?.askedByUs ?? false,
  };
}

function lastActivityOf({ entry, seenMs }: EntryRecord): number {
  const frames = entry._webSocketMessages ?? [];
  const lastFrameMs = (frames.at(-1)?.time ?? 0) * 1000;
  const ownEndMs = Date.parse(entry.startedDateTime) + Math.max(0, entry.time ?? 0);
  return Math.max(seenMs ?? 0, Number.isFinite(ownEndMs) ? ownEndMs : 0, lastFrameMs);
}

function viewOf(diagnosed: DiagnosedEndpoint): EndpointPart['view'] {
  const { endpoint, findings } = diagnosed;
  return {
    endpoints: [endpointView(diagnosed)],
    sessions: endpoint.sessions.map((session) => sessionView(session, findings)),
    exchanges: exchangesOf(endpoint).map(exchangeView),
    findings: findings.map(findingView),
  };
}

function exchangesOf({ sessions, beside }: Endpoint): JudgedExchange[] {
  return [...sessions.flatMap((session) => session.exchanges), ...beside];
}

function uniqueLimits(limits: Iterable<Limit>): Limit[] {
  return [...new Map([...limits].map((limit) => [limit.code + limit.text, limit])).values()];
}
