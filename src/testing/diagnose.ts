import { createEngine, type Engine } from '../engine/engine.ts';
import type { EntryRecord, LogRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import type { Diagnosis, Report } from '../model/report.ts';
import { PAGE, records, T0 } from './entries.ts';

/** An engine for the page of the builders, fed with these records. */
export function engineWith(log: readonly LogRecord[]): Engine {
  const engine = createEngine({
    environment: { browser: 'Chromium 156', os: 'Linux', capture: 'devtools' },
    page: { url: `${PAGE}/`, origin: PAGE },
  });
  engine.add(log);
  return engine;
}

/** The diagnosis of these entries, as if the panel had recorded them. */
export function diagnose(entries: readonly HarEntry[]): Diagnosis {
  return engineWith(records(entries)).diagnose().diagnosis;
}

/** The report of these records, unredacted unless asked. */
export function reportOf(log: readonly EntryRecord[], redact = false): Report {
  return engineWith(log).buildReport({ redact, notes: '', createdAtMs: T0, version: '0.0.0' });
}
