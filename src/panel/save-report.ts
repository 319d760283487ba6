import type { Hiding } from '../messaging/contract.ts';
import type { ChosenStacks } from '../model/sides.ts';
import { issuePage, type Tracker, trackerHost } from '../tracker/tracker.ts';
import type { PanelClient } from './client.ts';
import { copyText } from './clipboard.ts';
import { download } from './download.ts';
import type { Answers, ExportFormat, ReportChoice } from './questions.ts';
import type { Notice, PanelModel, Store } from './store.ts';

/** As the menu calls them. */
const FORMAT_NAME: Record<ExportFormat, string> = {
  html: 'HTML',
  markdown: 'Markdown',
  json: 'JSON',
  har: 'HAR',
  jira: 'Jira',
};
const CANNOT_COPY = 'The browser did not allow copying';

/** Asks the worker for a report and hands it to the downloads; the outcome stands in the status line. */
export function saveReport(
  client: Answers,
  store: Store<PanelModel>,
  format: ExportFormat,
  choice: ReportChoice,
): Promise<void> {
  const made = client.exportReport(format, choice).then((file): Notice => {
    download(file);
    return done(`Saved ${file.fileName}`);
  });
  return tell(store, made, `Export report (${FORMAT_NAME[format]}) failed`);
}

/** Asks the worker for the report as Markdown and puts it on the clipboard. */
export function copyReport(client: Answers, store: Store<PanelModel>, choice: ReportChoice): Promise<void> {
  const made = client
    .exportReport('markdown', choice)
    .then((file) =>
      copied(file.text, 'Copied the report as Markdown', `${CANNOT_COPY}: use Export report, Markdown instead`),
    );
  return tell(store, made, 'Copy for bug report failed');
}

/** Copies five lines for who owns the server. */
export function copyBackendMessage(
  client: Answers,
  store: Store<PanelModel>,
  about: { endpoint: string | null; stacks: ChosenStacks; hiding: Hiding },
): Promise<void> {
  const made = client.backendMessage(about.endpoint, about.stacks, about.hiding).then((text) => {
    if (text === null) return done('There is nothing to change on the server');
    return copied(text, 'Copied the message for the backend', CANNOT_COPY);
  });
  return tell(store, made, 'Copy message for backend failed');
}

/** Opens the tracker's page for a new issue, with the whole report on the clipboard. The user sends the form, or does not. */
export function fileBug(
  client: PanelClient,
  store: Store<PanelModel>,
  tracker: Tracker,
  { title, body }: { title: string; body: string },
): Promise<void> {
  const { url, cut } = issuePage(tracker, { title, body });
  const host = trackerHost(tracker);
  const rest = cut ? ' Only its beginning fits into the address: paste it there.' : '';
  const made = copied(
    body,
    `Opened ${host}; the report is on the clipboard.${rest}`,
    `Opened ${host}. ${CANNOT_COPY}${cut ? ': only the beginning of the report is there' : ''}`,
  );
  return tell(store, made, 'File bug failed').then(() => client.openTab(url));
}

function copied(text: string, success: string, refusal: string): Promise<Notice> {
  return copyText(text).then(
    () => done(success),
    () => failure(refusal),
  );
}

function tell(store: Store<PanelModel>, made: Promise<Notice>, problem: string): Promise<void> {
  return made
    .catch((reason: Error) => failure(`${problem}: ${reason.message}`))
    .then((notice) => store.update((model) => ({ ...model, notice })));
}

function done(text: string): Notice {
  return { kind: 'done', text };
}

function failure(text: string): Notice {
  return { kind: 'error', text };
}
