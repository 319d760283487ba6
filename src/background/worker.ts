/** Brings recorders and panels of the same tab together. Holds nothing that a recorder cannot tell again. */
import { PANEL_PORT, panelToWorker, RECORDER_PORT, recorderToWorker } from '../messaging/contract.ts';
import { type RawPort, typedPort } from '../messaging/port.ts';
import { createTab, type PanelPort, type RecorderPort, type Tab, type WorkerOptions } from './tab.ts';

export interface Worker {
  /** Takes a port that another context opened. */
  connect(name: string, raw: RawPort): void;
}

/** A worker that knows no tab yet. */
export function createWorker(options: WorkerOptions): Worker {
  const tabs = new Map<number, Tab>();

  function tabOf(tabId: number): Tab {
    const known = tabs.get(tabId);
    if (known) return known;
    const tab = createTab(options, () => {
      tab.stop();
      if (tabs.get(tabId) === tab) tabs.delete(tabId);
    });
    tabs.set(tabId, tab);
    return tab;
  }

  /** The first message says which tab it is about. */
  function greetRecorder(port: RecorderPort): void {
    const stop = port.onMessage((message) => {
      if (message.type !== 'hello') return;
      stop();
      tabOf(message.tabId).addRecorder(port, message);
    });
  }

  function greetPanel(port: PanelPort): void {
    const stop = port.onMessage((message) => {
      if (message.type !== 'hello') return;
      stop();
      tabOf(message.tabId).addPanel(port);
    });
  }

  return {
    connect(name, raw) {
      if (name === RECORDER_PORT) greetRecorder(typedPort(raw, recorderToWorker));
      if (name === PANEL_PORT) greetPanel(typedPort(raw, panelToWorker));
    },
  };
}
