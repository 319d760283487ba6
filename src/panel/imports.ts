import type { PanelState } from '../messaging/contract.ts';
import {
  type FileFacts,
  type ImporterToPanel,
  importerToPanel,
  type PanelToImporter,
} from '../messaging/import-contract.ts';
import { type RawPort, typedPort } from '../messaging/port.ts';
import { visible } from './format.ts';
import { type Answers, createQuestions } from './questions.ts';
import { createStore, type Schedule, type Store } from './store.ts';

/** A file that is open beside the inspected page, or is being opened. */
export interface ImportedFile {
  id: string;
  /** Of the file; numbered where several are called the same. */
  name: string;
  /** Null while it is being read. */
  content: { state: PanelState; facts: FileFacts } | null;
  answers: Answers;
}

export interface ImportsModel {
  files: readonly ImportedFile[];
  /** One sentence for each file that could not be opened. */
  problems: readonly string[];
  /** Closed last, and not gone yet. */
  closed: ImportedFile | null;
}

export const NO_IMPORTS: ImportsModel = { files: [], problems: [], closed: null };

export interface Imports {
  store: Store<ImportsModel>;
  /** Opens each beside what is open; the answer is the ids of those that are being read now. */
  open(files: readonly File[]): string[];
  /** Ends the reading of a file that is not open yet. */
  close(id: string): void;
  /** Takes back what was closed last. */
  reopen(): void;
  dismissProblems(): void;
  dispose(): void;
}

interface ImportsOptions {
  /** Starts a Web Worker that reads one file. */
  startImporter(): RawPort;
  schedule: Schedule;
}

/** Each holds its file in memory. */
const MAX_FILES = 12;
/** How long a file that was closed can be had back, in ms. */
export const REOPEN_MS = 60_000;

/** The files that are open. Each has a worker of its own: one that is stuck is ended, and takes nothing with it. */
export function createImports({ startImporter, schedule }: ImportsOptions): Imports {
  const store = createStore(NO_IMPORTS, schedule);
  const workers = new Map<string, { disconnect(): void }>();
  const names = new Map<string, string>();
  let lastNumber = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refuse(problem: string): string[] {
    update((model) => ({ problems: [...model.problems, visible(problem)] }));
    return [];
  }

  function update(change: (model: ImportsModel) => Partial<ImportsModel>): void {
    store.update((model) => ({ ...model, ...change(model) }));
  }

  function openOne(file: File): string[] {
    if (names.size >= MAX_FILES) {
      return refuse(`${file.name} was not opened: ${MAX_FILES} files are open already. Close one of them first.`);
    }
    lastNumber += 1;
    const id = `file-${lastNumber}`;
    const name = freeName(file.name, new Set(names.values()));
    try {
      const port = typedPort<typeof importerToPanel, PanelToImporter>(startImporter(), importerToPanel, (problem) => {
        console.warn(problem);
        fail(id, `${file.name} cannot be shown: it holds something that the panel does not understand.`);
      });
      const questions = createQuestions((message) => port.send(message));
      workers.set(id, port);
      names.set(id, name);
      port.onMessage((message) => receive(id, message, questions.answer));
      port.onDisconnect(() =>
        fail(id, `${file.name} cannot be read: its reader stopped, most likely for want of memory.`),
      );
      port.send({ type: 'open', name: file.name, file });
      update(({ files }) => ({ files: [...files, { id, name, content: null, answers: questions }] }));
      return [id];
    } catch (error) {
      end(id);
      return refuse(`${file.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  function receive(id: string, message: ImporterToPanel, answer: ReturnType<typeof createQuestions>['answer']): void {
    switch (message.type) {
      case 'opened': {
        const { state, facts } = message;
        update(({ files }) => ({
          files: files.map((file) => (file.id === id ? { ...file, content: { state, facts } } : file)),
        }));
        break;
      }
      case 'refused':
        fail(id, message.message);
        break;
      case 'exported':
      case 'packets':
      case 'failed':
        answer(message);
    }
  }

  function fail(id: string, problem: string): void {
    if (!workers.has(id)) return;
    end(id);
    update((model) => ({
      files: model.files.filter((file) => file.id !== id),
      closed: model.closed?.id === id ? null : model.closed,
      problems: [...model.problems, visible(problem)],
    }));
  }

  function end(id: string): void {
    workers.get(id)?.disconnect();
    workers.delete(id);
    names.delete(id);
  }

  function forgetClosed(): void {
    clearTimeout(timer);
    update(({ closed }) => {
      if (closed) end(closed.id);
      return { closed: null };
    });
  }

  function close(id: string): void {
    forgetClosed();
    update(({ files }) => {
      const file = files.find((each) => each.id === id);
      if (!file) return {};
      // What was not read yet is not worth keeping, and its reader may be what is stuck.
      if (file.content === null) end(id);
      return { files: files.filter((each) => each !== file), closed: file.content ? file : null };
    });
    timer = setTimeout(forgetClosed, REOPEN_MS);
  }

  return {
    store,
    open(files) {
      update(() => ({ problems: [] }));
      return files.flatMap(openOne);
    },
    close,
    reopen() {
      clearTimeout(timer);
      update(({ files, closed }) => (closed ? { files: [...files, closed], closed: null } : {}));
    },
    dismissProblems: () => update(() => ({ problems: [] })),
    dispose() {
      clearTimeout(timer);
      for (const id of [...workers.keys()]) end(id);
    },
  };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
  return free;
}
