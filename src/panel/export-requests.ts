import type { PanelToWorker, WorkerToPanel } from '../messaging/contract.ts';

type ExportMessage = Extract<PanelToWorker, { type: 'export' }>;
export type ExportFormat = ExportMessage['format'];

export interface ExportedFile {
  fileName: string;
  mimeType: string;
  text: string;
}

export interface ExportRequests {
  /** Rejects with the reason, for the user. */
  ask(format: ExportFormat, notes: string): Promise<ExportedFile>;
  answer(message: Extract<WorkerToPanel, { type: 'exported' | 'failed' }>): void;
  /** Unanswered, to be sent again to a new worker. */
  pending(): ExportMessage[];
}

const TIMEOUT_MS = 30_000;

interface Pending {
  message: ExportMessage;
  resolve(file: ExportedFile): void;
  reject(problem: Error): void;
}

/** Pairs the questions for a file with their answers. */
export function createExportRequests(send: (message: ExportMessage) => void): ExportRequests {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  return {
    ask(format, notes) {
      const message: ExportMessage = { type: 'export', requestId: ++lastId, format, notes };
      const answered = new Promise<ExportedFile>((resolve, reject) => {
        pending.set(message.requestId, { message, resolve, reject });
      });
      const timer = setTimeout(() => {
        pending.get(message.requestId)?.reject(new Error('the extension did not answer within 30 s'));
      }, TIMEOUT_MS);
      send(message);
      return answered.finally(() => {
        clearTimeout(timer);
        pending.delete(message.requestId);
      });
    },
    answer(message) {
      const request = pending.get(message.requestId);
      if (message.type === 'failed') request?.reject(new Error(message.message));
      else request?.resolve({ fileName: message.fileName, mimeType: message.mimeType, text: message.text });
    },
    pending: () => [...pending.values()].map((request) => request.message),
  };
}
