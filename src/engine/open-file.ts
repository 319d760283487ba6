/**
 * The text of a file -> a capture -> an engine that has read it. Pure: the command line and the panel's import open files by
 * this alone, so that both say the same of the same file.
 */
import { type ReadCapture, readHar, UnusableInputError } from '../capture/har-file.ts';
import type { Report } from '../model/report.ts';
import type { ReportRequest } from '../report/build.ts';
import { isHtml, jsonInHtml } from '../report/html/read-html.ts';
import { isReport, readReport } from '../report/read-report.ts';
import { createEngine, type Engine } from './engine.ts';

export interface FileText {
  text: string;
  /** How messages call the file. */
  name: string;
  /** What the user says the page's origin is, where the file does not show it. */
  pageOrigin?: string | null;
}

export interface OpenedFile {
  /** Holds all that the file shows. */
  engine: Engine;
  /** What was read: of a report, its entries. */
  capture: ReadCapture;
  /** The report that was saved, if the file is one. */
  saved: Report | null;
  /** What a redacted report hid stays hidden, whatever is asked for now. `notes` left out: the saved ones. */
  buildReport(request: Omit<ReportRequest, 'notes'> & { notes?: string }): Report;
}

/**
 * Opens a HAR, or a saved report as JSON or HTML.
 *
 * @throws UnusableInputError with one sentence that says which file, what and where
 */
export function openFile({ text, name, pageOrigin = null }: FileText): OpenedFile {
  const input = parse(text, name);
  const saved = isReport(input) ? openReport(input, name) : null;
  return openCapture(readHar(saved ? saved.har : input, name, pageOrigin), saved);
}

/** An engine that has read this capture; `saved`: the report that it comes from. */
export function openCapture(capture: ReadCapture, saved: Report | null = null): OpenedFile {
  const engine = createEngine(saved ?? capture);
  engine.add(capture.records);
  for (const [index, limit] of [...(saved?.limits ?? []), ...capture.limits].entries()) {
    engine.add([{ kind: 'limit', seq: -1 - index, ...limit }]);
  }
  if (capture.clockMs !== null) engine.add([{ kind: 'tick', seq: 0, atMs: capture.clockMs }]);
  if (saved) engine.forget([], saved.dropped);
  return {
    engine,
    capture,
    saved,
    buildReport(request) {
      const report = engine.buildReport({ notes: saved?.notes ?? '', ...request });
      return saved?.redacted ? { ...report, redacted: true } : report;
    },
  };
}

function openReport(input: unknown, name: string): Report {
  const report = readReport(input, name);
  if (typeof report === 'string') throw new UnusableInputError(report);
  return report;
}

function parse(text: string, name: string): unknown {
  if (isHtml(text)) return parse(embeddedJson(text, name), `the report in ${name}`);
  try {
    // Some tools write a byte order mark, which JSON.parse refuses.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInputError(`${name} is not JSON: ${reason}`);
  }
}

function embeddedJson(html: string, name: string): string {
  const json = jsonInHtml(html);
  if (json === null) throw new UnusableInputError(`${name} is HTML and holds no report of socketio-doctor`);
  return json;
}
