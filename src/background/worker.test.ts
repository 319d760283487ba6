import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLink } from '../devtools/link.ts';
import { createLog, type RecordLog } from '../devtools/log.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import {
  PANEL_PORT,
  type PanelState,
  type PanelToWorker,
  RECORDER_PORT,
  type RecorderToWorker,
  type WorkerToPanel,
  type WorkerToRecorder,
  workerToPanel,
  workerToRecorder,
} from '../messaging/contract.ts';
import { portPair, type RawPort, type TypedPort, typedPort } from '../messaging/port.ts';
import type { HarEntry } from '../model/har.ts';
import { NO_STACKS } from '../model/sides.ts';
import { applyPatch } from '../panel/apply-patch.ts';
import { entry, healthyEntries, PAGE, records, sidUrl, T0 } from '../testing/entries.ts';
import { createWorker, type Worker } from './worker.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
  opened = [];
});
afterEach(() => void vi.useRealTimers());

/** Several frames of the worker, and the recorder's flush before them. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(200);
}

let workers = 0;
let opened: string[] = [];

function newWorker(engineOf: (options: EngineOptions) => Engine = createEngine): Worker {
  workers++;
  return createWorker({
    createEngine: engineOf,
    workerId: `worker ${workers}`,
    version: '1.2.3',
    openTab: (url) => opened.push(url),
  });
}

/** A worker that can be ended, as the browser does: all its ports go. */
interface Browser {
  connect(name: string): RawPort;
  endWorker(): void;
}

function browser(engineOf?: (options: EngineOptions) => Engine): Browser {
  let worker = newWorker(engineOf);
  let ports: RawPort[] = [];
  return {
    connect(name) {
      const [near, far] = portPair();
      ports.push(far);
      worker.connect(name, far);
      return near;
    },
    endWorker() {
      worker = newWorker(engineOf);
      const ended = ports;
      ports = [];
      for (const port of ended) port.disconnect();
    },
  };
}

interface TestRecorder {
  log: RecordLog;
  see(...entries: HarEntry[]): void;
  forget(seqs: number[]): void;
  /** Answers a `look`. */
  looked(requestId: number): void;
  commands: Exclude<WorkerToRecorder, { type: 'resume' }>[];
  /** DevTools was closed. */
  close(): void;
}

function recorder({ connect }: Browser, tabId: number, recorderId: string, pageUrl = `${PAGE}/`): TestRecorder {
  const log = createLog();
  const commands: TestRecorder['commands'] = [];
  const link = createLink({
    connect: () => connect(RECORDER_PORT),
    log,
    hello: () => ({
      type: 'hello',
      tabId,
      recorderId,
      settings: { recording: true, preserveLog: false },
      environment: { browser: 'Chromium 156', os: 'Linux', capture: 'devtools' },
      page: { url: pageUrl, origin: new URL(pageUrl).origin },
    }),
    onCommand: (command) => commands.push(command),
  });
  return {
    log,
    commands,
    see(...entries) {
      for (const { seq: _, ...record } of records(entries)) {
        const key = record.entry.request.url;
        log.append(record, { key, connection: null, attempt: key });
      }
      link.wake();
    },
    looked: (requestId) => link.looked(requestId),
    forget: (seqs) => link.forgot(log.forget((record) => seqs.includes(record.seq))),
    close: () => link.close(),
  };
}

/** A recorder of tab 1 whose messages the test writes itself. */
function bareRecorder(
  { connect }: Browser,
  recorderId: string,
  onMessage: (message: WorkerToRecorder) => void = () => undefined,
): TypedPort<WorkerToRecorder, RecorderToWorker> {
  const port = typedPort<typeof workerToRecorder, RecorderToWorker>(connect(RECORDER_PORT), workerToRecorder);
  port.onMessage(onMessage);
  port.send({
    type: 'hello',
    tabId: 1,
    recorderId,
    settings: { recording: true, preserveLog: false },
    environment: { browser: null, os: null, capture: 'devtools' },
    page: null,
  });
  return port;
}

