/** The package's own entry, for scripts and tests: the diagnosis of the panel and the command line, as a function. */
import packageJson from '../../package.json' with { type: 'json' };
import { UnusableInputError } from '../capture/har-file.ts';
import { openFile } from '../engine/open-file.ts';
import type { Report } from '../model/report.ts';
import { type ReportFormat, WRITERS } from '../report/write-report.ts';

export type { Report, ReportFormat };
export { UnusableInputError };

export interface DiagnoseOptions {
  /** Replaces cookies, credentials, session ids and the contents of messages by placeholders. Default: true. */
  redact?: boolean;
  /** Origin of the page, where the HAR does not show it. */
  pageOrigin?: string;
  /** What error messages call the input. Default: `the HAR`. */
  name?: string;
}

/**
 * Diagnoses a HAR 1.2 (its text, or what `JSON.parse` made of it), or a saved report.
 *
 * @throws UnusableInputError with one sentence, where it is neither
 */
export function diagnoseHar(har: string | object, options: DiagnoseOptions = {}): Report {
  const { redact = true, pageOrigin = null, name = 'the HAR' } = options;
  const text = typeof har === 'string' ? har : JSON.stringify(har);
  return openFile({ text, name, pageOrigin }).buildReport({
    redact,
    createdAtMs: Date.now(),
    version: packageJson.version,
  });
}

/** The report in words, or in another of the forms that the command line writes. */
export function writeReport(report: Report, format: ReportFormat = 'text'): string {
  return WRITERS[format].write(report);
}
