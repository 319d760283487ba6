/** What requests and WebSockets have in common on the wire. */
import { lookup as systemLookup } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { ProbeAnswer } from '../../capture/probe.ts';
import type { HarHeader } from '../../model/har.ts';

export interface WireRequest {
  method: string;
  url: string;
  headers: HarHeader[];
  body: string | null;
  /** ms after which the probe gives up. */
  patienceMs: number;
}

/** Answers are read up to this size, bytes: what a probe asks for is short. */
export const MAX_BODY = 1_000_000;

/** ms since the epoch, with fractions; it never goes back. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Browsers know `localhost` and all names under it without asking (https://www.rfc-editor.org/rfc/rfc6761#section-6.3). */
export const lookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(/(^|\.)localhost\.?$/i.test(hostname) ? 'localhost' : hostname, options, callback);
};

/** An answer without its content. Lines of one name stay apart. */
export function headOf(response: IncomingMessage): ProbeAnswer {
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    httpVersion: `HTTP/${response.httpVersion}`,
    headers: pairs(response.rawHeaders),
    body: new Uint8Array(),
  };
}

function pairs(raw: readonly string[]): HarHeader[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: raw[index + 1] ?? '' }] : []));
}
