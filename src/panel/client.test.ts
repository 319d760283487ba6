import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PanelState, PanelToWorker, WorkerToPanel } from '../messaging/contract.ts';
import { panelToWorker } from '../messaging/contract.ts';
import type { TypedPort } from '../messaging/port.ts';
import { portPair, typedPort } from '../messaging/port.ts';
import { createClient } from './client.ts';
import { endpoint, panelState, session } from './dev/builders.ts';
import type { ReportChoice } from './questions.ts';
import { EMPTY_HOLD_MS } from './state-gate.ts';
import { createStore, EMPTY_MODEL } from './store.ts';

const FULL: PanelState = panelState({ endpoints: [endpoint({ sessions: ['s1'] })], sessions: [session()] });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A worker that can die; each start of it is one of `starts`. */
function setUp() {
  const starts: { port: TypedPort<PanelToWorker, WorkerToPanel>; heard: PanelToWorker[] }[] = [];
  let broken = false;
  const store = createStore(EMPTY_MODEL, (callback) => callback());
  const connect = () => {
    if (broken) throw new Error('Extension context invalidated.');
    const [panelEnd, workerEnd] = portPair();
    const heard: PanelToWorker[] = [];
    const port = typedPort<typeof panelToWorker, WorkerToPanel>(workerEnd, panelToWorker);
    port.onMessage((message) => heard.push(message));
    starts.push({ port, heard });
    return panelEnd;
  };
  const client = createClient({ tabId: 7, connect, store });
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const worker = () => {
    const latest = starts.at(-1);
    if (!latest) throw new Error('no worker was started');
    return latest;
  };
  const say = async (message: WorkerToPanel) => {
    worker().port.send(message);
    await settle();
  };
  const snapshot = (state: PanelState) => say({ type: 'snapshot', state });
  return { client, store, starts, worker, say, snapshot, settle, breakDown: (now: boolean) => (broken = now) };
}

describe('the panel’s line to the worker', () => {
  it('says hello with the tab, and whether it is seen', async () => {
    const { worker, settle } = setUp();
    await settle();
    expect(worker().heard).toEqual([
      { type: 'hello', tabId: 7 },
      { type: 'visible', visible: true },
    ]);
  });

  it('shows the snapshot and each patch on top of it', async () => {
    const { store, snapshot, say } = setUp();
    await snapshot(FULL);
    expect(store.get()).toMatchObject({ link: 'live', state: FULL });
    await say({ type: 'patch', patch: { sessions: { set: [session({ attempts: 9 })] } } });
    expect(store.get().state?.sessions[0]?.attempts).toBe(9);
  });

  it('ignores a patch without a state to apply it to, and what it does not understand', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { store, say, worker, settle } = setUp();
    await say({ type: 'patch', patch: { recording: false } });
    Reflect.apply(worker().port.send, null, [{ type: 'from the future' }]);
    await settle();
    expect(store.get().state).toBeNull();
  });

  it('connects again at once when the worker dies, and shows the old state meanwhile', async () => {
    const { store, starts, worker, snapshot, settle } = setUp();
    await snapshot(FULL);
    worker().port.disconnect();
    await settle();
    expect(starts).toHaveLength(2);
    expect(worker().heard[0]).toEqual({ type: 'hello', tabId: 7 });
    expect(store.get()).toMatchObject({ link: 'live', state: FULL });
  });

  it('does not show the empty state of a worker that is being told everything again', async () => {
    const { store, worker, snapshot, say, settle } = setUp();
    await snapshot(FULL);
    worker().port.disconnect();
    await settle();
    await snapshot(panelState({ workerId: 'w2', recording: false }));
    expect(store.get().state).toEqual(FULL);
    await say({ type: 'patch', patch: { recording: true } });
    expect(store.get().state).toEqual(FULL);
    await say({ type: 'patch', patch: { endpoints: { set: FULL.endpoints, order: ['e1'] } } });
    expect(store.get().state).toMatchObject({
      workerId: 'w2',
      recording: true,
      endpoints: FULL.endpoints,
      sessions: [],
    });
  });

  it('shows it after a while, when it really is empty', async () => {
    const { store, worker, snapshot, settle } = setUp();
    await snapshot(FULL);
    worker().port.disconnect();
    await settle();
    await snapshot(panelState({ workerId: 'w2' }));
    await settle(EMPTY_HOLD_MS - 1);
    expect(store.get().state?.workerId).toBe('w1');
    await settle(1);
    expect(store.get().state).toEqual(panelState({ workerId: 'w2' }));
  });

  it('shows at once that the same worker was cleared', async () => {
    const { store, snapshot, say } = setUp();
    await snapshot(FULL);
    await say({ type: 'patch', patch: { endpoints: { set: [], order: [] } } });
    expect(store.get().state?.endpoints).toEqual([]);
    await snapshot(FULL);
    await snapshot(panelState());
    expect(store.get().state?.endpoints).toEqual([]);
  });

  it('keeps trying, tells the user, and recovers', async () => {
    const { store, starts, worker, snapshot, settle, breakDown } = setUp();
    await snapshot(FULL);
    breakDown(true);
    worker().port.disconnect();
    await settle(3000);
    expect(store.get().link).toBe('live');
    await settle(2000);
    expect(store.get()).toMatchObject({ link: 'lost', state: FULL });
    breakDown(false);
    await settle(2000);
    expect(starts).toHaveLength(2);
    await snapshot(FULL);
    expect(store.get().link).toBe('live');
  });

  it('waits longer and longer between tries', async () => {
    const { starts, worker, settle } = setUp();
    for (const wait of [0, 100, 200, 400, 800, 1600, 1600]) {
      const before = starts.length;
      worker().port.disconnect();
      await settle(Math.max(wait - 1, 0));
      if (wait > 0) expect(starts).toHaveLength(before);
      await settle(1);
      expect(starts).toHaveLength(before + 1);
    }
  });

  it('keeps a command for the next worker when this one has just died', async () => {
    const { client, worker, settle } = setUp();
    await settle();
    worker().port.disconnect();
    client.clear();
    client.setVisible(false);
    await settle(100);
    expect(worker().heard).toEqual([
      { type: 'hello', tabId: 7 },
      { type: 'visible', visible: false },
      { type: 'clear' },
      { type: 'visible', visible: false },
    ]);
  });

  it('connects again when a port throws without ever having said that it is gone', async () => {
    const store = createStore(EMPTY_MODEL, (callback) => callback());
    const posted: unknown[] = [];
    let opened = 0;
    const connect = () => {
      const number = ++opened;
      return {
        post(message: unknown) {
          if (number === 1 && posted.length >= 2) throw new Error('Attempting to use a disconnected port object');
          posted.push(message);
        },
        onMessage: () => () => {},
        onDisconnect: () => () => {},
        disconnect: () => {},
      };
    };
    const client = createClient({ tabId: 7, connect, store });
    client.clear();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened).toBe(2);
    expect(posted.slice(2)).toEqual([
      { type: 'hello', tabId: 7 },
      { type: 'visible', visible: true },
      { type: 'clear' },
    ]);
    client.dispose();
  });

  it('is over when it is disposed of', async () => {
    const { client, starts, settle } = setUp();
    client.dispose();
    await settle(10_000);
    expect(starts).toHaveLength(1);
  });
});

