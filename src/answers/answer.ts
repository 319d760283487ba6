/** What a panel asks about a diagnosis, answered alike for the inspected page and for an opened file. */
import type { Engine } from '../engine/engine.ts';
import type { Hiding, PanelToWorker, WorkerToPanel } from '../messaging/contract.ts';
import type { Report } from '../model/report.ts';
import type { ReportRequest } from '../report/build.ts';
import { reportFileName } from '../report/file-name.ts';
import { hiddenIn } from '../report/redact/hidden.ts';
import { writeBackendMessage } from '../report/write-backend.ts';
import { WRITERS } from '../report/write-report.ts';

export type Question = Extract<PanelToWorker, { requestId: number }>;
export type Answer = Extract<WorkerToPanel, { requestId: number }>;
type Of<T extends Question['type']> = Extract<Question, { type: T }>;

/** What is asked about. */
export interface Subject extends Pick<Engine, 'diagnose' | 'packets'> {
  buildReport(request: ReportRequest): Report;
  /** Of this product; goes into reports. */
  version: string;
}

/** What a panel is given of one connection's packets: with their text, some 40 MB at most. */
const MAX_PACKETS = 10_000;
/** Of a report that is looked at before it leaves. Longer ones are not read to their end in a panel. */
const MAX_PREVIEW = 200_000;

/** Answers one question; what goes wrong is the answer `failed`, with the reason. */
export function answerQuestion(subject: Subject, question: Question): Answer {
  try {
    return answerTo(subject, question);
  } catch (error) {
    console.error(error);
    const reason = error instanceof Error ? error.message : String(error);
    return { type: 'failed', requestId: question.requestId, message: `${PROBLEM[question.type]}: ${reason}` };
  }
}

const PROBLEM: Record<Question['type'], string> = {
  export: 'The report could not be made',
  preview: 'The report could not be made',
  backend: 'The message could not be written',
  packets: 'The packets could not be read',
};

function answerTo(subject: Subject, question: Question): Answer {
  switch (question.type) {
    case 'export':
      return exported(subject, question);
    case 'preview':
      return previewed(subject, question);
    case 'backend':
      return backendMessage(subject, question);
    case 'packets':
      return packets(subject, question);
  }
}

function reportOf(subject: Subject, notes: string, { secrets, hosts, texts }: Hiding): Report {
  const { version } = subject;
  const createdAtMs = Date.now();
  return subject.buildReport({ redact: secrets, hideHosts: hosts, hideTexts: texts, notes, createdAtMs, version });
}

function exported(subject: Subject, { requestId, format, notes, hiding }: Of<'export'>): Answer {
  const report = reportOf(subject, notes, hiding);
  const { extension, mimeType, write } = WRITERS[format];
  // By the report's own page, whose host may be hidden.
  const fileName = reportFileName(report.page?.url ?? null, Date.parse(report.createdAt), extension);
  return { type: 'exported', requestId, fileName, mimeType, text: write(report) };
}

function previewed(subject: Subject, { requestId, format, notes, hiding }: Of<'preview'>): Answer {
  const report = reportOf(subject, notes, hiding);
  const text = WRITERS[format].write(report);
  const title = report.summary.headline;
  const hidden = hiddenIn(report);
  return { type: 'previewed', requestId, title, text: text.slice(0, MAX_PREVIEW), length: text.length, hidden };
}

function backendMessage(subject: Subject, { requestId, endpoint, stacks, hiding }: Of<'backend'>): Answer {
  // A report gives its endpoints ids of its own, in the same order.
  const place = subject.diagnose().diagnosis.endpoints.findIndex(({ id }) => id === endpoint);
  const report = reportOf(subject, '', { ...hiding, secrets: true });
  const text = writeBackendMessage(report, { endpoint: place < 0 ? null : place, stacks });
  return { type: 'message', requestId, text };
}

function packets(subject: Subject, { requestId, session }: Of<'packets'>): Answer {
  const all = subject.packets(session);
  const shown = all.slice(-MAX_PACKETS);
  return { type: 'packets', requestId, packets: shown, omitted: all.length - shown.length };
}
