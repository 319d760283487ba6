/**
 * The one typed contract between the extension's contexts. Both ends infer their types from the schemas, and the receiving
 * end parses: a message is data from another context, and after an update the two may be of different versions.
 *
 * recorder (devtools page) <-> worker: the numbered log, replayed on demand.
 * panel <-> worker: one snapshot, then patches; commands.
 */
import * as v from 'valibot';
import type { HarEntry } from '../model/har.ts';
import { packetSchema } from '../model/packet.ts';
import {
  droppedSchema,
  endpointSchema,
  environmentSchema,
  exchangeSchema,
  findingSchema,
  hiddenSchema,
  limitSchema,
  pageSchema,
  sessionSchema,
  summarySchema,
} from '../model/report.ts';

export const RECORDER_PORT = 'recorder';
export const PANEL_PORT = 'panel';

const headers = v.array(v.looseObject({ name: v.string(), value: v.string() }));

const harEntryOutline = v.looseObject({
  startedDateTime: v.string(),
  request: v.looseObject({ method: v.string(), url: v.string(), headers }),
  response: v.looseObject({ status: v.number(), headers }),
});

/** An entry is the browser's own and is read leniently by `capture/`: only the outline that is always there is checked. */
export const harEntrySchema = v.custom<HarEntry>((input) => v.is(harEntryOutline, input), 'not a HAR entry');

const logRecordSchema = v.variant('kind', [
  v.object({
    kind: v.literal('entry'),
    seq: v.number(),
    entry: harEntrySchema,
    body: v.nullable(v.string()),
    bodyEncoding: v.nullable(v.literal('base64')),
    firstFrame: v.number(),
    pageUrl: v.nullable(v.string()),
    harIndex: v.nullable(v.number()),
    seenMs: v.nullable(v.number()),
    askedByUs: v.boolean(),
  }),
  v.object({ kind: v.literal('tick'), seq: v.number(), atMs: v.number() }),
  v.object({ kind: v.literal('limit'), seq: v.number(), code: v.string(), text: v.string() }),
]);

/** Settings that live in the recorder, because it decides what is kept. */
const settingsSchema = v.object({ recording: v.boolean(), preserveLog: v.boolean() });
export type RecorderSettings = v.InferOutput<typeof settingsSchema>;

export const recorderToWorker = v.variant('type', [
  /** First message on every connection. The worker answers `resume`. */
  v.object({
    type: v.literal('hello'),
    tabId: v.number(),
    recorderId: v.string(),
    settings: settingsSchema,
    environment: environmentSchema,
    page: pageSchema,
  }),
  /** A chunk of the log, in order of `seq`. `done` marks the end of a replay. */
  v.object({ type: v.literal('records'), records: v.array(logRecordSchema), done: v.boolean() }),
  /** The recorder forgot these: trimmed by a bound, cleared, or left behind by a navigation. `dropped` counts what bounds evicted in all. */
  v.object({ type: v.literal('forget'), seqs: v.array(v.number()), dropped: droppedSchema }),
  v.object({ type: v.literal('settings'), settings: settingsSchema }),
  v.object({ type: v.literal('page'), page: pageSchema }),
  /** Answer to `look`: what there was to see has been sent. */
  v.object({ type: v.literal('looked'), requestId: v.number() }),
]);
export type RecorderToWorker = v.InferOutput<typeof recorderToWorker>;

export const workerToRecorder = v.variant('type', [
  /** The worker has this recorder's log up to and including `lastSeq` (0: nothing): send the rest. */
  v.object({ type: v.literal('resume'), lastSeq: v.number() }),
  /** A rule waits: log a tick at this time (ms since the epoch). A later message replaces it; null cancels. */
  v.object({ type: v.literal('wake'), atMs: v.nullable(v.number()) }),
  v.object({ type: v.literal('clear') }),
  v.object({ type: v.literal('configure'), settings: settingsSchema }),
  /** The panel was shown or hidden: open WebSockets are looked for only while someone looks. */
  v.object({ type: v.literal('watched'), watched: v.boolean() }),
  /** A report is about to be made: send what only a look shows (frames of open WebSockets, late answers). */
  v.object({ type: v.literal('look'), requestId: v.number() }),
]);
export type WorkerToRecorder = v.InferOutput<typeof workerToRecorder>;

const collections = {
  endpoints: v.array(endpointSchema),
  sessions: v.array(sessionSchema),
  exchanges: v.array(exchangeSchema),
  findings: v.array(findingSchema),
};

