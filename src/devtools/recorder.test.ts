import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EntryRecord, LogRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import { type FakeDevTools, type FakeDevToolsOptions, fakeDevTools } from '../testing/devtools.ts';
import { entry, handshakeUrl, message, openBody, PAGE, SERVER, sidUrl, socketEntry, T0 } from '../testing/entries.ts';
import type { LogBounds } from './log.ts';
import { SOON_MS } from './look-schedule.ts';
import { BODY_WAIT_MS, type Recorder, startRecorder } from './recorder.ts';

/** When the recorder starts: the page was there since `T0`. */
const START_MS = T0 + 1_000;

beforeEach(() => void vi.useFakeTimers({ now: START_MS }));
afterEach(() => void vi.useRealTimers());

interface Stage {
  devtools: FakeDevTools;
  recorder: Recorder;
  forgotten: number[];
}

async function start(options: FakeDevToolsOptions = {}, bounds?: LogBounds): Promise<Stage> {
  const devtools = fakeDevTools({ document: { url: `${PAGE}/`, startedMs: T0 }, ...options });
  return { devtools, ...(await startOn(devtools, bounds)) };
}

async function startOn(devtools: FakeDevTools, bounds?: LogBounds): Promise<Omit<Stage, 'devtools'>> {
  const forgotten: number[] = [];
  const recorder = startRecorder(
    devtools,
    {
      onGrown: () => undefined,
      onForgotten: (seqs) => forgotten.push(...seqs),
      onPage: () => undefined,
      onSettings: () => undefined,
    },
    bounds,
  );
  await vi.advanceTimersByTimeAsync(0);
  return { recorder, forgotten };
}

function logged(recorder: Recorder): LogRecord[] {
  return [...recorder.log.after(0)].map(({ record }) => record);
}

function entries(recorder: Recorder): EntryRecord[] {
  return logged(recorder).filter((record) => record.kind === 'entry');
}

function limits(recorder: Recorder): string[] {
  return logged(recorder).flatMap((record) => (record.kind === 'limit' ? record.code : []));
}

/** Longer than the recorder takes to find out which document a page shows. */
const settle = () => vi.advanceTimersByTimeAsync(150);

/** The page's own entry, so that DevTools does not look opened late. */
function documentEntry(url = `${PAGE}/`, at = 0): HarEntry {
  return entry({ url, at, requestHeaders: { 'Sec-Fetch-Dest': 'document' }, body: '<!doctype html>' });
}

