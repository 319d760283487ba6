/**
 * The panel in an ordinary page, on invented data: `?story=failing&theme=dark`. `window.harness` plays the worker.
 */

import type { PanelPatch, PanelState, PanelToWorker, WorkerToPanel } from '../../messaging/contract.ts';
import { panelToWorker } from '../../messaging/contract.ts';
import type { RawPort, TypedPort } from '../../messaging/port.ts';
import { portPair, typedPort } from '../../messaging/port.ts';
import type { Theme } from '../host.ts';
import { portOfWorker } from '../importer-port.ts';
import { mountPanel } from '../mount.tsx';
import { STORIES } from './stories.ts';

declare global {
  interface Window {
    harness: Harness;
  }
}

interface Harness {
  stories: string[];
  /** Everything that the panel said, oldest first. */
  received: PanelToWorker[];
  opened: string[];
  show(story: string): void;
  patch(patch: PanelPatch): void;
  setTheme(theme: Theme): void;
  /** The worker dies; the next one is empty for `emptyMs`. */
  restart(emptyMs: number): void;
}

const query = new URLSearchParams(location.search);
const themeListeners = new Set<(theme: Theme) => void>();
const received: PanelToWorker[] = [];
const opened: string[] = [];
let state: PanelState = storyNamed(query.get('story') ?? 'failing');
let port: TypedPort<PanelToWorker, WorkerToPanel> | null = null;
let births = 1;
let emptyUntil = 0;

function storyNamed(name: string): PanelState {
  const story = STORIES[name];
  if (!story) throw new Error(`no story ${name}: ${Object.keys(STORIES).join(', ')}`);
  return story();
}

function connect(): RawPort {
  const [panelEnd, workerEnd] = portPair();
  const worker = typedPort<typeof panelToWorker, WorkerToPanel>(workerEnd, panelToWorker);
  worker.onMessage((message) => {
    received.push(message);
    answer(worker, message);
  });
  port = worker;
  return panelEnd;
}

function answer(worker: TypedPort<PanelToWorker, WorkerToPanel>, message: PanelToWorker): void {
  const send = (reply: WorkerToPanel) => setTimeout(() => worker === port && worker.send(reply), 5);
  const empty: PanelState = { ...storyNamed('idle'), workerId: state.workerId, recording: false };
  switch (message.type) {
    case 'hello':
      if (performance.now() >= emptyUntil) return void send({ type: 'snapshot', state });
      send({ type: 'snapshot', state: empty });
      setTimeout(() => send({ type: 'snapshot', state }), emptyUntil - performance.now());
      return;
    case 'clear':
      state = empty;
      return void send({ type: 'snapshot', state: { ...state, recording: true } });
    case 'configure':
      state = { ...state, settings: message.settings };
      return void send({ type: 'patch', patch: { settings: message.settings } });
    case 'export':
      return void send(exported(message.requestId));
    case 'preview': {
      const text = JSON.stringify(state, null, 2);
      const { requestId } = message;
      return void send({ type: 'previewed', requestId, title: 'Headline', text, length: text.length, hidden: [] });
    }
    case 'backend':
      return void send({ type: 'message', requestId: message.requestId, text: 'What to change: …\n' });
    case 'openTab':
      return void opened.push(message.url);
    case 'packets':
      return void send({ type: 'packets', requestId: message.requestId, packets: [], omitted: 0 });
    case 'visible':
  }
}

function exported(requestId: number): WorkerToPanel {
  if (query.has('failing-export')) return { type: 'failed', requestId, message: 'the report is larger than 64 MB' };
  return {
    type: 'exported',
    requestId,
    fileName: 'socketio-report-localhost-20261122-100000.json',
    mimeType: 'application/json',
    text: JSON.stringify(state),
  };
}

window.harness = {
  stories: Object.keys(STORIES),
  received,
  opened,
  show(story) {
    state = { ...storyNamed(story), workerId: state.workerId };
    port?.send({ type: 'snapshot', state });
  },
  patch: (patch) => port?.send({ type: 'patch', patch }),
  setTheme(theme) {
    for (const listener of themeListeners) listener(theme);
  },
  restart(emptyMs) {
    births++;
    state = { ...state, workerId: `w${births}` };
    emptyUntil = performance.now() + emptyMs;
    const dying = port;
    port = null;
    dying?.disconnect();
  },
};

const root = document.getElementById('root');
if (!root) throw new Error('harness.html has no #root');
mountPanel(root, {
  tabId: 1,
  connect,
  startImporter: () => portOfWorker(new Worker(new URL('../../importer/main.ts', import.meta.url), { type: 'module' })),
  theme: () => (query.get('theme') === 'dark' ? 'dark' : 'light'),
  onThemeChange(listener) {
    themeListeners.add(listener);
    return () => themeListeners.delete(listener);
  },
  openResource: (url, line) => opened.push(`${url}:${line}`),
  reloadPage: () => opened.push('reload'),
  evaluateInPage: () => Promise.resolve(''),
  readChoice: async (name) => localStorage.getItem(name) ?? undefined,
  writeChoice: async (name, value) => localStorage.setItem(name, value),
  readTracker: async () => JSON.parse(localStorage.getItem('tracker') ?? 'null'),
  writeTracker: async (tracker) => localStorage.setItem('tracker', JSON.stringify(tracker)),
});
