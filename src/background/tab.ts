/** What the worker holds of one inspected tab: the engine fed by its recorder, and the panels that show it. */
import { answerQuestion, type Question } from '../answers/answer.ts';
import type { Engine, EngineOptions } from '../engine/engine.ts';
import type {
  PanelState,
  PanelToWorker,
  RecorderSettings,
  RecorderToWorker,
  WorkerToPanel,
  WorkerToRecorder,
} from '../messaging/contract.ts';
import { diffState } from '../messaging/diff-state.ts';
import type { TypedPort } from '../messaging/port.ts';
import type { Diagnosis } from '../model/report.ts';
import { type WatchedEngine, watchEngine } from './watched-engine.ts';

export type RecorderPort = TypedPort<RecorderToWorker, WorkerToRecorder>;
export type PanelPort = TypedPort<PanelToWorker, WorkerToPanel>;
type Hello = Extract<RecorderToWorker, { type: 'hello' }>;

export interface WorkerOptions {
  createEngine(options: EngineOptions): Engine;
  /** Random name of this start of the worker. */
  workerId: string;
  /** Of the extension; goes into reports. */
  version: string;
  /** Opens a tab of the browser beside the inspected one. */
  openTab(url: string): void;
}

export interface Tab {
  /** A recorder said hello: the newest is the one that is listened to. */
  addRecorder(port: RecorderPort, hello: Hello): void;
  addPanel(port: PanelPort): void;
  stop(): void;
}

/** At most one patch a frame. */
const FRAME_MS = 16;
/** In a storm the worker rests this many times as long as the last diagnosis took: it has commands to answer, too. */
const REST_FACTOR = 4;
/** What is shown is never older than this, whatever a diagnosis takes. */
const MAX_REST_MS = 1_000;
/** A look takes some 0.1 ms for each request that DevTools holds. */
const LOOK_WAIT_MS = 1_500;
const NOTHING_KNOWN: EngineOptions = { environment: { browser: null, os: null, capture: 'devtools' }, page: null };