describe('finished requests', () => {
  it('logs an Engine.IO request with its body and page, and nothing else', async () => {
    const { devtools, recorder } = await start();
    devtools.finish(
      { entry: entry({ at: 2000 }), body: openBody('S') },
      { entry: entry({ url: `${PAGE}/app.js` }), body: 'js' },
    );
    await settle();
    expect(entries(recorder)).toMatchObject([
      { body: openBody('S'), pageUrl: `${PAGE}/`, firstFrame: 0, seenMs: START_MS },
    ]);
  });

  it('logs a request whose body does not come without it, and again with it', async () => {
    const { devtools, recorder } = await start();
    const body = new Promise<string>((resolve) => setTimeout(() => resolve('late'), BODY_WAIT_MS + 500));
    devtools.finish({ entry: entry({ at: 2000 }), body });
    await vi.advanceTimersByTimeAsync(BODY_WAIT_MS - 1);
    expect(entries(recorder)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(entries(recorder).map((record) => record.body)).toEqual([null]);
    await vi.advanceTimersByTimeAsync(500);
    expect(entries(recorder).map((record) => record.body)).toEqual([null, 'late']);
  });

  it('leaves out a body that is too large, and says so once', async () => {
    const { devtools, recorder } = await start();
    const large = 'x'.repeat(256 * 1024 + 1);
    devtools.finish({ entry: entry({ at: 2000 }), body: large }, { entry: entry({ at: 2001 }), body: large });
    await settle();
    expect(entries(recorder).map((record) => record.body)).toEqual([null, null]);
    expect(limits(recorder).filter((code) => code === 'body-too-large')).toHaveLength(1);
  });

  it('survives an entry that is none', async () => {
    const { devtools, recorder } = await start();
    const broken = entry({ at: 2000 });
    Reflect.deleteProperty(broken, 'response');
    devtools.finish({ entry: broken }, { entry: entry({ at: 2001 }), body: 'ok' });
    await settle();
    expect(entries(recorder)).toHaveLength(1);
  });
});

describe('other answers of a Socket.IO server', () => {
  const api = (path: string, acao: string | null, at: number): { entry: HarEntry; body: string } => ({
    entry: entry({ url: `${SERVER}${path}`, at, responseHeaders: acao ? { 'Access-Control-Allow-Origin': acao } : {} }),
    body: 'secret',
  });

  it('logs those that name an allowed origin, once each and without their content, also from just before', async () => {
    const { devtools, recorder } = await start();
    devtools.finish(api('/api/users?page=1', PAGE, 2000), api('/plain', null, 2001));
    devtools.finish({ entry: entry({ at: 2002 }), body: 'x' });
    devtools.finish(api('/api/users?page=2', PAGE, 2003), api('/login', '*', 2004));
    await settle();
    const others = entries(recorder).filter((record) => !record.entry.request.url.includes('EIO='));
    expect(others.map((record) => [new URL(record.entry.request.url).pathname, record.body])).toEqual([
      ['/api/users', null],
      ['/login', null],
    ]);
    expect(JSON.stringify(others)).not.toContain('secret');
  });

  it('logs none of other servers', async () => {
    const { devtools, recorder } = await start();
    devtools.finish({ entry: entry({ at: 2000 }), body: 'x' });
    devtools.finish({
      entry: entry({ url: 'http://cdn.example/x', at: 2001, responseHeaders: { 'Access-Control-Allow-Origin': '*' } }),
    });
    await settle();
    expect(entries(recorder)).toHaveLength(1);
  });
});

describe('what was there before', () => {
  it('backfills from getHAR without logging twice what also finishes', async () => {
    const devtools = fakeDevTools({ document: { url: `${PAGE}/`, startedMs: T0 } });
    const handshake = { entry: entry({ at: 500 }), body: openBody('S') };
    devtools.show({ entry: documentEntry(), body: '<!doctype html>' }, handshake);
    const { recorder } = await startOn(devtools);
    devtools.finish(handshake);
    await settle();
    expect(entries(recorder).map((record) => record.entry.request.url)).toHaveLength(2);
    expect(limits(recorder)).toEqual([]);
  });

  it('says that DevTools was opened late when the document itself was not seen', async () => {
    const { recorder } = await start();
    expect(limits(recorder)).toEqual(['devtools-opened-late']);
  });

  it('does not say so of a page that began after DevTools, or is no page', async () => {
    const young = await start({ document: { url: `${PAGE}/`, startedMs: START_MS - 50 } });
    const blank = await start({ document: { url: 'about:blank', startedMs: T0 } });
    const unknown = await start({ document: null });
    await settle();
    expect([young, blank, unknown].flatMap(({ recorder }) => limits(recorder))).toEqual([]);
  });
});

describe('looks', () => {
  it('looks again for the answer of a request that was blocked before the answer was seen', async () => {
    const { devtools, recorder } = await start();
    recorder.setWatched(true);
    await settle();
    const url = handshakeUrl();
    const blocked = (status: number) => entry({ url, at: 2000, status, error: 'net::ERR_FAILED' });
    devtools.finish({ entry: blocked(0) });
    devtools.show({ entry: blocked(200) });
    await vi.advanceTimersByTimeAsync(SOON_MS + 150);
    expect(entries(recorder).map((record) => record.entry.response.status)).toEqual([0, 200]);
  });

  it('logs an open WebSocket frame by frame', async () => {
    const { devtools, recorder } = await start();
    const frames = [message('send', '2probe', 2010), message('receive', '3probe', 2020), message('send', '5', 2030)];
    const socket = (count: number) => ({
      entry: socketEntry({ at: 2000, key: 'k==', messages: frames.slice(0, count) }),
    });
    devtools.show(socket(2));
    recorder.setWatched(true);
    await settle();
    devtools.show(socket(3));
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(entries(recorder).map((record) => [record.firstFrame, record.entry._webSocketMessages?.length])).toEqual([
      [0, 2],
      [2, 1],
    ]);
  });

  it('logs the end of a WebSocket that brought no frame', async () => {
    const { devtools, recorder } = await start();
    const messages = [message('receive', openBody('S'), 2010)];
    devtools.show({ entry: socketEntry({ at: 2000, key: 'k==', messages }) });
    recorder.setWatched(true);
    await settle();
    devtools.finish({ entry: socketEntry({ at: 2000, key: 'k==', messages, endsAfter: 3000 }) });
    await settle();
    expect(entries(recorder).map((record) => record.entry.time)).toEqual([10, 3000]);
    expect(entries(recorder)[1]).toMatchObject({ firstFrame: 1, entry: { _webSocketMessages: [] } });
  });

  it('notes the end of a WebSocket that shows in nothing else: it came right after a frame', async () => {
    const { devtools, recorder } = await start();
    const socket = socketEntry({ at: 2000, key: 'k==', messages: [message('receive', openBody('S'), 2010)] });
    devtools.show({ entry: socket });
    recorder.setWatched(true);
    await settle();
    devtools.finish({ entry: socket });
    await settle();
    expect(entries(recorder).map((record) => record.entry._ended)).toEqual([undefined, true]);
  });

  it('logs a pending request, and again when it has finished', async () => {
    const { devtools, recorder } = await start();
    const url = sidUrl('S');
    devtools.show({ entry: entry({ url, at: 2000, status: 0, time: 0 }) });
    recorder.setWatched(true);
    await settle();
    devtools.finish({ entry: entry({ url, at: 2000, status: 200, time: 700 }), body: '6' });
    await settle();
    expect(entries(recorder).map((record) => [record.entry.response.status, record.body])).toEqual([
      [0, null],
      [200, '6'],
    ]);
  });

  it('never looks while nobody watches', async () => {
    const { devtools, recorder } = await start();
    expect(devtools.looks()).toBe(1);
    devtools.finish({ entry: entry({ at: 2000 }), body: openBody('S') });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(devtools.looks()).toBe(1);
    recorder.setWatched(true);
    recorder.setWatched(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(devtools.looks()).toBe(1);
  });

  it('never looks while nothing is recorded', async () => {
    const { devtools, recorder } = await start();
    recorder.configure({ recording: false, preserveLog: false });
    recorder.setWatched(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(devtools.looks()).toBe(1);
    recorder.configure({ recording: true, preserveLog: false });
    await settle();
    expect(devtools.looks()).toBe(2);
  });

  it('looks soon after a handshake, and only once for its connection', async () => {
    const { devtools, recorder } = await start();
    recorder.setWatched(true);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = devtools.looks();
    devtools.finish({ entry: entry({ at: 2000 }), body: openBody('S') });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(devtools.looks()).toBe(before + 1);
    devtools.finish({ entry: entry({ at: 3000, url: sidUrl('S') }), body: '40' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(devtools.looks()).toBe(before + 1);
  });

  it('does not count to its cost what DevTools was busy with otherwise', async () => {
    const { devtools, recorder } = await start({ harTakesMs: 400 });
    await vi.advanceTimersByTimeAsync(1_000);
    recorder.setWatched(true);
    await vi.advanceTimersByTimeAsync(400 + 5_000 + 400);
    expect(devtools.looks()).toBe(3);
  });

  it('completes headers that came late', async () => {
    const { devtools, recorder } = await start();
    const provisional = entry({ at: 2000, url: sidUrl('S') });
    const complete = structuredClone(provisional);
    complete.request.headers.push({ name: 'Cookie', value: 'io=1' });
    devtools.finish({ entry: provisional, body: 'ok' });
    devtools.show({ entry: complete });
    recorder.setWatched(true);
    await settle();
    expect(entries(recorder).map((record) => record.entry.request.headers.length)).toEqual([
      provisional.request.headers.length,
      complete.request.headers.length,
    ]);
  });

  it("tells of Firefox's filter when an event is overdue, and logs the request from getHAR", async () => {
    const { devtools, recorder } = await start({ filtersEvents: true });
    recorder.setWatched(true);
    devtools.show({ entry: entry({ at: 2_000 }), ownBody: openBody('S') });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(limits(recorder)).toContain('firefox-network-filter');
    expect(entries(recorder)).toMatchObject([{ body: openBody('S') }]);
  });

  it('asks the page whether it used a sid that no request of the record uses, and says that requests are missing', async () => {
    const { devtools, recorder } = await start({ filtersEvents: true });
    devtools.finish({ entry: entry({ at: 1_100 }), body: openBody('LOST') });
    await settle();
    devtools.remember(`${PAGE}/app.js?sid=LOST`, sidUrl('LOST'));
    recorder.wakeAt(T0 + 5_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(entries(recorder).map((record) => record.entry._sidUsed)).toEqual([undefined, true]);
    expect(logged(recorder).at(-1)?.kind).toBe('tick');
    expect(limits(recorder)).toContain('firefox-lost-requests');
  });

  it.each([
    ['the page fetched nothing with it', [], true],
    ['the browser marks what it blocks', [sidUrl('GIVEN')], false],
  ])('says nothing of a sid where %s', async (_, remembered, filtersEvents) => {
    const { devtools, recorder } = await start({ filtersEvents });
    devtools.finish({ entry: entry({ at: 1_100 }), body: openBody('GIVEN') });
    await settle();
    devtools.remember(...remembered);
    recorder.wakeAt(T0 + 5_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(entries(recorder)).toHaveLength(1);
    expect(limits(recorder)).not.toContain('firefox-lost-requests');
  });

  it('does not blame a filter for what finished while nothing was recorded', async () => {
    const { devtools, recorder } = await start({ filtersEvents: true });
    recorder.configure({ recording: false, preserveLog: false });
    const paused = { entry: entry({ at: 1_100 }), ownBody: 'x' };
    vi.setSystemTime(T0 + 1_200);
    devtools.finish(paused);
    recorder.configure({ recording: true, preserveLog: false });
    devtools.show(paused);
    await vi.advanceTimersByTimeAsync(5_000);
    recorder.setWatched(true);
    await settle();
    expect(limits(recorder)).not.toContain('firefox-network-filter');
  });

  it('does not blame a filter for what has finished, is young, pending or older than the recorder', async () => {
    const { devtools, recorder } = await start({ filtersEvents: true });
    const finished = { entry: entry({ at: 1_500 }), ownBody: 'x' };
    devtools.finish(finished);
    recorder.setWatched(true);
    devtools.show(
      finished,
      { entry: entry({ at: 500 }), ownBody: 'x' },
      { entry: entry({ at: 1_500, status: 0 }), ownBody: '' },
      { entry: entry({ at: 1_500 }) },
      { entry: entry({ at: 5_500 }), ownBody: 'x' },
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(limits(recorder)).not.toContain('firefox-network-filter');
  });
});

describe('navigation', () => {
  const next = { url: `${PAGE}/next`, startedMs: T0 + 60_000 };
  const old = () => ({ entry: entry({ at: 2_000 }), body: openBody('OLD') });

  async function withOld(options: FakeDevToolsOptions = {}): Promise<Stage> {
    const stage = await start(options);
    stage.devtools.finish(old());
    await settle();
    vi.setSystemTime(next.startedMs + 100);
    return stage;
  }

  const urls = (recorder: Recorder) => entries(recorder).map((record) => record.body);

  it('forgets the old page, and what was said of its circumstances', async () => {
    const { devtools, recorder, forgotten } = await withOld();
    const before = logged(recorder).map((record) => record.seq);
    devtools.navigate(next);
    await settle();
    expect(logged(recorder)).toEqual([]);
    expect(forgotten).toEqual(before);
    expect(recorder.log.dropped()).toEqual({ exchanges: 0, sessions: 0 });
  });

  it('keeps it with preserveLog', async () => {
    const { devtools, recorder } = await withOld();
    recorder.configure({ recording: true, preserveLog: true });
    const before = logged(recorder);
    devtools.navigate(next);
    await settle();
    expect(logged(recorder)).toEqual(before);
  });

  it('waits until it is known which page a request is of', async () => {
    const { devtools, recorder } = await start();
    const answer = devtools.evaluateInPage;
    devtools.evaluateInPage = async (expression) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return answer(expression);
    };
    vi.setSystemTime(next.startedMs + 100);
    devtools.navigate(next);
    devtools.finish({ entry: { ...entry({ at: 60_050 }), pageref: 'page_2' }, body: openBody('NEW') });
    await vi.advanceTimersByTimeAsync(299);
    expect(urls(recorder)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(entries(recorder)).toMatchObject([{ body: openBody('NEW'), pageUrl: next.url }]);
  });

  it('looks soon: a page whose only transport is WebSocket shows nothing else', async () => {
    const { devtools, recorder } = await withOld();
    recorder.setWatched(true);
    await settle();
    const before = devtools.looks();
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(devtools.looks()).toBe(before + 1);
  });

  it('logs a document once that both came and was there', async () => {
    const devtools = fakeDevTools({ document: null, harTakesMs: 200 });
    const document = { entry: documentEntry(next.url, 60_000), body: '<!doctype html>' };
    vi.setSystemTime(next.startedMs - 100);
    const { recorder } = await startOn(devtools);
    devtools.show(document);
    await vi.advanceTimersByTimeAsync(150);
    devtools.finish(document);
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(entries(recorder)).toHaveLength(1);
  });

  it('does not insist on asking a page that has been left again', async () => {
    const { devtools, recorder } = await withOld();
    devtools.evaluateInPage = async () => undefined;
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(20);
    devtools.navigate({ url: 'about:blank', startedMs: next.startedMs + 20 });
    await vi.advanceTimersByTimeAsync(400);
    expect(entries(recorder)).toEqual([]);
    expect(recorder.page()).toBeNull();
  });

  it('does not wait for a page behind a dialog', async () => {
    const { devtools, recorder } = await withOld();
    devtools.evaluateInPage = () => new Promise(() => undefined);
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(entries(recorder)).toEqual([]);
  });

  it('keeps everything when the page only changes its URL', async () => {
    const { devtools, recorder } = await withOld();
    const before = logged(recorder);
    devtools.pushState(`${PAGE}/routed`);
    await settle();
    expect(logged(recorder)).toEqual(before);
    expect(recorder.page()).toEqual({ url: `${PAGE}/routed`, origin: PAGE });
  });

  it('asks the page rarely, however often it changes its URL', async () => {
    const { devtools, recorder } = await withOld();
    const evaluate = vi.spyOn(devtools, 'evaluateInPage');
    for (let step = 0; step < 100; step++) {
      devtools.pushState(`${PAGE}/scrolled/${step}`);
      await vi.advanceTimersByTimeAsync(10);
    }
    await settle();
    expect(evaluate.mock.calls.length).toBeLessThan(15);
    expect(recorder.page()?.url).toBe(`${PAGE}/scrolled/99`);
  });

  it('keeps the first requests of the new page that came before the news of it, under its URL', async () => {
    const { devtools, recorder } = await withOld();
    devtools.finish({ entry: { ...entry({ at: 60_050 }), pageref: 'page_2' }, body: openBody('NEW') });
    await settle();
    devtools.navigate(next);
    await settle();
    expect(entries(recorder)).toMatchObject([{ body: openBody('NEW'), pageUrl: next.url }]);
  });

  it('tells pages apart by their start where there is no pageref', async () => {
    const { devtools, recorder } = await start();
    const unpaged = (at: number) => ({ ...entry({ at }), pageref: undefined });
    devtools.finish(
      { entry: unpaged(2_000), body: 'old' },
      { entry: unpaged(60_010), body: 'old, while the new one was loading' },
    );
    await settle();
    vi.setSystemTime(next.startedMs + 100);
    devtools.finish({ entry: unpaged(60_030), body: 'new' });
    devtools.navigate(next);
    await settle();
    expect(urls(recorder)).toEqual(['new']);
  });

  it('does not log an old request whose body comes after the navigation', async () => {
    const { devtools, recorder } = await start();
    const body = new Promise<string>((resolve) => setTimeout(() => resolve('old'), 200));
    devtools.finish({ entry: entry({ at: 2_000 }), body });
    vi.setSystemTime(next.startedMs + 100);
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entries(recorder)).toEqual([]);
  });

  it('logs such a request under its own page with preserveLog', async () => {
    const { devtools, recorder } = await start();
    recorder.configure({ recording: true, preserveLog: true });
    const body = new Promise<string>((resolve) => setTimeout(() => resolve('old'), 200));
    devtools.finish({ entry: entry({ at: 2_000 }), body });
    vi.setSystemTime(next.startedMs + 100);
    devtools.navigate(next);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entries(recorder)).toMatchObject([{ body: 'old', pageUrl: `${PAGE}/` }]);
  });

  it('does not bring the old page back when getHAR still shows it', async () => {
    const { devtools, recorder } = await withOld();
    devtools.navigate(next);
    await settle();
    devtools.show(old());
    recorder.setWatched(true);
    await settle();
    expect(entries(recorder)).toEqual([]);
  });

  it.each([
    ['first', true],
    ['last', false],
  ])('logs the new document, also when its entry came %s', async (_, comesFirst) => {
    const { devtools, recorder } = await withOld();
    const document = { entry: documentEntry(next.url, 60_000), body: '<!doctype html>' };
    if (comesFirst) devtools.finish(document);
    devtools.navigate(next);
    await settle();
    if (!comesFirst) devtools.finish({ entry: entry({ url: `${PAGE}/app.js`, at: 60_100 }) }, document);
    await settle();
    expect(entries(recorder)).toMatchObject([{ body: '<!doctype html>', pageUrl: next.url }]);
  });

  it('goes by the time of the news when the page cannot be asked', async () => {
    const { devtools, recorder } = await withOld();
    devtools.evaluateInPage = async () => undefined;
    devtools.navigate({ url: 'chrome-error://chromewebdata/', startedMs: next.startedMs });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entries(recorder)).toEqual([]);
    expect(recorder.page()).toBeNull();
  });
});

describe('commands', () => {
  it('clears, and does not bring back what was cleared', async () => {
    const { devtools, recorder, forgotten } = await start();
    const finished = entry({ at: 2_000 });
    devtools.finish({ entry: finished, body: openBody('S') });
    await settle();
    const seqs = logged(recorder).map((record) => record.seq);
    recorder.clear();
    expect(forgotten).toEqual(seqs);
    const withMoreHeaders = structuredClone(finished);
    withMoreHeaders.request.headers.push({ name: 'Cookie', value: 'a=b' });
    devtools.show({ entry: withMoreHeaders });
    recorder.setWatched(true);
    await settle();
    expect(entries(recorder)).toEqual([]);
  });

  it('shows a connection that is still alive again, from its first frame', async () => {
    const { devtools, recorder } = await start();
    const messages = [message('receive', openBody('S'), 2010), message('receive', '2', 27_010)];
    devtools.finish({ entry: socketEntry({ at: 2000, key: 'k==', messages: messages.slice(0, 1) }) });
    await settle();
    recorder.clear();
    devtools.show({ entry: socketEntry({ at: 2000, key: 'k==', messages }) });
    recorder.setWatched(true);
    await settle();
    expect(entries(recorder)).toMatchObject([{ firstFrame: 0, entry: { _webSocketMessages: messages } }]);
  });

  it('does not log what was on its way when it was cleared', async () => {
    const { devtools, recorder } = await start();
    devtools.finish({
      entry: entry({ at: 2_000 }),
      body: new Promise((resolve) => setTimeout(() => resolve('late'), 100)),
    });
    recorder.clear();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entries(recorder)).toEqual([]);
  });

  it('logs nothing while not recording, nor later what was requested then', async () => {
    const { devtools, recorder } = await start();
    recorder.configure({ recording: false, preserveLog: false });
    const paused = { entry: entry({ at: 1_100 }), body: openBody('PAUSED') };
    vi.setSystemTime(T0 + 1_200);
    devtools.finish(paused);
    await settle();
    vi.setSystemTime(T0 + 3_000);
    recorder.configure({ recording: true, preserveLog: false });
    devtools.show(paused, { entry: entry({ at: 1_300 }) }, { entry: entry({ at: 3_100 }) });
    recorder.setWatched(true);
    await settle();
    expect(entries(recorder).map((record) => Date.parse(record.entry.startedDateTime) - T0)).toEqual([3_100]);
  });

  it('logs a tick when one is asked for, the latest only, and none while not recording', async () => {
    const { recorder } = await start();
    const ticks = () => logged(recorder).filter((record) => record.kind === 'tick');
    recorder.wakeAt(Date.now() + 1_000);
    recorder.wakeAt(Date.now() + 2_000);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(ticks()).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(ticks()).toMatchObject([{ atMs: Date.now() }]);
    recorder.wakeAt(Date.now() + 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ticks()).toMatchObject([{ atMs: Date.now() }]);
    recorder.wakeAt(Date.now() + 1_000);
    recorder.configure({ recording: false, preserveLog: false });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ticks()).toMatchObject([{ atMs: Date.now() - 5_000 }]);
  });
});

describe('bounds', () => {
  it('evicts the oldest attempts, tells of it, and does not log them again', async () => {
    const { devtools, recorder, forgotten } = await start({}, { records: 3, text: 1e9 });
    const attempts = [2_000, 2_001, 2_002, 2_003].map((at) => ({
      entry: entry({ at, status: 0, error: 'net::ERR_FAILED' }),
    }));
    devtools.finish(...attempts);
    await settle();
    const kept = () => entries(recorder).map((record) => Date.parse(record.entry.startedDateTime) - T0);
    expect(kept()).toEqual([2_001, 2_002, 2_003]);
    expect(forgotten).toHaveLength(1);
    expect(recorder.log.dropped()).toEqual({ exchanges: 1, sessions: 1 });
    devtools.show(...attempts);
    recorder.setWatched(true);
    await settle();
    expect(kept()).toEqual([2_001, 2_002, 2_003]);
    recorder.clear();
    expect(recorder.log.dropped()).toEqual({ exchanges: 0, sessions: 0 });
  });

  it('logs a connection that was evicted and goes on from its first frame', async () => {
    const { devtools, recorder } = await start({}, { records: 2, text: 1e9 });
    const messages = [message('receive', openBody('S'), 2_010), message('receive', '2', 27_010)];
    devtools.show({ entry: socketEntry({ at: 2_000, key: 'k==', messages: messages.slice(0, 1) }) });
    recorder.setWatched(true);
    await settle();
    devtools.finish(
      { entry: entry({ at: 3_000, status: 0, error: '' }) },
      { entry: entry({ at: 3_001, status: 0, error: '' }) },
    );
    await settle();
    expect(entries(recorder).map((record) => record.entry._webSocketMessages)).toEqual([undefined, undefined]);
    devtools.show({ entry: socketEntry({ at: 2_000, key: 'k==', messages }) });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(entries(recorder).at(-1)).toMatchObject({ firstFrame: 0, entry: { _webSocketMessages: messages } });
  });
});
