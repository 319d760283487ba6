import * as v from 'valibot';
import { REPORT_SCHEMA, type Report, reportSchema } from '../model/report.ts';

const SCHEMA_FAMILY = 'socketio-doctor/report/';

/** Whether a parsed file calls itself a report of this product, of whatever version. */
export function isReport(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'schema' in value && String(value.schema).startsWith(SCHEMA_FAMILY)
  );
}

/**
 * Reads a saved report.
 *
 * @param name how messages call the file
 * @returns the report, or one sentence that says why not
 */
export function readReport(value: unknown, name: string): Report | string {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : null;
  if (schema !== REPORT_SCHEMA) {
    return `${name}: this report was written as ${String(schema)}, a newer form than this version reads (${REPORT_SCHEMA}): please update socketio-doctor`;
  }
  const parsed = v.safeParse(reportSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return `${name}: ${v.getDotPath(issue) ?? 'the report'} is missing or of the wrong type`;
}
