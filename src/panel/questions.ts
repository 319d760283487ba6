import type { PanelToWorker, WorkerToPanel } from '../messaging/contract.ts';
import type { ListedPacket } from '../model/packet.ts';

type Question = Extract<PanelToWorker, { requestId: number }>;
type Answer = Extract<WorkerToPanel, { requestId: number }>;
export type ExportFormat = Extract<PanelToWorker, { type: 'export' }>['format'];

export interface ExportedFile {
  fileName: string;
  mimeType: string;
  text: string;
}

/** The packets of a connection. */
export interface PacketList {
  packets: ListedPacket[];
  /** Packets of the beginning that are left out. */
  omitted: number;
}

/** What whoever holds a diagnosis can be asked about it. */
export interface Answers {
  /** Rejects with the reason, for the user. */
  exportReport(format: ExportFormat, notes: string): Promise<ExportedFile>;
  /** The packets of one connection. Rejects with the reason, for the user. */
  packets(session: string): Promise<PacketList>;
}

export interface Questions extends Answers {
  answer(message: Answer): void;
  /** Unanswered, to be sent again to a new worker. */
  pending(): Question[];
}

const TIMEOUT_MS = 30_000;

interface Pending {
  message: Question;
  resolve(answer: Answer): void;
  reject(problem: Error): void;
}

/** Pairs what the panel asks the worker with the answers. */
export function createQuestions(send: (message: Question) => void): Questions {
  const pending = new Map<number, Pending>();
  let lastId = 0;

  async function ask(message: Question): Promise<Answer> {
    const answered = new Promise<Answer>((resolve, reject) => {
      pending.set(message.requestId, { message, resolve, reject });
    });
    const timer = setTimeout(() => {
      pending.get(message.requestId)?.reject(new Error('the extension did not answer within 30 s'));
    }, TIMEOUT_MS);
    send(message);
    const answer = await answered.finally(() => {
      clearTimeout(timer);
      pending.delete(message.requestId);
    });
    if (answer.type === 'failed') throw new Error(answer.message);
    return answer;
  }

  return {
    async exportReport(format, notes) {
      const answer = await ask({ type: 'export', requestId: ++lastId, format, notes });
      if (answer.type !== 'exported') throw new Error('the extension answered something else');
      const { fileName, mimeType, text } = answer;
      return { fileName, mimeType, text };
    },
    async packets(session) {
      const answer = await ask({ type: 'packets', requestId: ++lastId, session });
      if (answer.type !== 'packets') throw new Error('the extension answered something else');
      const { packets, omitted } = answer;
      return { packets, omitted };
    },
    answer: (message) => pending.get(message.requestId)?.resolve(message),
    pending: () => [...pending.values()].map((request) => request.message),
  };
}