/** A tab of which nothing is known yet. `onAbandoned` is told when its last recorder and panel are gone. */
export function createTab(options: WorkerOptions, onAbandoned: () => void): Tab {
  const recorders = new Map<RecorderPort, Hello>();
  const panels = new Map<PanelPort, { visible: boolean }>();
  let current: RecorderPort | null = null;
  let recorderId: string | null = null;
  let lastSeq = 0;
  /** While the recorder is telling its log again, what it has told so far is no state to show. */
  let replaying = false;
  let page: Diagnosis['page'] = null;
  let settings: RecorderSettings = { recording: true, preserveLog: false };
  let engine = newEngine(NOTHING_KNOWN);
  let wakeAtMs: number | null = null;
  let shown = stateNow();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastLook = 0;
  let lastCostMs = 0;
  const looks = new Map<number, () => void>();

  function newEngine(engineOptions: EngineOptions): WatchedEngine {
    const blank = options.createEngine(engineOptions);
    return watchEngine(blank, blank.diagnose());
  }

  // --- recorder ---

  function addRecorder(port: RecorderPort, hello: Hello): void {
    recorders.set(port, hello);
    port.onMessage((message) => port === current && takeFromRecorder(hello, message));
    port.onDisconnect(() => dropRecorder(port));
    listenTo(port, hello);
  }

  function listenTo(port: RecorderPort, hello: Hello): void {
    current = port;
    if (hello.recorderId !== recorderId) {
      engine = newEngine({ environment: hello.environment, page: hello.page });
      recorderId = hello.recorderId;
      lastSeq = 0;
    }
    ({ page, settings } = hello);
    engine.setPage(page);
    replaying = true;
    wakeAtMs = null;
    tellRecorder({ type: 'resume', lastSeq });
    tellRecorder({ type: 'watched', watched: isWatched() });
    changed();
  }

  function dropRecorder(port: RecorderPort): void {
    recorders.delete(port);
    if (port !== current) return;
    current = null;
    replaying = false;
    const [next] = recorders;
    if (next) listenTo(...next);
    changed();
    abandonIfEmpty();
  }

  function takeFromRecorder(hello: Hello, message: RecorderToWorker): void {
    switch (message.type) {
      case 'looked':
        return looks.get(message.requestId)?.();
      case 'records':
        engine.add(message.records);
        lastSeq = Math.max(lastSeq, message.records.at(-1)?.seq ?? 0);
        if (message.done) replaying = false;
        break;
      case 'forget':
        engine.forget(message.seqs, message.dropped);
        break;
      case 'settings':
        settings = hello.settings = message.settings;
        break;
      case 'page':
        page = hello.page = message.page;
        engine.setPage(page);
        break;
      case 'hello':
        return;
    }
    changed();
  }

  function tellRecorder(message: WorkerToRecorder): void {
    trySend(current, message);
  }

  // --- panels ---

  function addPanel(port: PanelPort): void {
    port.onMessage((message) => takeFromPanel(port, message));
    port.onDisconnect(() => {
      panels.delete(port);
      tellRecorder({ type: 'watched', watched: isWatched() });
      abandonIfEmpty();
    });
    // What is pending goes to the other panels; this one gets the result.
    flush();
    panels.set(port, { visible: false });
    trySend(port, { type: 'snapshot', state: shown });
  }

  function takeFromPanel(port: PanelPort, message: PanelToWorker): void {
    switch (message.type) {
      case 'visible':
        panels.set(port, { visible: message.visible });
        return tellRecorder({ type: 'watched', watched: isWatched() });
      case 'clear':
        return tellRecorder({ type: 'clear' });
      case 'configure':
        return tellRecorder({ type: 'configure', settings: message.settings });
      case 'export':
      case 'preview':
      case 'backend':
        return afterLook(() => answer(port, message));
      case 'packets':
        return answer(port, message);
      case 'openTab':
        return isWebAddress(message.url) ? options.openTab(message.url) : undefined;
      case 'hello':
        return;
    }
  }

  function isWatched(): boolean {
    return [...panels.values()].some((panel) => panel.visible);
  }

  /** A report is to hold all that there is to see now; a recorder that does not answer is not waited for. */
  function afterLook(action: () => void): void {
    if (!current) return action();
    const requestId = ++lastLook;
    const timeout = setTimeout(proceed, LOOK_WAIT_MS);
    function proceed(): void {
      clearTimeout(timeout);
      if (looks.delete(requestId)) action();
    }
    looks.set(requestId, proceed);
    tellRecorder({ type: 'look', requestId });
  }

  /** A message has a largest size, and one that is larger is refused when it is sent. */
  function answer(port: PanelPort, question: Question): void {
    try {
      port.send(answerQuestion({ ...engine, version: options.version }, question));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { requestId } = question;
      trySend<WorkerToPanel>(port, { type: 'failed', requestId, message: `the answer could not be sent: ${reason}` });
    }
  }

  // --- state ---

  function stateNow(): PanelState {
    const { diagnosis, wakeAtMs: dueMs } = engine.diagnose();
    if (dueMs !== wakeAtMs) {
      wakeAtMs = dueMs;
      tellRecorder({ type: 'wake', atMs: wakeAtMs });
    }
    return {
      ...diagnosis,
      page: page ?? diagnosis.page,
      settings,
      recording: current !== null,
      workerId: options.workerId,
    };
  }

  function changed(): void {
    timer ??= setTimeout(flush, Math.min(Math.max(FRAME_MS, REST_FACTOR * lastCostMs), MAX_REST_MS));
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (replaying) return;
    const before = shown;
    const beganMs = performance.now();
    shown = stateNow();
    lastCostMs = performance.now() - beganMs;
    const patch = diffState(before, shown);
    if (!patch) return;
    for (const port of panels.keys()) trySend(port, { type: 'patch', patch });
  }

  function abandonIfEmpty(): void {
    if (recorders.size === 0 && panels.size === 0) onAbandoned();
  }

  return {
    addRecorder,
    addPanel,
    stop: () => clearTimeout(timer),
  };
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** A port whose other end has just gone throws before it tells so. */
function trySend<Out>(port: { send(message: Out): void } | null, message: Out): void {
  try {
    port?.send(message);
  } catch {
    // Its `onDisconnect` is on the way.
  }
}
