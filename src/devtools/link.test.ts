import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type RecorderToWorker, recorderToWorker, type WorkerToRecorder } from '../messaging/contract.ts';
import { portPair, type TypedPort, typedPort } from '../messaging/port.ts';
import { entry, records } from '../testing/entries.ts';
import { CHUNK_RECORDS, type Command, createLink, FLUSH_MS, type Link } from './link.ts';
import { createLog, type RecordLog } from './log.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

interface Connection {
  port: TypedPort<RecorderToWorker, WorkerToRecorder>;
  heard: RecorderToWorker[];
}

interface Stage {
  log: RecordLog;
  link: Link;
  commands: Command[];
  connections: Connection[];
  latest(): Connection;
  resume(lastSeq: number): Promise<void>;
}

/** A link, and the worker's ends of the ports that it opened. */
function stage(count = 0): Stage {
  const log = createLog();
  write(log, count);
  const connections: Connection[] = [];
  const commands: Command[] = [];
  const link = createLink({
    log,
    connect() {
      const [near, far] = portPair();
      const port = typedPort<typeof recorderToWorker, WorkerToRecorder>(far, recorderToWorker);
      const connection: Connection = { port, heard: [] };
      port.onMessage((message) => connection.heard.push(message));
      connections.push(connection);
      return near;
    },
    hello: () => ({
      type: 'hello',
      tabId: 1,
      recorderId: 'r',
      settings: { recording: true, preserveLog: false },
      environment: { browser: null, os: null, capture: 'devtools' },
      page: null,
    }),
    onCommand: (command) => commands.push(command),
  });
  const latest = () => {
    const connection = connections.at(-1);
    if (!connection) throw new Error('the link has opened no port');
    return connection;
  };
  const resume = (lastSeq: number) => {
    latest().port.send({ type: 'resume', lastSeq });
    return settle();
  };
  return { log, link, commands, connections, latest, resume };
}

function write(log: RecordLog, count: number): void {
  for (const { seq, ...record } of records(Array.from({ length: count }, () => entry()))) {
    log.append(record, { key: `k${seq}`, connection: null, attempt: `k${seq}` });
  }
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

const types = ({ heard }: Connection) => heard.map((message) => message.type);
const seqs = ({ heard }: Connection) =>
  heard.flatMap((message) => (message.type === 'records' ? message.records.map((record) => record.seq) : []));

it('says hello first, and sends no record before the worker has answered', async () => {
  const { log, link, latest } = stage(1);
  write(log, 1);
  link.wake();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(types(latest())).toEqual(['hello']);
});

it('says what has changed since the hello', async () => {
  const { link, latest } = stage();
  link.say({ type: 'page', page: { url: 'http://a.test/', origin: 'http://a.test' } });
  await settle();
  expect(types(latest())).toEqual(['hello', 'page']);
});

it('sends what the worker has not got, in chunks, and says when that is all', async () => {
  const { latest, resume } = stage(2 * CHUNK_RECORDS + 10);
  await settle();
  await resume(7);
  await vi.advanceTimersByTimeAsync(100);
  const chunks = latest().heard.filter((message) => message.type === 'records');
  expect(chunks.map((chunk) => [chunk.records.length, chunk.done])).toEqual([
    [CHUNK_RECORDS, false],
    [CHUNK_RECORDS, false],
    [3, true],
  ]);
  expect(seqs(latest())).toEqual(Array.from({ length: 2 * CHUNK_RECORDS + 3 }, (_, index) => index + 8));
});

it('says that an empty log is all', async () => {
  const { latest, resume } = stage();
  await settle();
  await resume(0);
  expect(latest().heard.at(-1)).toEqual({ type: 'records', records: [], done: true });
});

it('tells what was forgotten since, and what the bounds dropped', async () => {
  const { log, latest, resume } = stage(5);
  log.forget((record) => record.seq === 2 || record.seq === 5);
  await settle();
  await resume(3);
  expect(latest().heard[1]).toEqual({ type: 'forget', seqs: [2], dropped: { exchanges: 0, sessions: 0 } });
  expect(seqs(latest())).toEqual([4]);
});

it('sends new records together', async () => {
  const { log, link, latest, resume } = stage();
  await settle();
  await resume(0);
  for (let count = 0; count < 3; count++) {
    write(log, 1);
    link.wake();
  }
  const before = latest().heard.length;
  await vi.advanceTimersByTimeAsync(FLUSH_MS);
  expect(latest().heard.slice(before)).toMatchObject([
    { type: 'records', records: [{ seq: 1 }, { seq: 2 }, { seq: 3 }], done: true },
  ]);
});

it('only tells of forgotten records that the worker knows', async () => {
  const { log, link, latest, resume } = stage(2);
  await settle();
  await resume(0);
  write(log, 1);
  link.forgot(log.forget((record) => record.seq !== 1));
  await settle();
  expect(latest().heard.at(-1)).toMatchObject({ type: 'forget', seqs: [2] });
});

it('connects again at once when the worker ends, and says everything to the next one', async () => {
  const { connections, latest, resume } = stage(3);
  await vi.advanceTimersByTimeAsync(30_000);
  await resume(0);
  latest().port.disconnect();
  await settle();
  expect(connections).toHaveLength(2);
  await resume(0);
  expect(seqs(latest())).toEqual([1, 2, 3]);
});

it('gives a worker that keeps dying time', async () => {
  const { connections, latest } = stage();
  const endAtOnce = setInterval(() => latest().port.disconnect(), 10);
  await vi.advanceTimersByTimeAsync(10_000);
  clearInterval(endAtOnce);
  expect(connections.length).toBeGreaterThan(5);
  expect(connections.length).toBeLessThan(15);
});

it('hands on the worker’s commands', async () => {
  const { commands, latest, resume } = stage();
  await settle();
  await resume(0);
  latest().port.send({ type: 'wake', atMs: 5 });
  latest().port.send({ type: 'clear' });
  await settle();
  expect(commands).toEqual([{ type: 'wake', atMs: 5 }, { type: 'clear' }]);
});
