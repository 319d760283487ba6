/**
 * Where the browser marks no blocked response (Firefox), a sid that no request uses shows that the page could not read it. But
 * on a busy machine Firefox's record now and then lacks the requests that used it. The page itself remembers what it fetched
 * (https://www.w3.org/TR/resource-timing/), so it is asked before anything is concluded.
 */
import * as v from 'valibot';
import type { HarEntry } from '../model/har.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { connectionOf } from './identity.ts';
import { type Body, type Network, wait } from './network.ts';

/** Asked in the page: the URLs of what it fetched with a sid. */
export const USED_SIDS_PROBE = `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /[?&]sid=/.test(name))`;

const answerSchema = v.array(v.string());

/** A page behind a dialog does not answer at all. */
const ANSWER_MS = 1_000;

/** In a storm of answers that nobody could read, the last ones are asked about. */
const MAX_OFFERS = 50;

/** An answer that gave out a sid which no recorded request has used yet. */
export interface Offer {
  entry: HarEntry;
  body: Body;
  /** When it was seen, ms since the epoch. */
  seenMs: number;
}

export interface SidWitness {
  /** Takes a request that was recorded: it gives out a sid, or uses one. */
  note(entry: HarEntry, body: Body, seenMs: number): void;
  /** Asks the page, where anything waits for its word. `onUsed` hears of each sid that the page did use. Never rejects. */
  ask(): Promise<void>;
  /** The page is another one now. */
  forget(): void;
}

/** A witness that has heard nothing. */
export function createSidWitness(network: Network, onUsed: (offer: Offer) => void): SidWitness {
  const offers = new Map<string, Offer>();
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    const answer = await Promise.race([network.evaluateInPage(USED_SIDS_PROBE), wait(ANSWER_MS)]);
    const parsed = v.safeParse(answerSchema, answer);
    for (const url of parsed.success ? parsed.output : []) {
      const target = parseEngineUrl(url);
      const offer = target?.sid && offers.get(`${target.endpoint} ${target.sid}`);
      if (offer) onUsed(offer);
    }
  }

  return {
    note(entry, body, seenMs) {
      const connection = connectionOf(entry, body.text);
      if (connection === null) return;
      if (parseEngineUrl(entry.request.url)?.sid) offers.delete(connection);
      else if (!offers.has(connection)) offers.set(connection, { entry, body, seenMs });
      const [oldest] = offers.keys();
      if (offers.size > MAX_OFFERS && oldest !== undefined) offers.delete(oldest);
    },
    async ask() {
      if (offers.size === 0) return;
      asking ??= ask()
        .catch((error: unknown) => console.error(error))
        .finally(() => {
          asking = null;
        });
      await asking;
    },
    forget: () => offers.clear(),
  };
}
