/** Knows which document the inspected page shows, by asking it whenever something points to a navigation. */
import { createDocuments, DOCUMENT_PROBE, type DocumentInfo, type Documents, isPage, readProbe } from './documents.ts';
import { type Network, wait } from './network.ts';

export interface PageWatch {
  documents: Documents;
  /** Settles when it is known which document the page shows. */
  settled(): Promise<void>;
}

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
  let settled = check(null);
  network.onNavigated((url) => {
    const atMs = Date.now();
    settled = settled.then(() => check({ url, atMs }));
  });

  async function check(navigation: { url: string; atMs: number } | null): Promise<void> {
    const info = navigation ? await afterNavigation(navigation.url, navigation.atMs) : await probe(RETRIES_MS.start);
    if (!info) return;
    const isNew = documents.observe(info, navigation?.atMs ?? Date.now()) === 'new';
    onDocument(isNew && navigation !== null);
  }

  async function afterNavigation(url: string, atMs: number): Promise<DocumentInfo> {
    const asked = isPage(url) ? await probe(RETRIES_MS.navigation) : null;
    return asked ?? unaskable(url, atMs);
  }

  async function probe(retriesMs: number[]): Promise<DocumentInfo | null> {
    for (const delayMs of [0, ...retriesMs]) {
      if (delayMs > 0) await wait(delayMs);
      const askedMs = Date.now();
      const answer = await Promise.race([network.evaluateInPage(DOCUMENT_PROBE), wait(ANSWER_MS)]);
      if (answer === null) return null;
      const info = readProbe(answer, askedMs);
      if (info) return info;
    }
    return null;
  }

  return { documents, settled: () => settled };
}

function unaskable(url: string, atMs: number): DocumentInfo {
  const startMs = atMs - NEWS_TRAVELS_MS;
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return { url, origin, timeOrigin: null, startMs, aliveMs: startMs };
}
