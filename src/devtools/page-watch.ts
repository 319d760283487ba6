/** Knows which document the inspected page shows, by asking it whenever something points to a navigation. */
import { createDocuments, DOCUMENT_PROBE, type DocumentInfo, type Documents, isPage, readProbe } from './documents.ts';
import { type Network, wait } from './network.ts';

export interface PageWatch {
  documents: Documents;
  /** Settles when it is known which document the page shows. */
  settled(): Promise<void>;
}

interface Navigation {
  url: string;
  /** When it was first heard of, ms since the epoch. */
  atMs: number;
}

/** The page is asked at most this often, ms. */
const SPACING_MS = 100;
/** In the moment of a navigation the page cannot be asked; without one, it is a page that never can. */
const RETRIES_MS = { navigation: [50, 100, 200, 400, 800], start: [100] };
/** A page behind a dialog does not answer at all. */
const ANSWER_MS = 1_000;
/** A page that cannot be asked began about this long before it was heard of. */
const NEWS_TRAVELS_MS = 500;

/**
 * Starts watching. `onDocument` is told after each check, `isNew` when the page has navigated to another document.
 */
export function watchPage(network: Network, onDocument: (isNew: boolean) => void): PageWatch {
  const documents = createDocuments();
  let queued: Navigation | null = null;
  let checkedMs = 0;
  let settled = check(null);
  network.onNavigated((url) => {
    if (queued) queued.url = url;
    else settled = settled.then(takeQueued);
    queued ??= { url, atMs: Date.now() };
  });

  /** A page may change its URL with every step of a scroll: they are taken together. */
  async function takeQueued(): Promise<void> {
    await wait(Math.max(0, checkedMs + SPACING_MS - Date.now()));
    const navigation = queued;
    queued = null;
    await check(navigation);
  }

  async function check(navigation: Navigation | null): Promise<void> {
    checkedMs = Date.now();
    const asked =
      navigation && !isPage(navigation.url) ? null : await probe(navigation ? RETRIES_MS.navigation : RETRIES_MS.start);
    // What could not be asked has been left again: the next check finds out where to.
    if (!asked && hasNews()) return;
    const info = asked ?? (navigation && unaskable(navigation));
    if (!info) return;
    const isNew = documents.observe(info, navigation?.atMs ?? Date.now()) === 'new';
    onDocument(isNew && navigation !== null);
  }

  async function probe(retriesMs: number[]): Promise<DocumentInfo | null> {
    for (const delayMs of [0, ...retriesMs]) {
      if (delayMs > 0) await wait(delayMs);
      if (delayMs > 0 && hasNews()) return null;
      const askedMs = Date.now();
      const answer = await Promise.race([network.evaluateInPage(DOCUMENT_PROBE), wait(ANSWER_MS)]);
      if (answer === null) return null;
      const info = readProbe(answer, askedMs, Date.now());
      if (info) return info;
    }
    return null;
  }

  function hasNews(): boolean {
    return queued !== null;
  }

  return { documents, settled: () => settled };
}

function unaskable({ url, atMs }: Navigation): DocumentInfo {
  const startMs = atMs - NEWS_TRAVELS_MS;
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return { url, origin, timeOrigin: null, startMs, aliveMs: startMs };
}