interface TestPanel {
  port: TypedPort<WorkerToPanel, PanelToWorker>;
  heard: WorkerToPanel[];
  /** The snapshot with all patches applied. */
  state(): PanelState;
  sids(): (string | null)[];
}

function panel({ connect }: Browser, tabId: number): TestPanel {
  const heard: WorkerToPanel[] = [];
  let state: PanelState | null = null;
  const port = typedPort<typeof workerToPanel, PanelToWorker>(connect(PANEL_PORT), workerToPanel);
  port.onMessage((message) => {
    heard.push(message);
    if (message.type === 'snapshot') state = message.state;
    if (message.type === 'patch' && state) state = applyPatch(state, message.patch);
  });
  port.send({ type: 'hello', tabId });
  const now = () => {
    if (!state) throw new Error('the panel has had no snapshot');
    return state;
  };
  return { port, heard, state: now, sids: () => now().sessions.map((session) => session.sid) };
}

const sameApartFromWorker = ({ workerId: _, ...state }: PanelState) => state;

describe('the worker', () => {
  it('shows a panel what its tab’s recorder saw', async () => {
    const chromium = browser();
    recorder(chromium, 1, 'r').see(...healthyEntries('S'));
    const shown = panel(chromium, 1);
    await settle();
    expect(shown.sids()).toEqual(['S']);
    expect(shown.state()).toMatchObject({ summary: { status: 'healthy' }, page: { origin: PAGE }, recording: true });
  });

  it('begins with a snapshot, also when something is pending', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    await settle();
    seen.see(...healthyEntries('S'));
    await vi.advanceTimersByTimeAsync(51);
    const [first, second] = [panel(chromium, 1), panel(chromium, 1)];
    await settle();
    expect([first, second].map((shown) => shown.heard[0]?.type)).toEqual(['snapshot', 'snapshot']);
    expect(first.sids()).toEqual(['S']);
  });

  it('diagnoses the same after its death as before', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    seen.see(
      ...healthyEntries('S'),
      entry({ at: 100, status: 400, body: '{"code":1,"message":"Session ID unknown"}', url: sidUrl('T') }),
    );
    const before = panel(chromium, 1);
    await settle();
    seen.forget([2]);
    await settle();
    chromium.endWorker();
    const after = panel(chromium, 1);
    await settle();
    expect(after.state().workerId).not.toBe(before.state().workerId);
    expect(after.state().exchanges.length).toBeGreaterThan(4);
    expect(sameApartFromWorker(after.state())).toEqual(sameApartFromWorker(before.state()));
  });

  it('keeps tabs apart', async () => {
    const chromium = browser();
    recorder(chromium, 1, 'one').see(...healthyEntries('ONE'));
    recorder(chromium, 2, 'two', 'http://localhost:9999/').see(...healthyEntries('TWO'));
    const panels = [panel(chromium, 1), panel(chromium, 2), panel(chromium, 3)];
    await settle();
    expect(panels.map((shown) => shown.sids())).toEqual([['ONE'], ['TWO'], []]);
    expect(panels.map((shown) => shown.state().page?.origin)).toEqual([PAGE, 'http://localhost:9999', undefined]);
    expect(panels.map((shown) => shown.state().recording)).toEqual([true, true, false]);
  });

  it('listens to the newest recorder of a tab, and forgets what an earlier one said', async () => {
    const chromium = browser();
    const stale = recorder(chromium, 1, 'stale');
    stale.see(...healthyEntries('OLD'));
    const shown = panel(chromium, 1);
    await settle();
    const fresh = recorder(chromium, 1, 'fresh');
    await settle();
    stale.see(...healthyEntries('OLD2'));
    fresh.see(...healthyEntries('NEW'));
    await settle();
    expect(shown.sids()).toEqual(['NEW']);
  });

  it('goes back to the recorder that is left when the newest goes', async () => {
    const chromium = browser();
    recorder(chromium, 1, 'first').see(...healthyEntries('FIRST'));
    const second = recorder(chromium, 1, 'second');
    const shown = panel(chromium, 1);
    await settle();
    expect(shown.sids()).toEqual([]);
    second.close();
    await settle();
    expect(shown.sids()).toEqual(['FIRST']);
  });

  it('keeps what it showed when DevTools goes, and says that nothing more will come', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    seen.see(...healthyEntries('S'));
    const shown = panel(chromium, 1);
    await settle();
    seen.close();
    await settle();
    expect(shown.sids()).toEqual(['S']);
    expect(shown.state().recording).toBe(false);
  });

  it('drops a tab whose recorder and panels are gone', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    seen.see(...healthyEntries('S'));
    const first = panel(chromium, 1);
    await settle();
    seen.close();
    first.port.disconnect();
    await settle();
    const later = panel(chromium, 1);
    await settle();
    expect(later.sids()).toEqual([]);
  });

  it('shows no half-told log', async () => {
    const chromium = browser();
    const shown = panel(chromium, 1);
    const port = bareRecorder(chromium, 'r');
    const [first, ...rest] = records(healthyEntries('S'));
    await settle();
    port.send({ type: 'records', records: first ? [first] : [], done: false });
    await settle();
    expect(shown.state().exchanges).toEqual([]);
    port.send({ type: 'records', records: rest, done: true });
    await settle();
    expect(shown.state().exchanges).toHaveLength(5);
  });

  it('asks a recorder that it knows only for what is new', async () => {
    const chromium = browser();
    const shown = panel(chromium, 1);
    const before = bareRecorder(chromium, 'r');
    await settle();
    before.send({ type: 'records', records: records(healthyEntries('S')), done: true });
    await settle();
    before.disconnect();
    const resumed: number[] = [];
    bareRecorder(chromium, 'r', (message) => message.type === 'resume' && resumed.push(message.lastSeq));
    await settle();
    expect(resumed).toEqual([5]);
    expect(shown.sids()).toEqual(['S']);
  });

  it('sends at most one patch a frame, and none when nothing changed', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    const shown = panel(chromium, 1);
    await settle();
    const before = shown.heard.length;
    seen.see(...healthyEntries('S'));
    seen.see(...healthyEntries('T', 1_000));
    await settle();
    expect(shown.heard.length).toBe(before + 1);
    seen.see(...records([]).map((record) => record.entry));
    await settle();
    expect(shown.heard.length).toBe(before + 1);
  });
});

