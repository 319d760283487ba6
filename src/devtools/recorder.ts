/**
 * The recorder: what DevTools shows of the inspected page -> the numbered log. It knows no browser: `Network` is what it is
 * given. Traffic that is not Engine.IO costs one string test.
 */

import { isTorn } from '../capture/entry.ts';
import { identityOf, isWebSocket } from '../capture/identity.ts';
import { isNeighbour } from '../capture/neighbours.ts';
import type { RecorderSettings } from '../messaging/contract.ts';
import type { HarEntry } from '../model/har.ts';
import type { Diagnosis } from '../model/report.ts';
import { looksLikeEngineIo, parseEngineUrl } from '../protocol/engine-url.ts';
import { pageOf } from './documents.ts';
import { connectionOf } from './identity.ts';
import { createJournal } from './journal.ts';
import type { LogBounds, RecordLog } from './log.ts';
import { createLookSchedule } from './look-schedule.ts';
import { type Body, type Network, type NetworkRequest, NO_BODY, readEntry, wait } from './network.ts';
import { watchPage } from './page-watch.ts';
import { createPauses } from './pauses.ts';
import { createSidWitness } from './sid-witness.ts';

/** What the recorder tells the one who sends its log on. */
export interface RecorderEvents {
  onGrown(): void;
  onForgotten(seqs: number[]): void;
  onPage(page: Diagnosis['page']): void;
  onSettings(settings: RecorderSettings): void;
}

export interface Recorder {
  log: RecordLog;
  settings(): RecorderSettings;
  page(): Diagnosis['page'];
  clear(): void;
  configure(settings: RecorderSettings): void;
  /** Whether someone looks at the panel: what only `getHAR` shows is looked for only then. */
  setWatched(watched: boolean): void;
  /** Logs what only a look shows, whether anyone watches or not. Never rejects. */
  lookNow(): Promise<void>;
  /** Logs a tick at that time (ms since the epoch); null cancels. */
  wakeAt(atMs: number | null): void;
}

/** A body that takes longer is logged when it comes; until then its request is there without it. */
export const BODY_WAIT_MS = 1_000;
/** The beginning of a document is where a `<meta>` policy is. */
const MAX_DOCUMENT_TEXT = 64 * 1024;
/** The document's own entry may come before the document is known to be there: the last requests of others are kept for that. */
const RECENT_OTHERS = 40;
/** An event that has not come this long after its request ended will not come. */
const EVENT_WAIT_MS = 3_000;
/** What takes longer than this is not the look: DevTools had something else to do (measured: 0.09 ms an entry). */
const MOST_AN_ENTRY_COSTS_MS = 0.5;
const MOST_A_LOOK_COSTS_MS = 10;
/** A document that answered this little before the recorder began may still show all its requests. */
const LATE_GRACE_MS = 250;

/** Chromium's words for what it refused: an answer that CORS blocks, a preflight that is redirected. */
const REFUSALS = ['net::ERR_FAILED', 'net::ERR_INVALID_REDIRECT'];

/**
 * Chromium tells of a request that CORS blocks as soon as it fails, now and then before DevTools has the answer's status and
 * headers: `getHAR` has them a moment later.
 */
function isWithoutAnswer({ response }: HarEntry): boolean {
  return response.status === 0 && REFUSALS.includes(response._error ?? '');
}

