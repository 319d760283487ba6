import { readFileSync, writeFileSync } from 'node:fs';
import { readHar, UnusableInputError } from '../capture/har-file.ts';
import { createEngine } from '../engine/engine.ts';
import type { Report } from '../model/report.ts';
import { isHtml, jsonInHtml } from '../report/html/read-html.ts';
import { isReport, readReport } from '../report/read-report.ts';
import { type ReportFormat, WRITERS } from '../report/write-report.ts';
import { EXIT } from './exit.ts';

export interface AnalyzeOptions {
  format: ReportFormat;
  out?: string;
  redact: 'on' | 'off';
  pageOrigin?: string;
  failOn: 'error' | 'warning' | 'never';
  ignore: string[];
  allowIdle: boolean;
}

/** Runs `analyze` and answers the exit status. What cannot be used is told in one line on standard error. */
export function analyze(file: string, options: AnalyzeOptions, version: string): number {
  try {
    const report = diagnoseFile(file, options, version);
    write(WRITERS[options.format].write(report), options.out);
    return exitStatus(report, options);
  } catch (error) {
    if (!(error instanceof UnusableInputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT.unusable;
  }
}

function diagnoseFile(file: string, options: AnalyzeOptions, version: string): Report {
  const name = file === '-' ? 'standard input' : file;
  const input = parse(readText(file, name), name);
  const saved = isReport(input) ? openReport(input, name) : null;
  const origin = options.pageOrigin === undefined ? null : checkedOrigin(options.pageOrigin);
  const capture = readHar(saved ? saved.har : input, name, origin);
  const engine = createEngine(saved ?? capture);
  engine.add(capture.records);
  for (const [index, limit] of [...(saved?.limits ?? []), ...capture.limits].entries()) {
    engine.add([{ kind: 'limit', seq: -1 - index, ...limit }]);
  }
  if (saved) engine.forget([], saved.dropped);
  const report = engine.buildReport({
    redact: options.redact === 'on',
    notes: saved?.notes ?? '',
    createdAtMs: Date.now(),
    version,
  });
  // What a redacted report hid stays hidden, whatever is asked for now.
  return saved?.redacted ? { ...report, redacted: true } : report;
}

function openReport(input: unknown, name: string): Report {
  const report = readReport(input, name);
  if (typeof report === 'string') throw new UnusableInputError(report);
  return report;
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInputError(`${name} cannot be read: ${reason}`);
  }
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

function checkedOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin !== 'null') return new URL(text).origin;
  throw new UnusableInputError(`--page-origin: "${text}" is not an origin such as https://app.example.com`);
}

function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInputError(`${out} cannot be written: ${reason}`);
  }
}

function exitStatus(report: Report, options: AnalyzeOptions): number {
  if (report.exchanges.length === 0) return options.allowIdle ? EXIT.fine : EXIT.idle;
  const counted = options.failOn === 'error' ? ['error'] : options.failOn === 'warning' ? ['error', 'warning'] : [];
  // A failure that no rule explains is a failure all the same.
  if (report.summary.status === 'failing' && report.findings.length === 0 && counted.length > 0) return EXIT.findings;
  const failing = report.findings.some(
    (finding) => counted.includes(finding.severity) && !options.ignore.includes(finding.rule),
  );
  return failing ? EXIT.findings : EXIT.fine;
}
