/** What the panel diagnosed, as its own JSON report says it. */
import * as v from 'valibot';
import { type Report, reportSchema } from '../src/model/report.ts';
import type { Panel } from './browser/chromium.ts';
import type { FirefoxPanel } from './browser/firefox.ts';

/** Exports the report through the panel and reads it against its public schema. */
export async function exportJson(panel: Panel | FirefoxPanel): Promise<Report> {
  return v.parse(reportSchema, JSON.parse(await panel.exportReport('JSON')));
}

/**
 * Exports again and again until the report is what one waits for: DevTools tells of an open WebSocket some seconds late.
 * @param timeoutMs after which the last report is the answer, whatever it says
 */
export async function reportWhen(
  panel: Panel | FirefoxPanel,
  ready: (report: Report) => boolean,
  timeoutMs = 20_000,
): Promise<Report> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const report = await exportJson(panel);
    if (ready(report) || Date.now() > deadline) return report;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
