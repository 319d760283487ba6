import * as v from 'valibot';
import { REPORT_SCHEMA, type Report, reportSchema } from '../model/report.ts';

const SCHEMA_FAMILY = 'socketio-doctor/report/';

/** Whether a parsed file calls itself a report of this product, of whatever version. */
export function isReport(value: unknown): boolean {
  return isObject(value) && String(value.schema).startsWith(SCHEMA_FAMILY);
}

type Parsed = Record<string, unknown>;
/** Makes a report of one version into one of the next; `schema` is set by who calls it. */
export type UpgradeStep = (report: Parsed) => Parsed;

/** By the number of the version that a step starts from. Version 1 is the first, so there is nothing older to read. */
const UPGRADES: Readonly<Record<number, UpgradeStep>> = {};

/**
 * Reads a saved report. An older one is brought to this version step by step.
 *
 * @param name how messages call the file
 * @returns the report, or one sentence that says why not
 */
export function readReport(value: unknown, name: string, upgrades = UPGRADES): Report | string {
  const upgraded = upgrade(value, name, upgrades);
  if (typeof upgraded === 'string') return upgraded;
  const parsed = v.safeParse(reportSchema, upgraded);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return `${name}: ${v.getDotPath(issue) ?? 'the report'} is missing or of the wrong type`;
}

const CURRENT = Number(versionOf(REPORT_SCHEMA));

function upgrade(value: unknown, name: string, upgrades: Readonly<Record<number, UpgradeStep>>): unknown {
  if (!isObject(value)) return value;
  const written = versionOf(value.schema);
  if (written === null || written > CURRENT) {
    return `${name}: this report was written as ${String(value.schema)}, a newer form than this version reads (${REPORT_SCHEMA}): please update socketio-doctor`;
  }
  let report = value;
  for (let version = written; version < CURRENT; version++) {
    const step = upgrades[version];
    if (!step) return `${name}: this report was written as ${String(value.schema)}, a form that is not read any more`;
    report = { ...step(report), schema: `${SCHEMA_FAMILY}v${version + 1}` };
  }
  return report;
}

function versionOf(schema: unknown): number | null {
  const digits = /^socketio-doctor\/report\/v(\d{1,6})$/.exec(String(schema))?.[1];
  return digits === undefined ? null : Number(digits);
}

function isObject(value: unknown): value is Parsed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