const CHOICE: ReportChoice = { notes: '', hiding: { secrets: true, hosts: false, texts: [] } };

describe('export', () => {
  const FILE = { fileName: 'report.json', mimeType: 'application/json', text: '{}' };

  it('gives the file of its own request', async () => {
    const { client, say } = setUp();
    const files = [client.exportReport('json', CHOICE), client.exportReport('json', CHOICE)];
    await say({ type: 'exported', requestId: 2, ...FILE, text: '2' });
    await say({ type: 'exported', requestId: 1, ...FILE, text: '1' });
    expect(await Promise.all(files)).toEqual([
      { ...FILE, text: '1' },
      { ...FILE, text: '2' },
    ]);
  });

  it('fails with the worker’s reason', async () => {
    const { client, say } = setUp();
    const answer = expect(client.exportReport('json', CHOICE)).rejects.toThrow('report is too large');
    await say({ type: 'failed', requestId: 1, message: 'report is too large' });
    await answer;
  });

  it('asks a new worker when the old one died over it, once', async () => {
    const { client, worker, say, settle } = setUp();
    await settle();
    const file = client.exportReport('json', CHOICE);
    await settle();
    worker().port.disconnect();
    await settle();
    expect(worker().heard.filter((message) => message.type === 'export')).toHaveLength(1);
    await say({ type: 'exported', requestId: 1, ...FILE });
    expect(await file).toEqual(FILE);
  });

  it('is asked once when it was waiting for a connection', async () => {
    const { client, worker, settle } = setUp();
    await settle();
    worker().port.disconnect();
    client.exportReport('json', CHOICE).catch(() => {});
    await settle(100);
    expect(worker().heard.filter((message) => message.type === 'export')).toHaveLength(1);
  });

  it('gives up after 30 s', async () => {
    const { client, settle } = setUp();
    const answer = expect(client.exportReport('json', CHOICE)).rejects.toThrow('did not answer within 30 s');
    await settle(30_000);
    await answer;
  });
});
