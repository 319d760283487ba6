/** What the commands do with a report: write it, and answer the exit status. */
import { writeFileSync } from 'node:fs';
import { UnusableInputError } from '../capture/har-file.ts';
import type { Report } from '../model/report.ts';
import { type ReportFormat, WRITERS } from '../report/write-report.ts';
import { colourReport, hasColours } from './colours.ts';
import { EXIT } from './exit.ts';

export interface OutputOptions {
  format: ReportFormat;
  out?: string;
  failOn: 'error' | 'warning' | 'never';
  ignore: string[];
}

/** Writes the report where it is wanted. @throws UnusableInputError where the file cannot be written */
export function writeReport(report: Report, { format, out }: OutputOptions): void {
  const text = WRITERS[format].write(report);
  if (out !== undefined) return writeTo(out, text);
  process.stdout.write(format === 'text' && hasColours(process.stdout) ? colourReport(text) : text);
}

function writeTo(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (error) {
    const reason = reasonOf(error);
    throw new UnusableInputError(
      `${out} cannot be written: ${reason === REASONS.ENOENT ? 'its folder does not exist' : reason}`,
    );
  }
}

/** 0 or 1, by the findings that count. */
export function statusOf({ summary, findings }: Report, { failOn, ignore }: OutputOptions): number {
  const counted = failOn === 'error' ? ['error'] : failOn === 'warning' ? ['error', 'warning'] : [];
  // A failure that no rule explains is a failure all the same.
  if (summary.status === 'failing' && findings.length === 0 && counted.length > 0) return EXIT.findings;
  const failing = findings.some(({ severity, rule }) => counted.includes(severity) && !ignore.includes(rule));
  return failing ? EXIT.findings : EXIT.fine;
}

/** Node's codes for files, in words; its own messages repeat the path and name system calls. */
const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file could not be read or written, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? error.message;
}
