/** What the recorder needs of DevTools; `platform/` gives it, tests make one. */
import * as v from 'valibot';
import { harEntrySchema } from '../messaging/contract.ts';
import type { HarEntry } from '../model/har.ts';

export interface Body {
  /** Null when it is not to be had, which is not the same as empty. */
  text: string | null;
  encoding: 'base64' | null;
}

export const NO_BODY: Body = { text: null, encoding: null };

export interface NetworkRequest {
  url: string;
  entry(): unknown;
  /** The body that came with the entry; null when it has to be read. */
  ownBody(): Body | null;
  readBody(): Promise<Body>;
}

export interface Network {
  onRequestFinished(listener: (request: NetworkRequest) => void): void;
  onNavigated(listener: (url: string) => void): void;
  /** `filtersEvents`: whether something may have kept some of them from `onRequestFinished`. */
  readHar(): Promise<{ requests: NetworkRequest[]; filtersEvents: boolean }>;
  /** Undefined when the page cannot be asked just now. */
  evaluateInPage(expression: string): Promise<unknown>;
}

/** The entry, if it has what every entry has; null otherwise. */
export function readEntry(request: NetworkRequest): HarEntry | null {
  const parsed = v.safeParse(harEntrySchema, request.entry());
  return parsed.success ? parsed.output : null;
}

/** Settles after this many milliseconds. */
export function wait(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms);
  });
}
