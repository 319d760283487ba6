import { copyText } from './clipboard.ts';
import { download } from './download.ts';
import type { Answers, ExportFormat } from './questions.ts';
import type { Notice, PanelModel, Store } from './store.ts';

/** As the menu calls them. */
const FORMAT_NAME: Record<ExportFormat, string> = { html: 'HTML', markdown: 'Markdown', json: 'JSON', har: 'HAR' };

/** Asks the worker for a report and hands it to the downloads; the outcome stands in the status line. */
export async function saveReport(
  client: Answers,
  store: Store<PanelModel>,
  format: ExportFormat,
  notes: string,
): Promise<void> {
  const notice = await client.exportReport(format, notes).then(
    (file): Notice => {
      download(file);
      return { kind: 'done', text: `Saved ${file.fileName}` };
    },
    (problem: Error) => failure(`Export report (${FORMAT_NAME[format]}) failed: ${problem.message}`),
  );
  store.update((model) => ({ ...model, notice }));
}

/** Asks the worker for the report as Markdown and puts it on the clipboard. */
export async function copyReport(client: Answers, store: Store<PanelModel>, notes: string): Promise<void> {
  const notice = await client.exportReport('markdown', notes).then(
    (file) =>
      copyText(file.text).then(
        (): Notice => ({ kind: 'done', text: 'Copied the report as Markdown' }),
        () => failure('The browser did not allow copying: use Export report, Markdown instead'),
      ),
    (problem: Error) => failure(`Copy for bug report failed: ${problem.message}`),
  );
  store.update((model) => ({ ...model, notice }));
}

function failure(text: string): Notice {
  return { kind: 'error', text };
}