describe('commands', () => {
  it('reach the recorder of the panel’s tab', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    const other = recorder(chromium, 2, 'other');
    const shown = panel(chromium, 1);
    await settle();
    shown.port.send({ type: 'visible', visible: true });
    shown.port.send({ type: 'configure', settings: { recording: false, preserveLog: true } });
    shown.port.send({ type: 'clear' });
    await settle();
    shown.port.disconnect();
    await settle();
    expect(seen.commands.slice(1)).toEqual([
      { type: 'watched', watched: true },
      { type: 'configure', settings: { recording: false, preserveLog: true } },
      { type: 'clear' },
      { type: 'watched', watched: false },
    ]);
    expect(other.commands).toEqual([{ type: 'watched', watched: false }]);
  });

  it('asks the recorder for a tick when the diagnosis may change by itself', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    seen.see({ ...entry({ status: 0, time: 0 }), timings: { blocked: -1 } });
    await settle();
    const wakes = seen.commands.flatMap((command) => (command.type === 'wake' ? command.atMs : []));
    expect(wakes).toHaveLength(1);
    expect(wakes[0]).toBeGreaterThan(T0);
  });
});

const ALL_SECRETS = { secrets: true, hosts: false, texts: [] };

describe('export', () => {
  const ask: PanelToWorker = {
    type: 'export',
    requestId: 7,
    format: 'json',
    notes: 'as seen in the shop',
    hiding: ALL_SECRETS,
  };

  it('answers with the finished file', async () => {
    vi.setSystemTime(new Date(2026, 10, 23, 9, 8, 7));
    const chromium = browser();
    recorder(chromium, 1, 'r').see(...healthyEntries('SECRETSECRETSECRET00'));
    const shown = panel(chromium, 1);
    await settle();
    shown.port.send(ask);
    // The recorder does not answer the worker's `look`, and is not waited for.
    await vi.advanceTimersByTimeAsync(1_500);
    const answer = shown.heard.at(-1);
    expect(answer).toMatchObject({
      type: 'exported',
      requestId: 7,
      fileName: 'socketio-report-localhost-3000-20261123-090808.json',
    });
    const report: unknown = JSON.parse(answer?.type === 'exported' ? answer.text : '');
    expect(report).toMatchObject({ redacted: true, notes: 'as seen in the shop', generator: { version: '1.2.3' } });
    expect(JSON.stringify(report)).not.toContain('SECRETSECRET');
  });

  it.each([
    ['html', /\.html$/, 'text/html', /^<!doctype html>/],
    ['markdown', /\.md$/, 'text/markdown', /^## /],
    ['har', /\.har$/, 'application/json', /^\{\s*"log"/],
  ] as const)('writes it as %s', async (format, name, mimeType, text) => {
    const chromium = browser();
    recorder(chromium, 1, 'r').see(...healthyEntries('SECRETSECRETSECRET00'));
    const shown = panel(chromium, 1);
    await settle();
    shown.port.send({ ...ask, format });
    await vi.advanceTimersByTimeAsync(1_500);
    const answer = shown.heard.at(-1);
    expect(answer).toMatchObject({ type: 'exported', mimeType });
    expect(answer?.type === 'exported' && answer.fileName).toMatch(name);
    expect(answer?.type === 'exported' && answer.text).toMatch(text);
    expect(answer?.type === 'exported' && answer.text).not.toContain('SECRETSECRET');
  });

  it('holds what the recorder finds when it looks once more', async () => {
    const chromium = browser();
    const seen = recorder(chromium, 1, 'r');
    seen.see(...healthyEntries('SID0000000000000AAAA'));
    const shown = panel(chromium, 1);
    await settle();
    shown.port.send(ask);
    await settle();
    const [look] = seen.commands.filter((command) => command.type === 'look');
    expect(shown.heard.some(({ type }) => type === 'exported')).toBe(false);
    seen.see(...healthyEntries('SID0000000000000BBBB', 5_000));
    seen.looked(look?.requestId ?? -1);
    await vi.advanceTimersByTimeAsync(1);
    const answer = shown.heard.findLast(({ type }) => type === 'exported');
    expect(JSON.parse(answer?.type === 'exported' ? answer.text : '').sessions).toHaveLength(2);
  });

  it('answers why there is none when the report cannot be made', async () => {
    const chromium = browser((options) => ({
      ...createEngine(options),
      buildReport: () => {
        throw new Error('no room');
      },
    }));
    const shown = panel(chromium, 1);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    shown.port.send(ask);
    await settle();
    expect(shown.heard.at(-1)).toEqual({
      type: 'failed',
      requestId: 7,
      message: 'The report could not be made: no room',
    });
  });
});

describe('what leaves', () => {
  const page = 'https://shop.acme.test';
  const refused = entry({
    url: 'https://chat.acme.test/socket.io/?EIO=4&transport=polling&t=a1&token=SECRETSECRET12',
    origin: page,
    error: 'net::ERR_FAILED',
  });

  async function asked(message: PanelToWorker) {
    const chromium = browser();
    recorder(chromium, 1, 'r').see(refused);
    const shown = panel(chromium, 1);
    await settle();
    shown.port.send(message);
    await vi.advanceTimersByTimeAsync(1_500);
    return shown.heard.at(-1);
  }

  it('is shown before it does, with what does not', async () => {
    const hiding = { secrets: true, hosts: true, texts: ['tester Kim'] };
    const answer = await asked({ type: 'preview', requestId: 3, format: 'json', notes: 'seen by Tester Kim', hiding });
    if (answer?.type !== 'previewed') throw new Error(`answered ${answer?.type}`);
    expect(answer.text).not.toMatch(/SECRETSECRET|acme|tester kim/i);
    expect(answer.length).toBe(answer.text.length);
    expect(answer.hidden).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'query', placeholder: '[redacted:query:1]', places: ['address'] }),
        expect.objectContaining({ kind: 'custom', placeholder: '[redacted:custom:1]', count: 1, places: ['notes'] }),
        expect.objectContaining({ kind: 'host', placeholder: 'sub-1.host-1.example' }),
      ]),
    );
  });

  it('is a message of five lines for the backend, never with secrets', async () => {
    const hiding = { secrets: false, hosts: false, texts: [] };
    const answer = await asked({ type: 'backend', requestId: 4, endpoint: null, stacks: NO_STACKS, hiding });
    const text = answer?.type === 'message' ? answer.text : null;
    expect(text?.trimEnd().split('\n')).toHaveLength(5);
    expect(text).toContain(
      'curl -sig --max-time 10 -H "Origin: https://shop.acme.test" "https://chat.acme.test/socket.io/',
    );
    expect(text).not.toContain('SECRETSECRET');
  });

  it('opens addresses of the web, and no others', async () => {
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'chrome://settings',
      'https://bugs.example/new?a=b',
    ]) {
      await asked({ type: 'openTab', url });
    }
    expect(opened).toEqual(['https://bugs.example/new?a=b']);
  });
});

