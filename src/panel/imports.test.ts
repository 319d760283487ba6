import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ImporterToPanel, type PanelToImporter, panelToImporter } from '../messaging/import-contract.ts';
import { portPair, type TypedPort, typedPort } from '../messaging/port.ts';
import { panelState } from './dev/builders.ts';
import { createImports, REOPEN_MS } from './imports.ts';

type WorkerEnd = TypedPort<PanelToImporter, ImporterToPanel>;

const FACTS = {
  kind: 'har' as const,
  tool: null,
  environment: { browser: null, os: null, capture: 'har' as const },
  captured: null,
  savedAt: null,
  redacted: false,
  notes: '',
};

/** Imports whose workers answer what `reply` says, if it says anything. */
function start(reply: (message: PanelToImporter) => ImporterToPanel | null) {
  const workers: { port: WorkerEnd; ended: boolean }[] = [];
  const imports = createImports({
    startImporter() {
      const [panelEnd, workerEnd] = portPair();
      const worker = {
        port: typedPort<typeof panelToImporter, ImporterToPanel>(workerEnd, panelToImporter),
        ended: false,
      };
      worker.port.onMessage((message) => {
        const answer = reply(message);
        if (answer) worker.port.send(answer);
      });
      worker.port.onDisconnect(() => {
        worker.ended = true;
      });
      workers.push(worker);
      return panelEnd;
    },
    schedule: (callback) => callback(),
  });
  return { imports, workers, names: () => imports.store.get().files.map(({ name }) => name) };
}

const opened: ImporterToPanel = { type: 'opened', state: panelState(), facts: FACTS };
const opens = (message: PanelToImporter) => (message.type === 'open' ? opened : null);
const file = (name = 'capture.har') => new File(['x'], name);
const settle = () => vi.waitFor(() => {});

afterEach(() => vi.useRealTimers());

describe('imports', () => {
  it('opens each file beside the others, and tells those of one name apart', async () => {
    const { imports, names } = start(opens);
    const ids = imports.open([file(), file(), file('b.har')]);
    expect(names()).toEqual(['capture.har', 'capture.har (2)', 'b.har']);
    expect(imports.store.get().files.map(({ id }) => id)).toEqual(ids);
    await vi.waitFor(() => expect(imports.store.get().files.every(({ content }) => content !== null)).toBe(true));
  });

  it('tells why a file could not be opened, and keeps the others', async () => {
    const { imports, names, workers } = start((message) => {
      if (message.type !== 'open') return null;
      return message.name === 'bad.har' ? { type: 'refused', message: 'bad.har is not\u202e JSON' } : opened;
    });
    imports.open([file(), file('bad.har')]);
    await vi.waitFor(() => expect(imports.store.get().problems).toEqual(['bad.har is not\\u202e JSON']));
    expect(names()).toEqual(['capture.har']);
    await vi.waitFor(() => expect(workers.map(({ ended }) => ended)).toEqual([false, true]));
  });

  it('tells when its reader stops, before and after it has opened', async () => {
    const { imports, workers, names } = start(opens);
    imports.open([file()]);
    await vi.waitFor(() => expect(imports.store.get().files[0]?.content).not.toBeNull());
    workers[0]?.port.disconnect();
    await vi.waitFor(() => expect(names()).toEqual([]));
    expect(imports.store.get().problems).toEqual([
      expect.stringMatching(/^capture\.har cannot be read: its reader stopped/),
    ]);
  });

  it('tells when no reader can be started', () => {
    const imports = createImports({
      startImporter() {
        throw new Error('Extension context invalidated.');
      },
      schedule: (callback) => callback(),
    });
    expect(imports.open([file()])).toEqual([]);
    expect(imports.store.get().problems).toEqual(['capture.har cannot be read: Extension context invalidated.']);
  });

  it('ends the reading of a file that is closed before it is open', async () => {
    const { imports, workers } = start(() => null);
    const [id = ''] = imports.open([file()]);
    await settle();
    imports.close(id);
    expect(imports.store.get()).toMatchObject({ files: [], closed: null });
    await vi.waitFor(() => expect(workers[0]?.ended).toBe(true));
  });

  it('gives back what was closed last, for a while', async () => {
    const { imports, workers, names } = start(opens);
    const [a = '', b = ''] = imports.open([file('a.har'), file('b.har')]);
    await vi.waitFor(() => expect(imports.store.get().files.every(({ content }) => content !== null)).toBe(true));
    vi.useFakeTimers();
    imports.close(a);
    imports.reopen();
    expect(names()).toEqual(['b.har', 'a.har']);
    imports.close(b);
    imports.close(a);
    expect(imports.store.get().closed?.name).toBe('a.har');
    vi.advanceTimersByTime(REOPEN_MS);
    expect(imports.store.get().closed).toBeNull();
    vi.useRealTimers();
    await vi.waitFor(() => expect(workers.map(({ ended }) => ended)).toEqual([true, true]));
  });

  it('opens only so many at a time, and says so', () => {
    const { imports, names } = start(opens);
    imports.open(Array.from({ length: 13 }, (_, index) => file(`${index}.har`)));
    expect(names()).toHaveLength(12);
    expect(imports.store.get().problems).toEqual([
      '12.har was not opened: 12 files are open already. Close one of them first.',
    ]);
  });

  it('asks the file’s own worker', async () => {
    const { imports } = start((message) => {
      if (message.type === 'packets') return { type: 'packets', requestId: message.requestId, packets: [], omitted: 3 };
      return opens(message);
    });
    imports.open([file()]);
    await vi.waitFor(() => expect(imports.store.get().files[0]?.content).not.toBeNull());
    expect(await imports.store.get().files[0]?.answers.packets('s1')).toEqual({ packets: [], omitted: 3 });
  });
});
