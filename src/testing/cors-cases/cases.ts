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
  return readLines('chromium-156.jsonl.gz').map((line) => v.parse(caseSchema, line));
}

const headers = v.array(v.object({ name: v.string(), value: v.string() }));

const shownCaseSchema = v.object({
  id: v.string(),
  pageUrl: v.string(),
  truth: v.object({ blocked: v.boolean(), corsError: v.nullable(v.string()), parameters: v.array(v.string()) }),
  entries: v.array(
    v.looseObject({
      startedDateTime: v.string(),
      time: v.number(),
      request: v.looseObject({ method: v.string(), url: v.string(), headers }),
      response: v.looseObject({ status: v.number(), headers, redirectURL: v.string(), _error: v.nullable(v.string()) }),
    }),
  ),
});
export type ShownCase = v.InferOutput<typeof shownCaseSchema>;

/**
 * What the DevTools of Chromium 156 really gave an extension when nearly all of these were sent again, with what Chromium
 * made of them that time. Written by `tsx e2e/cors-fuzz/run.ts --recorded --write FILE`.
 */
export function readShownCases(): ShownCase[] {
  return readLines('chromium-156-entries.jsonl.gz').map((line) => v.parse(shownCaseSchema, line));
}

function readLines(name: string): unknown[] {
  const packed = readFileSync(join(import.meta.dirname, name));
  const lines = gunzipSync(packed).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