/** Starts to record. */
export function startRecorder(network: Network, events: RecorderEvents, bounds?: LogBounds): Recorder {
  const startedMs = Date.now();
  let settings: RecorderSettings = { recording: true, preserveLog: false };
  let watched = false;
  let clears = 0;
  let tickAtMs: number | null = null;
  let tickTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the browser leaves open which answers it kept from the page; known after the first look. */
  let needsWitness = false;
  /** Whether the page is there and its document's own entry is not, yet. */
  let lacksDocument = false;
  const others: NetworkRequest[] = [];
  const upgradesExpected = new Set<string>();
  const servers = new Set<string>();
  const pauses = createPauses();
  const schedule = createLookSchedule(look);
  const witness = createSidWitness(network, ({ entry, body, seenMs }) => {
    journal.write({ ...entry, _sidUsed: true }, body, seenMs);
    if (Date.now() > seenMs + EVENT_WAIT_MS) journal.limit('firefox-lost-requests');
  });

  // The listener comes first: nothing may be missed while the page is being asked.
  network.onRequestFinished(takeFinished);
  const { documents, settled } = watchPage(network, onDocument);
  const journal = createJournal({ documents, bounds, keepsAll: () => settings.preserveLog, ...events });
  const { sightings } = journal;
  void settled().then(backfill);

  function takeFinished(request: NetworkRequest): void {
    if (!looksLikeEngineIo(request.url)) {
      others.push(request);
      if (others.length > RECENT_OTHERS) others.shift();
      if (lacksDocument) void takeDocument([request]);
      return takeNeighbour(request);
    }
    noteServer(request.url);
    const entry = readEntry(request);
    const key = entry && identityOf(entry);
    if (!entry || !key) return;
    if (!settings.recording) return sightings.isLogged(key) ? undefined : sightings.dismiss(key, entry);
    sightings.markFinished(key);
    if (isTorn(entry)) journal.limit('firefox-lost-requests');
    void capture(request, entry);
  }

  /** From its first Engine.IO request on, a server's other answers count; of those before it, the last ones are still there. */
  function noteServer(url: string): void {
    const origin = parseEngineUrl(url)?.origin;
    if (origin === undefined || servers.has(origin)) return;
    servers.add(origin);
    for (const other of others) takeNeighbour(other);
  }

  function takeNeighbour(request: NetworkRequest): void {
    if (!settings.recording || ![...servers].some((origin) => request.url.startsWith(`${origin}/`))) return;
    const entry = readEntry(request);
    if (entry && isNeighbour(entry)) void settled().then(() => journal.writeNeighbour(entry));
  }

  /** Logs a finished request as soon as its body is there, or without it when that takes too long. */
  async function capture(request: NetworkRequest, entry: HarEntry): Promise<void> {
    const seenMs = Date.now();
    const atClear = clears;
    const reading = bodyIsLikely(entry) ? request.readBody() : Promise.resolve(NO_BODY);
    const body = await Promise.race([reading, wait(BODY_WAIT_MS)]);
    await settled();
    await askWitness();
    if (atClear !== clears) return;
    write(entry, body ?? NO_BODY, seenMs);
    const late = await reading;
    if (atClear !== clears) return;
    if (body === null) write(entry, late, seenMs);
    witness.note(entry, late, seenMs);
    expectUpgrade(entry, late.text);
    if (isWithoutAnswer(entry)) schedule.expectSoon();
  }

  function write(entry: HarEntry, body: Body, seenMs: number): void {
    const key = identityOf(entry) ?? '';
    if (pauses.cover(entry) && !sightings.isLogged(key)) return;
    if (isTorn(entry)) return;
    journal.write(hasToldItsEnd(entry, key) ? { ...entry, _ended: true } : entry, body, seenMs);
  }

  async function askWitness(): Promise<void> {
    if (needsWitness && settings.recording) await witness.ask();
  }

  /** Chromium tells of a WebSocket when it has ended, Firefox when it opens. */
  function hasToldItsEnd(entry: HarEntry, key: string): boolean {
    return entry._resourceType === 'websocket' && sightings.wasFinished(key);
  }

  /** A handshake is followed by an upgrade, which only a look shows. */
  function expectUpgrade(entry: HarEntry, body: string | null): void {
    const connection = connectionOf(entry, body);
    if (!connection || upgradesExpected.has(connection) || isWebSocket(entry)) return;
    upgradesExpected.add(connection);
    schedule.expectSoon();
  }

  /** What there was before the recorder. */
  async function backfill(): Promise<void> {
    const { requests, filtersEvents } = await network.readHar();
    needsWitness = filtersEvents;
    for (const request of requests) {
      if (!looksLikeEngineIo(request.url)) continue;
      const entry = readEntry(request);
      if (entry) void capture(request, entry);
    }
    const found = await logDocument(requests);
    const current = documents.current();
    const wasThere = current !== null && current.aliveMs + LATE_GRACE_MS < startedMs;
    if (!found && wasThere && pageOf(current)) journal.limit('devtools-opened-late');
  }

  /** Looks for what only `getHAR` shows; what that cost, in ms. */
  async function look(): Promise<number> {
    const beganMs = performance.now();
    const { requests, filtersEvents } = await network.readHar();
    await settled();
    for (const request of requests) {
      if (looksLikeEngineIo(request.url)) takeSeen(request, filtersEvents);
    }
    await askWitness();
    return Math.min(performance.now() - beganMs, MOST_A_LOOK_COSTS_MS + requests.length * MOST_AN_ENTRY_COSTS_MS);
  }

  function takeSeen(request: NetworkRequest, filtersEvents: boolean): void {
    const entry = readEntry(request);
    if (!entry) return;
    const body = request.ownBody();
    if (filtersEvents && body && eventIsMissing(entry)) journal.limit('firefox-network-filter');
    write(entry, body ?? NO_BODY, Date.now());
    if (body) witness.note(entry, body, Date.now());
  }

  function eventIsMissing(entry: HarEntry): boolean {
    const beganMs = Date.parse(entry.startedDateTime);
    const isOverdue = beganMs > startedMs && beganMs + (entry.time ?? 0) < Date.now() - EVENT_WAIT_MS;
    if (!isOverdue || !bodyIsLikely(entry) || pauses.cover(entry)) return false;
    return !sightings.wasFinished(identityOf(entry) ?? '');
  }

  function onDocument(isNew: boolean): void {
    events.onPage(pageOf(documents.current()));
    if (!isNew) return;
    upgradesExpected.clear();
    witness.forget();
    if (!settings.preserveLog) journal.leaveBehind();
    journal.correctPageUrls();
    lacksDocument = true;
    void takeDocument(others);
    // A page whose only transport is WebSocket shows nothing else.
    schedule.expectSoon();
  }

  /** The document's entry may come before the page is known to be another one, or after. */
  async function takeDocument(requests: readonly NetworkRequest[]): Promise<void> {
    const meant = documents.current();
    if ((await logDocument(requests)) && documents.current() === meant) lacksDocument = false;
  }

  /** The document says which policies it has. Whether its entry was there. */
  async function logDocument(requests: readonly NetworkRequest[]): Promise<boolean> {
    if (!settings.recording) return false;
    const request = requests.findLast((candidate) => {
      const entry = readEntry(candidate);
      return entry !== null && documents.isDocument(entry);
    });
    const entry = request && readEntry(request);
    if (!request || !entry) return false;
    const body = await request.readBody();
    journal.writeDocument(entry, body.encoding === null ? (body.text?.slice(0, MAX_DOCUMENT_TEXT) ?? null) : null);
    return true;
  }

  /** Time stands still while nothing is recorded: what goes on unseen must not look late. */
  function armTick(): void {
    clearTimeout(tickTimer);
    if (tickAtMs === null || !settings.recording) return;
    tickTimer = setTimeout(
      () => {
        tickAtMs = null;
        void askWitness().then(() => journal.tick(Date.now()));
      },
      Math.max(0, tickAtMs - Date.now()),
    );
  }

  function watch(): void {
    schedule.setWatched(watched && settings.recording);
  }

  return {
    log: journal.log,
    settings: () => settings,
    page: () => pageOf(documents.current()),
    clear() {
      clears++;
      journal.clear();
    },
    configure(next) {
      if (next.recording && !settings.recording) pauses.end(Date.now());
      if (!next.recording && settings.recording) pauses.begin(Date.now());
      settings = next;
      watch();
      armTick();
      events.onSettings(settings);
    },
    setWatched(now) {
      watched = now;
      watch();
    },
    async lookNow() {
      if (!settings.recording) return;
      await look().catch((error: unknown) => console.error(error));
    },
    wakeAt(atMs) {
      tickAtMs = atMs;
      armTick();
    },
  };
}

/** Without an answer, or after a switch of protocols, there is none to read. */
function bodyIsLikely(entry: HarEntry): boolean {
  return entry.response.status > 0 && !isWebSocket(entry);
}
