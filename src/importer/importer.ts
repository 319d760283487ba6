/** Opens one file and answers for it: the same engine and the same answers as the background worker's, of a capture that is over. */
import { answerQuestion, type Question } from '../answers/answer.ts';
import { UnusableInputError } from '../capture/har-file.ts';
import { type OpenedFile, openFile } from '../engine/open-file.ts';
import type { PanelState } from '../messaging/contract.ts';
import {
  type FileFacts,
  type ImporterToPanel,
  type PanelToImporter,
  panelToImporter,
} from '../messaging/import-contract.ts';
import { type RawPort, typedPort } from '../messaging/port.ts';
import type { Diagnosis } from '../model/report.ts';
import type { ReportRequest } from '../report/build.ts';

type Open = Extract<PanelToImporter, { type: 'open' }>;

/** Its text has to fit into one string, and what is read of it into memory beside it. In bytes. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Serves the panel at the other end of the port. `version`: of this product, for reports. */
export function serveImport(raw: RawPort, version: string): void {
  const port = typedPort<typeof panelToImporter, ImporterToPanel>(raw, panelToImporter);
  let opened: OpenedFile | null = null;

  port.onMessage((message) => {
    if (message.type === 'open') void open(message);
    else if ('requestId' in message) port.send(answer(message));
  });

  async function open(message: Open): Promise<void> {
    try {
      opened = openFile({ text: await textOf(message), name: message.name });
      const { diagnosis } = opened.engine.diagnose();
      port.send({ type: 'opened', state: stateOf(diagnosis), facts: factsOf(opened, diagnosis) });
    } catch (error) {
      port.send({ type: 'refused', message: sentenceOf(error, message.name) });
    }
  }

  function answer(message: Question): ImporterToPanel {
    const { requestId } = message;
    if (!opened) return { type: 'failed', requestId, message: 'the file is not open' };
    const { engine, buildReport } = opened;
    // Nobody writes into a file that was opened: its own notes stay.
    const withOwnNotes = ({ notes: _, ...request }: ReportRequest) => buildReport(request);
    return answerQuestion({ ...engine, buildReport: withOwnNotes, version }, message);
  }
}

async function textOf({ file, name }: Open): Promise<string> {
  if (file.size > MAX_FILE_BYTES) {
    throw new UnusableInputError(
      `${name} is too large to be opened here: ${inMegabytes(file.size)} MB, and ${inMegabytes(MAX_FILE_BYTES)} MB is the most. Save it again with only the requests of the failing connection.`,
    );
  }
  return file.text();
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}

/** What a recorder would say does not apply: nothing is recorded into a file. */
function stateOf(diagnosis: Diagnosis): PanelState {
  return { ...diagnosis, settings: { recording: false, preserveLog: false }, recording: false, workerId: 'file' };
}

function factsOf({ saved, capture }: OpenedFile, { exchanges }: Diagnosis): FileFacts {
  const starts = exchanges.map(({ startedAt }) => startedAt).sort();
  const [from] = starts;
  const to = starts.at(-1);
  return {
    kind: saved ? 'report' : 'har',
    tool: saved ? `${saved.generator.name} ${saved.generator.version}` : capture.tool,
    environment: (saved ?? capture).environment,
    captured: from !== undefined && to !== undefined ? { from, to } : null,
    savedAt: saved?.createdAt ?? null,
    redacted: saved?.redacted ?? capture.redacted,
    notes: saved?.notes ?? '',
  };
}

function sentenceOf(error: unknown, name: string): string {
  if (error instanceof UnusableInputError) return error.message;
  console.error(error);
  return `${name} cannot be read: ${reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