describe('a fault in the engine', () => {
  it('in one record costs that record, and is told', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const chromium = browser((options) => {
      const engine = createEngine(options);
      const add: Engine['add'] = (taken) => {
        engine.add(taken.filter((record) => record.seq < 3));
        if (taken.some((record) => record.seq === 3)) throw new Error('what is this');
        engine.add(taken);
      };
      return { ...engine, add };
    });
    recorder(chromium, 1, 'r').see(...healthyEntries('S'));
    const shown = panel(chromium, 1);
    await settle();
    expect(shown.state().exchanges).toHaveLength(4);
    expect(shown.state().limits).toContainEqual({
      code: 'engine-failed',
      text: 'Reading a recorded request failed: what is this. What is shown may be incomplete.',
    });
  });

  it('in the diagnosis leaves the last good one, and is over when it succeeds again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let broken = false;
    const chromium = browser((options) => {
      const engine = createEngine(options);
      return {
        ...engine,
        diagnose() {
          if (broken) throw new Error('rule gone wild');
          return engine.diagnose();
        },
      };
    });
    const seen = recorder(chromium, 1, 'r');
    seen.see(...healthyEntries('S'));
    const shown = panel(chromium, 1);
    await settle();
    broken = true;
    seen.see(...healthyEntries('T', 1_000));
    await settle();
    expect(shown.sids()).toEqual(['S']);
    expect(shown.state().limits.map((limit) => limit.code)).toContain('engine-failed');
    broken = false;
    seen.see(...healthyEntries('U', 2_000));
    await settle();
    expect(shown.sids()).toEqual(['S', 'T', 'U']);
    expect(shown.state().limits.map((limit) => limit.code)).not.toContain('engine-failed');
  });
});

describe('patches', () => {
  /** What may happen to a recorder. */
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('see' as const),
      sid: fc.constantFrom('A', 'B', 'C'),
      status: fc.constantFrom(200, 400, 0),
      at: fc.nat(5_000),
    }),
    fc.record({ kind: fc.constant('forget' as const), seq: fc.integer({ min: 1, max: 20 }) }),
    fc.constant({ kind: 'end' as const }),
  );

  it('bring a panel to the state that a fresh snapshot has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const chromium = browser();
        const seen = recorder(chromium, 1, 'r');
        let patched = panel(chromium, 1);
        for (const now of steps) {
          if (now.kind === 'see')
            seen.see(
              entry({ url: sidUrl(now.sid), status: now.status, at: now.at, body: now.status === 200 ? '2' : '' }),
            );
          if (now.kind === 'forget') seen.forget([now.seq]);
          if (now.kind === 'end') {
            chromium.endWorker();
            patched = panel(chromium, 1);
          }
          await settle();
        }
        const fresh = panel(chromium, 1);
        await settle();
        expect(patched.state()).toEqual(fresh.state());
        seen.close();
      }),
      { numRuns: 60 },
    );
  });
});
