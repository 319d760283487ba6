/**
 * The contract between the panel and the Web Worker that opens a file for it: one worker a file, which then answers for it as the
 * background worker answers for the inspected page.
 */
import * as v from 'valibot';
import { environmentSchema } from '../model/report.ts';
import { panelStateSchema, panelToWorker, workerToPanel } from './contract.ts';

/** What the file says of itself. */
export const fileFactsSchema = v.object({
  kind: v.picklist(['har', 'report']),
  /** The program that wrote the capture, with its version; null when the file does not say. */
  tool: v.nullable(v.string()),
  environment: environmentSchema,
  /** When the first and the last of its Socket.IO requests started, ISO 8601; null when it holds none. */
  captured: v.nullable(v.object({ from: v.string(), to: v.string() })),
  /** When the report was saved, ISO 8601; null for a HAR. */
  savedAt: v.nullable(v.string()),
  /** Whether placeholders stand in it for secrets. */
  redacted: v.boolean(),
  notes: v.string(),
});
export type FileFacts = v.InferOutput<typeof fileFactsSchema>;

export const panelToImporter = v.variant('type', [
  /** First message, and once. The answer is `opened` or `refused`. */
  v.object({ type: v.literal('open'), name: v.string(), file: v.instance(Blob) }),
  ...panelToWorker.options,
]);
export type PanelToImporter = v.InferOutput<typeof panelToImporter>;

export const importerToPanel = v.variant('type', [
  v.object({ type: v.literal('opened'), state: panelStateSchema, facts: fileFactsSchema }),
  /** One sentence that says which file, what and where. */
  v.object({ type: v.literal('refused'), message: v.string() }),
  ...workerToPanel.options,
]);
export type ImporterToPanel = v.InferOutput<typeof importerToPanel>;
