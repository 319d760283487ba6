import type { PanelClient } from './client.ts';
import { download } from './download.ts';
import type { ExportFormat } from './questions.ts';
import type { Notice, PanelModel, Store } from './store.ts';

/** Asks the worker for a report and hands it to the downloads; the outcome stands in the status line. */
export async function saveReport(
  client: PanelClient,
  store: Store<PanelModel>,
  format: ExportFormat,
  notes: string,
): Promise<void> {
  const notice = await client.exportReport(format, notes).then(
    (file): Notice => {
      download(file);
      return { kind: 'done', text: `Saved ${file.fileName}` };
    },
    (problem: Error): Notice => ({
      kind: 'error',
      text: `Export report (${format.toUpperCase()}) failed: ${problem.message}`,
    }),
  );
  store.update((model) => ({ ...model, notice }));
}
