/**
 * Answers beside the Engine.IO traffic that carry `Access-Control-Allow-Origin`: they show that a server does CORS elsewhere,
 * only not where Socket.IO answers.
 */
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import type { Neighbour } from '../model/session.ts';
import { looksLikeEngineIo } from '../protocol/engine-url.ts';

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

/** Whether the entry is worth keeping as a neighbour. Its body is not. */
export function isNeighbour(entry: HarEntry): boolean {
  const { url } = entry.request;
  return !looksLikeEngineIo(url) && /^https?:/.test(url) && headerValue(entry.response.headers, ALLOW_ORIGIN) !== null;
}

/** What is kept of a neighbour: no content, no cookies, no query, since a report would hand them on. */
export function bareNeighbour(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  return {
    startedDateTime: entry.startedDateTime,
    pageref: entry.pageref,
    request: { method: request.method, url: request.url.split(/[?#]/)[0] ?? '', headers: [] },
    response: {
      status: response.status,
      headers: response.headers.filter(({ name }) => /^(access-control-allow-origin|vary)$/i.test(name)),
    },
  };
}

export interface NeighbourStore {
  /** Takes a record; false when it is none. */
  add(record: EntryRecord): boolean;
  /** Drops records; false when none of them was here. */
  forget(seqs: Iterable<number>): boolean;
  /** By the server's origin; in order of URL and status, so that the order of records does not show. */
  byOrigin(): Map<string, Neighbour[]>;
  /** The entries of these origins, for a report. */
  entriesOf(origins: ReadonlySet<string>): HarEntry[];
}

/** A store with nothing in it. */
export function createNeighbourStore(): NeighbourStore {
  const records = new Map<number, EntryRecord>();

  const distinct = (): EntryRecord[] => {
    const byKey = new Map([...records.values()].map((record) => [keyOf(record.entry), record]));
    return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  };

  return {
    add(record) {
      if (!isNeighbour(record.entry)) return false;
      records.set(record.seq, { ...record, entry: bareNeighbour(record.entry), body: null });
      return true;
    },
    forget(seqs) {
      return [...seqs].filter((seq) => records.delete(seq)).length > 0;
    },
    byOrigin() {
      const groups = new Map<string, Neighbour[]>();
      for (const { entry } of distinct()) {
        const origin = new URL(entry.request.url).origin;
        groups.set(origin, [...(groups.get(origin) ?? []), neighbourOf(entry)]);
      }
      return groups;
    },
    entriesOf: (origins) =>
      distinct()
        .map(({ entry }) => entry)
        .filter((entry) => origins.has(new URL(entry.request.url).origin)),
  };
}

/** One of a kind is enough: what counts is that such an answer exists. */
function keyOf({ request, response }: HarEntry): string {
  return `${request.url.split(/[?#]/)[0]} ${response.status} ${headerValue(response.headers, ALLOW_ORIGIN)}`;
}

function neighbourOf({ request, response }: HarEntry): Neighbour {
  return {
    url: request.url,
    status: response.status,
    allowOrigin: headerValue(response.headers, ALLOW_ORIGIN) ?? '',
  };
}
