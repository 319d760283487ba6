/** The wire: one HTTP request, or one WebSocket, as the probe words it. Nothing is followed, retried or judged here. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { ProbeAnswer } from '../../capture/probe.ts';
import type { HarHeader } from '../../model/har.ts';
import { chromiumError } from './net-errors.ts';
import { headOf, lookup, MAX_BODY, nowMs, type WireRequest } from './wire.ts';
import { openWireSocket, type WireSocket } from './wire-socket.ts';

export type WireEnd =
  | { kind: 'answered'; answer: ProbeAnswer; durationMs: number }
  | { kind: 'failed'; error: string; durationMs: number }
  | { kind: 'pending'; durationMs: number };

export interface Network {
  ask(request: WireRequest): Promise<WireEnd>;
  openSocket(request: WireRequest): Promise<WireSocket>;
}

/** The real network. */
export const network: Network = { ask, openSocket: openWireSocket };

function ask({ method, url, headers, body, patienceMs }: WireRequest): Promise<WireEnd> {
  const startedMs = nowMs();
  const taken = () => nowMs() - startedMs;
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    // A new connection each time: whether a load balancer keeps a client together must not hang on ours.
    const request = send(url, { method, headers: flatten(headers), agent: false, lookup });
    const timer = setTimeout(() => {
      resolve({ kind: 'pending', durationMs: taken() });
      request.destroy();
    }, patienceMs);
    const settle = (end: WireEnd) => {
      clearTimeout(timer);
      resolve(end);
      request.destroy();
    };
    request.on('error', (error) => settle({ kind: 'failed', error: chromiumError(error), durationMs: taken() }));
    request.on('response', (response) => {
      readBody(response).then(
        (content) => settle({ kind: 'answered', answer: { ...headOf(response), body: content }, durationMs: taken() }),
        (error: Error) => settle({ kind: 'failed', error: chromiumError(error), durationMs: taken() }),
      );
    });
    // Nobody asked for another protocol.
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      settle({ kind: 'answered', answer: headOf(response), durationMs: taken() });
    });
    request.end(body ?? undefined);
  });
}

function flatten(headers: readonly HarHeader[]): string[] {
  return headers.flatMap(({ name, value }) => [name, value]);
}

async function readBody(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY) break;
  }
  return decompressed(Buffer.concat(chunks).subarray(0, MAX_BODY), response.headers['content-encoding'] ?? '');
}

function decompressed(body: Buffer, encoding: string): Uint8Array {
  const options = { maxOutputLength: MAX_BODY };
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(body, options);
    if (encoding === 'deflate') return inflateSync(body, options);
    if (encoding === 'br') return brotliDecompressSync(body, options);
  } catch {
    // As it came: what cannot be read is no packet either way.
  }
  return body;
}
