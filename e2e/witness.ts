/** The witnesses that are not ours: what the client said, and what the browser's own CORS check said. */
import type { CDPSession, Page } from 'playwright';
import { looksLikeEngineIo } from '../src/protocol/engine-url.ts';
import type { Running, Truth } from './lab/scenario.ts';

/** What the lab's page notes: see `lab/page.client.js`. */
export interface ClientEvent {
  connection: number;
  event: 'connect' | 'connect_error' | 'answer' | 'transport' | 'disconnect';
  text: string;
}

declare global {
  interface Window {
    lab: { events: ClientEvent[] };
  }
}

/** What the witnesses saw of one page; `corsErrors` grows while the page lives. */
export interface Witness {
  corsErrors: { url: string; error: string; parameter: string }[];
}

/** Has the browser itself say why it blocks Engine.IO requests of `page` (CDP `Network.loadingFailed.corsErrorStatus`). */
export async function watchCors(page: Page): Promise<Witness> {
  const session = await page.context().newCDPSession(page);
  const witness: Witness = { corsErrors: [] };
  const urls = engineRequests(session);
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
    const url = urls.get(requestId);
    if (!url || !corsErrorStatus) return;
    witness.corsErrors.push({ url, error: corsErrorStatus.corsError, parameter: corsErrorStatus.failedParameter });
  });
  await session.send('Network.enable');
  return witness;
}

function engineRequests(session: CDPSession): Map<string, string> {
  const urls = new Map<string, string>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (looksLikeEngineIo(request.url)) urls.set(requestId, request.url);
  });
  return urls;
}

/** Waits until every connection of the lab's page worked or failed; resolves to what the client said. */
export async function settled(page: Page): Promise<ClientEvent[]> {
  await page.waitForSelector('body[data-state=settled]', { timeout: 15_000 });
  return page.evaluate(() => window.lab.events);
}

/** A scenario's truth as the witnesses told it. */
export type Testimony = Omit<Truth, 'corsError'> & { corsError: { error: string; parameter: string } | null };

/** What the witnesses say. Errors that repeat count once; errors that differ are refused. */
export function testimony(events: ClientEvent[], running: Running, witness: Witness): Testimony {
  return {
    clientError: events.find(({ event }) => event === 'connect_error')?.text ?? null,
    transport: transportOf(events),
    serverError: only(running.serverErrors, 'connection_error codes'),
    corsError: only(
      witness.corsErrors.map(({ error, parameter }) => ({ error, parameter })),
      'CORS errors',
    ),
  };
}

function transportOf(events: ClientEvent[]): Truth['transport'] {
  const name = events.findLast(({ event }) => event === 'transport')?.text;
  return name === 'polling' || name === 'websocket' ? name : null;
}

function only<T>(values: T[], what: string): T | null {
  const different = new Map(values.map((value) => [JSON.stringify(value), value]));
  if (different.size > 1) throw new Error(`Different ${what}: ${[...different.keys()].join(' ')}`);
  return values[0] ?? null;
}
