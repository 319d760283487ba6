/**
 * 2,000 requests of pages in Chromium 156 with the bytes that were answered, and what Chromium made of them
 * (`corsErrorStatus` of the DevTools protocol), recorded on loopback.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';

const lines = v.array(v.tuple([v.string(), v.string()]));

const answerSchema = v.object({
  requestHeaders: lines,
  status: v.optional(v.number(), 0),
  statusText: v.optional(v.string(), ''),
  responseHeaders: v.optional(lines, []),
  /** What came instead of an answer. */
  wireFault: v.optional(v.picklist(['close', 'reset', 'garbage'])),
});
export type CaseAnswer = v.InferOutput<typeof answerSchema>;

const caseSchema = v.object({
  id: v.string(),
  stratum: v.string(),
  request: v.object({
    origin: v.string(),
    pageUrl: v.string(),
    url: v.string(),
    method: v.string(),
    headers: lines,
    body: v.nullable(v.string()),
    credentials: v.picklist(['include', 'same-origin', 'omit']),
    mode: v.picklist(['cors', 'no-cors']),
    redirect: v.picklist(['follow', 'manual', 'error']),
    initiator: v.picklist(['fetch', 'xhr']),
  }),
  hops: v.array(
    v.object({
      index: v.number(),
      url: v.string(),
      method: v.string(),
      preflight: v.optional(answerSchema),
      response: v.optional(answerSchema),
    }),
  ),
  verdict: v.object({
    blocked: v.boolean(),
    phase: v.picklist(['none', 'request', 'preflight', 'actual', 'redirect']),
    hop: v.number(),
    corsError: v.nullable(v.string()),
    failedParameter: v.nullable(v.string()),
    acceptableParameters: v.array(v.string()),
  }),
  /** `net::ERR_...`; `""` when the browser itself refused to send; null when nothing failed or nothing was recorded. */
  netError: v.nullable(v.string()),
});
export type CorsCase = v.InferOutput<typeof caseSchema>;

/** The recorded cases. */
export function readCases(): CorsCase[] {
  const packed = readFileSync(join(import.meta.dirname, 'chromium-156.jsonl.gz'));
  const text = gunzipSync(packed).toString('utf8').trim();
  return text.split('\n').map((line) => v.parse(caseSchema, JSON.parse(line)));
}