/** What the panel shows: the diagnosis, under ids that stay the same while the capture grows. */
export const panelStateSchema = v.object({
  ...collections,
  summary: summarySchema,
  limits: v.array(limitSchema),
  dropped: droppedSchema,
  page: pageSchema,
  settings: settingsSchema,
  /** Whether a recorder is connected; without one nothing new will come. */
  recording: v.boolean(),
  /** Random name of this start of the worker: shows that it was restarted. */
  workerId: v.string(),
});
export type PanelState = v.InferOutput<typeof panelStateSchema>;

const collectionPatch = <T extends v.GenericSchema>(item: T) =>
  v.object({ set: v.array(item), order: v.optional(v.array(v.string())) });

/** Changes since the last message: `set` holds new or changed items, `order` all ids in order when that changed (an id missing from it is gone). */
export const panelPatchSchema = v.object({
  endpoints: v.optional(collectionPatch(endpointSchema)),
  sessions: v.optional(collectionPatch(sessionSchema)),
  exchanges: v.optional(collectionPatch(exchangeSchema)),
  findings: v.optional(collectionPatch(findingSchema)),
  summary: v.optional(summarySchema),
  limits: v.optional(v.array(limitSchema)),
  dropped: v.optional(droppedSchema),
  page: v.optional(pageSchema),
  settings: v.optional(settingsSchema),
  recording: v.optional(v.boolean()),
});
export type PanelPatch = v.InferOutput<typeof panelPatchSchema>;

/** What of a report is hidden: `secrets` is the redaction, `texts` is what the user typed. */
const hidingSchema = v.object({ secrets: v.boolean(), hosts: v.boolean(), texts: v.array(v.string()) });
export type Hiding = v.InferOutput<typeof hidingSchema>;

/** Names of stacks, as fixes have them. */
const stackSchema = v.nullable(v.string());
const chosenStacksSchema = v.object({
  server: stackSchema,
  proxy: stackSchema,
  page: stackSchema,
  around: stackSchema,
});

const formatSchema = v.picklist(['html', 'markdown', 'json', 'har', 'jira']);

export const workerToPanel = v.variant('type', [
  v.object({ type: v.literal('snapshot'), state: panelStateSchema }),
  v.object({ type: v.literal('patch'), patch: panelPatchSchema }),
  /** Answer to `export`: the finished file. */
  v.object({
    type: v.literal('exported'),
    requestId: v.number(),
    fileName: v.string(),
    mimeType: v.string(),
    text: v.string(),
  }),
  /** Answer to `preview`: what would leave, at most its beginning (`length` counts the characters of all), and what would not. */
  v.object({
    type: v.literal('previewed'),
    requestId: v.number(),
    title: v.string(),
    text: v.string(),
    length: v.number(),
    hidden: v.array(hiddenSchema),
  }),
  /** Answer to `backend`; null when there is nothing to change. */
  v.object({ type: v.literal('message'), requestId: v.number(), text: v.nullable(v.string()) }),
  /** Answer to `packets`: the newest of them, in order of time. */
  v.object({
    type: v.literal('packets'),
    requestId: v.number(),
    packets: v.array(packetSchema),
    omitted: v.number(),
  }),
  v.object({ type: v.literal('failed'), requestId: v.number(), message: v.string() }),
]);
export type WorkerToPanel = v.InferOutput<typeof workerToPanel>;

export const panelToWorker = v.variant('type', [
  v.object({ type: v.literal('hello'), tabId: v.number() }),
  v.object({ type: v.literal('visible'), visible: v.boolean() }),
  v.object({ type: v.literal('clear') }),
  v.object({ type: v.literal('configure'), settings: settingsSchema }),
  v.object({
    type: v.literal('export'),
    requestId: v.number(),
    format: formatSchema,
    notes: v.string(),
    hiding: hidingSchema,
  }),
  /** The same, to be looked at before it leaves. */
  v.object({
    type: v.literal('preview'),
    requestId: v.number(),
    format: formatSchema,
    notes: v.string(),
    hiding: hidingSchema,
  }),
  /** Five lines for who owns the server. `endpoint`: its id in the state, null for the worst; `stacks`: of the fix to name. */
  v.object({
    type: v.literal('backend'),
    requestId: v.number(),
    endpoint: v.nullable(v.string()),
    stacks: chosenStacksSchema,
    hiding: hidingSchema,
  }),
  /** Opens a tab: a panel of Firefox cannot. */
  v.object({ type: v.literal('openTab'), url: v.string() }),
  /** `session`: its id in the state. */
  v.object({ type: v.literal('packets'), requestId: v.number(), session: v.string() }),
]);
export type PanelToWorker = v.InferOutput<typeof panelToWorker>;
