/**
 * The report: one value, from which every writer derives, and the product's public file format. Names and meanings are
 * public (docs/report.md); they change only with `schema`. Unknown fields are kept out, unknown ids are shown as data.
 */
import * as v from 'valibot';
import type { HarEntry } from './har.ts';

export const REPORT_SCHEMA = 'socketio-doctor/report/v1';

const isoTime = v.string();
const milliseconds = v.number();

export const severitySchema = v.picklist(['error', 'warning', 'info']);
export type Severity = v.InferOutput<typeof severitySchema>;

export const statusSchema = v.picklist(['healthy', 'recovered', 'degraded', 'failing', 'idle']);
export type Status = v.InferOutput<typeof statusSchema>;

const evidenceSchema = v.object({
  exchange: v.nullable(v.string()),
  where: v.string(),
  name: v.string(),
  expected: v.nullable(v.string()),
  actual: v.nullable(v.string()),
});

const fixSchema = v.object({
  id: v.string(),
  stack: v.string(),
  title: v.string(),
  language: v.string(),
  file: v.string(),
  code: v.string(),
  before: v.optional(v.string()),
  executed: v.boolean(),
  workaround: v.optional(v.literal(true)),
});

const deeperLookSchema = v.object({ title: v.string(), language: v.string(), file: v.string(), code: v.string() });

export const findingSchema = v.object({
  id: v.string(),
  rule: v.string(),
  detail: v.nullable(v.string()),
  severity: severitySchema,
  confidence: v.picklist(['certain', 'likely', 'hint']),
  title: v.string(),
  explanation: v.string(),
  endpoint: v.string(),
  sessions: v.array(v.string()),
  exchanges: v.array(v.string()),
  evidence: v.array(evidenceSchema),
  state: v.picklist(['active', 'resolved']),
  alternatives: v.array(v.string()),
  causedBy: v.nullable(v.string()),
  fixes: v.array(fixSchema),
  deeper: v.optional(v.array(deeperLookSchema)),
  mayReturn: v.optional(v.literal(true)),
  namespace: v.optional(v.string()),
  transport: v.optional(v.picklist(['polling', 'websocket'])),
});
export type ReportFinding = v.InferOutput<typeof findingSchema>;

export const stepSchema = v.object({
  kind: v.picklist(['preflight', 'handshake', 'poll', 'send', 'upgrade', 'probe', 'connect', 'heartbeat', 'close']),
  exchanges: v.array(v.string()),
  outcome: v.picklist(['ok', 'failed', 'pending', 'hidden']),
  at: isoTime,
  text: v.string(),
});
export type ReportStep = v.InferOutput<typeof stepSchema>;

export const sessionSchema = v.object({
  id: v.string(),
  endpoint: v.string(),
  sid: v.nullable(v.string()),
  eio: v.nullable(v.number()),
  transport: v.nullable(v.picklist(['polling', 'websocket', 'webtransport'])),
  state: v.picklist(['connecting', 'connected', 'failed', 'closed']),
  attempts: v.number(),
  page: v.nullable(v.string()),
  server: v.nullable(v.object({ name: v.string(), version: v.nullable(v.string()) })),
  clientError: v.nullable(v.string()),
  openedAt: v.nullable(v.object({ function: v.string(), url: v.string(), line: v.number(), column: v.number() })),
  startedAt: isoTime,
  durationMs: v.nullable(milliseconds),
  namespaces: v.array(v.object({ name: v.string(), state: v.string(), message: v.nullable(v.string()) })),
  steps: v.array(stepSchema),
  findings: v.array(v.string()),
});
export type ReportSession = v.InferOutput<typeof sessionSchema>;

export const exchangeSchema = v.object({
  id: v.string(),
  entry: v.nullable(v.number()),
  kind: v.picklist(['preflight', 'polling', 'websocket', 'webtransport', 'other']),
  method: v.string(),
  url: v.string(),
  status: v.number(),
  error: v.nullable(v.string()),
  startedAt: isoTime,
  durationMs: v.nullable(milliseconds),
  cors: v.object({
    verdict: v.picklist(['pass', 'fail', 'not-applicable', 'unknown']),
    error: v.nullable(v.string()),
    parameter: v.nullable(v.string()),
    candidates: v.array(v.object({ error: v.nullable(v.string()), parameter: v.nullable(v.string()) })),
    credentials: v.picklist(['include', 'omit', 'unknown']),
  }),
  askedByUs: v.boolean(),
});
export type ReportExchange = v.InferOutput<typeof exchangeSchema>;

export const endpointSchema = v.object({
  id: v.string(),
  url: v.string(),
  pageOrigin: v.nullable(v.string()),
  status: statusSchema,
  rootCause: v.nullable(v.string()),
  sessions: v.array(v.string()),
});
export type ReportEndpoint = v.InferOutput<typeof endpointSchema>;

export const summarySchema = v.object({
  status: statusSchema,
  headline: v.string(),
  rootCause: v.nullable(v.string()),
});
export type Summary = v.InferOutput<typeof summarySchema>;

export const limitSchema = v.object({ code: v.string(), text: v.string() });
export type Limit = v.InferOutput<typeof limitSchema>;

export const droppedSchema = v.object({ exchanges: v.number(), sessions: v.number() });

export const environmentSchema = v.object({
  browser: v.nullable(v.string()),
  os: v.nullable(v.string()),
  capture: v.picklist(['devtools', 'har', 'probe']),
});
export type Environment = v.InferOutput<typeof environmentSchema>;

export const pageSchema = v.nullable(v.object({ url: v.string(), origin: v.string() }));

/** The part of a report that the engine finds out; the panel is fed with this. */
export const diagnosisSchema = v.object({
  page: pageSchema,
  summary: summarySchema,
  endpoints: v.array(endpointSchema),
  sessions: v.array(sessionSchema),
  exchanges: v.array(exchangeSchema),
  findings: v.array(findingSchema),
  limits: v.array(limitSchema),
  dropped: droppedSchema,
});
export type Diagnosis = v.InferOutput<typeof diagnosisSchema>;

/** Something that a report does not show: its placeholder, how often that stands in the capture, and where. */
export const hiddenSchema = v.object({
  kind: v.string(),
  placeholder: v.string(),
  count: v.number(),
  places: v.array(v.string()),
});
export type Hidden = v.InferOutput<typeof hiddenSchema>;

/** The entries are read leniently by `capture/`, which checks what it uses: here only their outline. */
const isObject = (value: unknown) => typeof value === 'object' && value !== null;

export const reportSchema = v.object({
  schema: v.literal(REPORT_SCHEMA),
  generator: v.object({ name: v.literal('socketio-doctor'), version: v.string() }),
  createdAt: isoTime,
  environment: environmentSchema,
  redacted: v.boolean(),
  notes: v.string(),
  ...diagnosisSchema.entries,
  har: v.object({ log: v.looseObject({ version: v.string(), entries: v.array(v.custom<HarEntry>(isObject)) }) }),
});
export type Report = v.InferOutput<typeof reportSchema>;
