import type { Hiding, PanelToWorker, WorkerToPanel } from '../messaging/contract.ts';
import type { ListedPacket } from '../model/packet.ts';
import type { Hidden } from '../model/report.ts';
import type { ChosenStacks } from '../model/sides.ts';

type Question = Extract<PanelToWorker, { requestId: number }>;
type Answer = Extract<WorkerToPanel, { requestId: number }>;
export type ExportFormat = Extract<PanelToWorker, { type: 'export' }>['format'];

export interface ExportedFile {
  fileName: string;
  mimeType: string;
  text: string;
}

/** A report as it would leave. */
export interface Preview {
  title: string;
  /** Its beginning, or all of it. */
  text: string;
  /** Characters of all of it. */
  length: number;
  hidden: Hidden[];
}

/** What a report is made with. */
export interface ReportChoice {
  notes: string;
  hiding: Hiding;
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
  exportReport(format: ExportFormat, choice: ReportChoice): Promise<ExportedFile>;
  /** Rejects with the reason, for the user. */
  previewReport(format: ExportFormat, choice: ReportChoice): Promise<Preview>;
  /** Null when there is nothing to change. Rejects with the reason, for the user. */
  backendMessage(endpoint: string | null, stacks: ChosenStacks, hiding: Hiding): Promise<string | null>;
  /** Rejects with the reason, for the user. */
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
    async previewReport(format, choice) {
      const answer = await ask({ type: 'preview', requestId: ++lastId, format, ...choice });
      if (answer.type !== 'previewed') throw new Error('the extension answered something else');
      const { title, text, length, hidden } = answer;
      return { title, text, length, hidden };
    },
    async backendMessage(endpoint, stacks, hiding) {
      const answer = await ask({ type: 'backend', requestId: ++lastId, endpoint, stacks, hiding });
      if (answer.type !== 'message') throw new Error('the extension answered something else');
      return answer.text;
    },
    async exportReport(format, choice) {
      const answer = await ask({ type: 'export', requestId: ++lastId, format, ...choice });
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
