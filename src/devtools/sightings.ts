/**
 * Remembers what was logged of each request, so that seeing it again costs nothing and a WebSocket is logged frame by frame:
 * `getHAR` shows everything again every time.
 */
import type { HarEntry, HarWebSocketMessage } from '../model/har.ts';

/** What a sighting adds to what is known of a request. */
export interface News {
  entry: HarEntry;
  /** Number of the first frame in `entry._webSocketMessages`. */
  firstFrame: number;
}

export interface Sightings {
  /** What is new; null when nothing is. `hasBody`: whether this sighting brings the body. */
  see(key: string, entry: HarEntry, hasBody: boolean): News | null;
  /** Whether it is in the log. */
  isLogged(key: string): boolean;
  /** Whether `onRequestFinished` told of it. */
  wasFinished(key: string): boolean;
  markFinished(key: string): void;
  /** The request is not in the log (any more), and stays out of it unless it goes on. */
  dismiss(key: string, entry?: HarEntry): void;
  dismissAll(): void;
}

interface Sighting {
  progress: string;
  headers: string;
  frames: number;
  hasBody: boolean;
  logged: boolean;
  finished: boolean;
}

const UNSEEN: Sighting = { progress: '', headers: '', frames: 0, hasBody: false, logged: false, finished: false };

/** More requests than a page makes while anyone looks; the oldest are forgotten first. */
const MAX_KNOWN = 50_000;

/** Sightings of nothing yet. */
export function createSightings(): Sightings {
  const known = new Map<string, Sighting>();

  function update(key: string, change: Partial<Sighting>): void {
    known.set(key, { ...(known.get(key) ?? UNSEEN), ...change });
    const oldest = known.keys().next().value;
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  return {
    see(key, entry, hasBody) {
      const before = known.get(key) ?? UNSEEN;
      if (!isNews(before, entry, hasBody)) return null;
      const messages = entry._webSocketMessages ?? [];
      // What was evicted or cleared and goes on comes back whole.
      const firstFrame = before.logged ? before.frames : 0;
      const frames = Math.max(firstFrame, messages.length);
      update(key, { ...stateOf(entry), frames, hasBody: hasBody || (before.logged && before.hasBody), logged: true });
      return { entry: withFrames(entry, messages.slice(firstFrame)), firstFrame };
    },
    isLogged: (key) => known.get(key)?.logged ?? false,
    wasFinished: (key) => known.get(key)?.finished ?? false,
    markFinished: (key) => update(key, { finished: true }),
    dismiss: (key, entry) => update(key, { ...(entry && stateOf(entry)), logged: false }),
    dismissAll() {
      for (const key of known.keys()) update(key, { logged: false });
    },
  };
}

function isNews(before: Sighting, entry: HarEntry, hasBody: boolean): boolean {
  const { progress, headers } = stateOf(entry);
  if (progress !== before.progress) return true;
  return before.logged && (headers !== before.headers || (hasBody && !before.hasBody));
}

/**
 * `progress` is what changes while a request goes on: the `time` of an open WebSocket grows with its frames, and later still
 * when it ends. Headers may be completed after the end: no reason to bring back what was cleared.
 */
function stateOf({
  request,
  response,
  time,
  _webSocketMessages: messages,
  _ended: ended,
  _sidUsed: sidUsed,
}: HarEntry): Pick<Sighting, 'progress' | 'headers'> {
  return {
    progress: [
      response.status,
      response._error ?? '-',
      Math.round(time ?? 0),
      messages?.length ?? 0,
      ended,
      sidUsed,
    ].join(' '),
    headers: `${request.headers.length} ${response.headers.length}`,
  };
}

function withFrames(entry: HarEntry, messages: HarWebSocketMessage[]): HarEntry {
  return entry._webSocketMessages ? { ...entry, _webSocketMessages: messages } : entry;
}
