import type { PanelToWorker, RecorderSettings, WorkerToPanel } from '../messaging/contract.ts';
import { workerToPanel } from '../messaging/contract.ts';
import type { RawPort } from '../messaging/port.ts';
import { type Answers, createQuestions } from './questions.ts';
import { keepConnected } from './reconnecting-port.ts';
import { createStateGate } from './state-gate.ts';
import type { PanelModel, Store } from './store.ts';

export interface PanelClient extends Answers {
  clear(): void;
  configure(settings: RecorderSettings): void;
  setVisible(visible: boolean): void;
  /** Opens a tab of the browser. Only addresses of the web are opened. */
  openTab(url: string): void;
  dispose(): void;
}

export interface ClientOptions {
  tabId: number;
  connect(): RawPort;
  store: Store<PanelModel>;
}

/** Keeps the store up to date with the worker, through the worker's deaths. */
export function createClient({ tabId, connect, store }: ClientOptions): PanelClient {
  let visible = true;
  const gate = createStateGate((state) => store.update((model) => ({ ...model, state })));
  const questions = createQuestions((message) => line.send(message));
  const line = keepConnected<typeof workerToPanel, PanelToWorker>({
    connect,
    incoming: workerToPanel,
    greeting: () => [{ type: 'hello', tabId }, { type: 'visible', visible }, ...questions.pending()],
    onMessage: receive,
    onLost: () => store.update((model) => ({ ...model, link: 'lost' })),
  });

  function receive(message: WorkerToPanel): void {
    switch (message.type) {
      case 'snapshot':
        line.confirm();
        store.update((model) => ({ ...model, link: 'live' }));
        gate.snapshot(message.state);
        break;
      case 'patch':
        gate.patch(message.patch);
        break;
      case 'exported':
      case 'previewed':
      case 'message':
      case 'packets':
      case 'failed':
        questions.answer(message);
    }
  }

  return {
    clear: () => line.send({ type: 'clear' }),
    configure: (settings) => line.send({ type: 'configure', settings }),
    setVisible(now) {
      if (now === visible) return;
      visible = now;
      line.send({ type: 'visible', visible });
    },
    openTab: (url) => line.send({ type: 'openTab', url }),
    exportReport: questions.exportReport,
    previewReport: questions.previewReport,
    backendMessage: questions.backendMessage,
    packets: questions.packets,
    dispose() {
      gate.dispose();
      line.close();
    },
  };
}
