import { readFileSync, writeFileSync } from 'node:fs';
import { UnusableInputError } from '../capture/har-file.ts';
import { openFile } from '../engine/open-file.ts';
import type { Report } from '../model/report.ts';
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
  const pageOrigin = options.pageOrigin === undefined ? null : checkedOrigin(options.pageOrigin);
  const opened = openFile({ text: readText(file, name), name, pageOrigin });
  return opened.buildReport({ redact: options.redact === 'on', createdAtMs: Date.now(), version });
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInputError(`${name} cannot be read: ${reason}`);
  }
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
