/** Diagnosis + matched entries -> the report, with short ids in reading order. */
import type { HarEntry, HarPage } from '../model/har.ts';
import { type Diagnosis, type Environment, REPORT_SCHEMA, type Report } from '../model/report.ts';
import { numberIds } from './number-ids.ts';

export interface ReportRequest {
  /** Whether secrets are replaced by placeholders. */
  redact: boolean;
  /** Whether names of hosts are replaced by stand-ins, for trackers that everybody reads. */
  hideHosts?: boolean;
  /** What else the user wants hidden, wherever it stands. */
  hideTexts?: readonly string[];
  /** What the QA engineer typed. */
  notes: string;
  createdAtMs: number;
  /** Version of this product. */
  version: string;
}

/**
 * Builds the report; what is in it was redacted before, or is not to be.
 *
 * @param entries the entries of `diagnosis.exchanges`, in the same order, and behind them what was seen beside
 * @param clockMs the capture's clock, ms since the epoch: opening the report again waits for nothing that this one had waited for
 */
export function buildReport(
  diagnosis: Diagnosis,
  entries: readonly HarEntry[],
  environment: Environment,
  request: ReportRequest,
  clockMs: number,
): Report {
  return {
    schema: REPORT_SCHEMA,
    generator: { name: 'socketio-doctor', version: request.version },
    createdAt: new Date(request.createdAtMs).toISOString(),
    environment,
    redacted: false,
    notes: request.notes,
    ...numberIds(diagnosis),
    har: {
      log: {
        version: '1.2',
        creator: { name: 'socketio-doctor', version: request.version },
        pages: pagesOf(diagnosis, entries),
        entries: [...entries],
        ...(clockMs > 0 && { _doctor: { clock: new Date(clockMs).toISOString() } }),
      },
    },
  };
}

function pagesOf({ page }: Diagnosis, entries: readonly HarEntry[]): HarPage[] {
  const ids = [...new Set(entries.flatMap((entry) => entry.pageref ?? []))];
  const first = entries[0]?.startedDateTime ?? '';
  return ids.map((id) => ({ id, title: page?.url ?? '', startedDateTime: first, pageTimings: {} }));
}
