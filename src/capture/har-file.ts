/**
 * Reads a HAR 1.2 file into log records. Dialects differ and files get cut: what can be used is used, an entry that cannot
 * is skipped and named, and only a file without a list of entries is refused.
 */
import * as v from 'valibot';
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry, HarHeader, HarStack } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import type { Diagnosis, Environment, Limit } from '../model/report.ts';
import { looksLikeEngineIo } from '../protocol/engine-url.ts';
import { parseUrl } from '../protocol/url.ts';
import { isDocument } from './documents.ts';
import { environmentOf } from './environment.ts';
import { type HarTool, toolNamed } from './har-tools.ts';
import { isNeighbour } from './neighbours.ts';

export interface ReadCapture {
  records: EntryRecord[];
  limits: Limit[];
  environment: Environment;
  page: Diagnosis['page'];
  /** The program that wrote the file, with its version; null when the file does not say. */
  tool: string | null;
  /** The capture's clock when it was saved, ms since the epoch; null in a file that was not written by this product. */
  clockMs: number | null;
  /** Whether the file says that placeholders stand in it for secrets. */
  redacted: boolean;
}

/** Input that cannot be used at all; the message is one sentence that says what and where. */
export class UnusableInputError extends Error {
  override name = 'UnusableInputError';
}

const headersSchema = v.optional(v.pipe(v.unknown(), v.transform(headerList)), []);
/** Beyond this (some 30 years in ms) a number is no duration, and adding it to a time would leave the calendar. */
const MAX_MS = 1e12;
const LAST_START_MS = Date.UTC(2999, 0, 1);

const durationMs = v.fallback(
  v.optional(v.pipe(v.number(), v.finite(), v.minValue(-1), v.maxValue(MAX_MS))),
  undefined,
);
const startTime = v.pipe(
  v.string(),
  v.check((text) => Math.abs(Date.parse(text)) < LAST_START_MS, 'is not a time'),
);
const optionalNumber = v.fallback(v.optional(v.number()), undefined);
const optionalText = v.fallback(v.optional(v.string()), undefined);

const pairsSchema = v.fallback(v.optional(v.array(v.looseObject({ name: v.string(), value: v.string() }))), undefined);
const frameSchema = v.looseObject({
  functionName: optionalText,
  url: optionalText,
  lineNumber: optionalNumber,
  columnNumber: optionalNumber,
});
const stackSchema: v.GenericSchema<HarStack> = v.looseObject({
  callFrames: v.fallback(v.optional(v.array(frameSchema)), undefined),
  parent: v.fallback(v.optional(v.lazy(() => stackSchema)), undefined),
});
const initiatorSchema = v.looseObject({
  type: optionalText,
  requestId: optionalText,
  stack: v.fallback(v.optional(stackSchema), undefined),
});

/** Checked one by one, so that a broken one takes none of the others with it. */
const messageSchema = v.object({
  type: v.picklist(['send', 'receive', 'error']),
  /** Seconds since the epoch. */
  time: v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_START_MS / 1000)),
  opcode: v.fallback(v.number(), 1),
  data: v.fallback(v.string(), ''),
  _length: optionalNumber,
});

/** Strict where the diagnosis depends on it, lenient elsewhere; fields that are not named pass through to the report's HAR. */
const entrySchema = v.looseObject({
  startedDateTime: startTime,
  time: durationMs,
  request: v.looseObject({
    method: v.fallback(v.string(), ''),
    url: v.pipe(
      v.string(),
      v.check((url) => parseUrl(url) !== null, 'is not a URL'),
    ),
    headers: headersSchema,
    postData: v.fallback(v.optional(v.looseObject({ text: optionalText })), undefined),
    bodySize: optionalNumber,
    headersSize: optionalNumber,
    cookies: pairsSchema,
    queryString: pairsSchema,
  }),
  // Some proxies leave it out where none came.
  response: v.fallback(responseSchema(), { status: 0, headers: [] }),
  pageref: optionalText,
  timings: v.fallback(v.optional(v.record(v.string(), v.any())), undefined),
  _initiator: v.fallback(v.optional(initiatorSchema), undefined),
  _resourceType: optionalText,
  _securityState: optionalText,
  _webSocketMessages: v.fallback(v.optional(v.array(v.unknown())), undefined),
  _sidUsed: v.fallback(v.optional(v.literal(true)), undefined),
  _doctor: v.fallback(
    v.optional(
      v.object({
        pageUrl: v.fallback(v.nullable(v.string()), null),
        askedByUs: v.fallback(v.boolean(), false),
        dialect: v.exactOptional(v.literal('other')),
        probe: v.exactOptional(v.picklist(['client', 'beside'])),
        credentials: v.exactOptional(v.picklist(['include', 'omit'])),
      }),
    ),
    undefined,
  ),
});

function responseSchema() {
  return v.looseObject({
    status: v.fallback(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.integer()), 0),
    headers: headersSchema,
    content: v.fallback(
      v.optional(
        v.looseObject({ text: optionalText, size: optionalNumber, mimeType: optionalText, encoding: optionalText }),
      ),
      undefined,
    ),
    redirectURL: optionalText,
    cookies: pairsSchema,
    _error: v.fallback(v.optional(v.nullable(v.string())), undefined),
  });
}

const programSchema = v.fallback(v.optional(v.looseObject({ name: optionalText, version: optionalText })), undefined);

const fileSchema = v.looseObject({
  log: v.looseObject({
    entries: v.array(v.unknown()),
    pages: v.fallback(v.optional(v.array(v.looseObject({ id: optionalText, title: optionalText }))), undefined),
    creator: programSchema,
    browser: programSchema,
    /** Written by this product. */
    _doctor: v.fallback(
      v.optional(v.looseObject({ clock: optionalText, redacted: v.optional(v.boolean()) })),
      undefined,
    ),
  }),
});

/**
 * Reads a parsed HAR.
 *
 * @param name how messages call the file
 * @param pageOrigin what the user says the page's origin is, where the file does not show it
 * @throws UnusableInputError when `log.entries` is missing
 */
export function readHar(value: unknown, name: string, pageOrigin: string | null = null): ReadCapture {
  const file = v.safeParse(fileSchema, value);
  if (!file.success) throw new UnusableInputError(`${name}: log.entries is missing`);
  const { entries, pages = [], creator, browser, _doctor: ours } = file.output.log;
  const pageUrls = new Map(
    pages.flatMap(({ id, title }) => (id && title && isPageUrl(title) ? [[id, title] as const] : [])),
  );
  const limits: Limit[] = [];
  const records: EntryRecord[] = [];
  const tool = toolNamed(creator?.name);
  for (const [index, given] of entries.entries()) {
    if (isDeeperThan(given, MAX_DEPTH)) {
      limits.push({
        code: 'entry-skipped',
        text: `entry ${index} skipped: it is nested more than ${MAX_DEPTH} levels deep`,
      });
      continue;
    }
    const raw = tool ? tool.read(given) : given;
    const parsed = v.safeParse(entrySchema, raw);
    if (parsed.success) {
      const { entry, skipped } = wholeMessages(parsed.output);
      const record = recordOf(entry, index, pageUrls, pageOrigin);
      const isOurs = looksLikeEngineIo(entry.request.url);
      if (isOurs || isNeighbour(entry) || isDocument(record)) records.push(record);
      if (isOurs && skipped) limits.push({ code: 'message-skipped', text: `entry ${index}: ${skipped}` });
    } else if (mayBeEngineIo(raw)) {
      limits.push({ code: 'entry-skipped', text: `entry ${index} skipped: ${problemOf(parsed.issues)}` });
    }
  }
  if (tool) limits.push(...limitsOfTool(tool, records));
  const agents = records.map((record) => headerValue(record.entry.request.headers, 'User-Agent'));
  const environment = environmentOf(agents.find((agent) => agent !== null) ?? null, 'har');
  const clockMs = Date.parse(ours?.clock ?? '');
  return {
    records: placeUndated(records),
    limits,
    environment: { ...environment, browser: environment.browser ?? programName(browser) },
    page: pageOf(records, [...pageUrls.values()]),
    tool: programName(creator),
    clockMs: Math.abs(clockMs) < LAST_START_MS ? clockMs : null,
    redacted: ours?.redacted ?? false,
  };
}

function limitsOfTool({ limit }: HarTool, records: readonly EntryRecord[]): Limit[] {
  if (!limit) return [];
  return records.some(({ entry }) => looksLikeEngineIo(entry.request.url) && limit.applies(entry)) ? [limit.limit] : [];
}

function programName(program: { name?: string; version?: string } | undefined): string | null {
  return program?.name ? [program.name, program.version].filter(Boolean).join(' ') : null;
}

/** No tool nests an entry (its call stack, that is) as deep; what walks through the levels one by one would run out of stack. */
const MAX_DEPTH = 1000;

/** Level by level, so that no depth ends it. */
function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** Header lines as HAR 1.2 has them, as pairs, or as an object; what is none of these is left out. */
function headerList(given: unknown): HarHeader[] {
  if (Array.isArray(given)) return given.flatMap(headerOf);
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([name, value]) => [value].flat().flatMap((one) => headerOf([name, one])));
}

function headerOf(given: unknown): HarHeader[] {
  const line: unknown = Array.isArray(given) ? { name: given[0], value: given[1] } : given;
  if (typeof line !== 'object' || line === null || !('name' in line) || typeof line.name !== 'string') return [];
  const value = 'value' in line ? line.value : '';
  return [{ name: line.name, value: typeof value === 'string' || typeof value === 'number' ? String(value) : '' }];
}

/** The entry with those of its WebSocket messages that can be read, and in words what was left out. */
function wholeMessages(parsed: v.InferOutput<typeof entrySchema>): { entry: HarEntry; skipped: string | null } {
  const { _webSocketMessages: given, ...rest } = parsed;
  // The schema has checked every field that is read; the others pass through.
  const entry = rest as HarEntry;
  if (!given) return { entry, skipped: null };
  const broken: number[] = [];
  const messages = given.flatMap((message, index) => {
    const read = v.safeParse(messageSchema, message);
    if (!read.success) broken.push(index);
    return read.success ? [read.output] : [];
  });
  return { entry: { ...entry, _webSocketMessages: messages }, skipped: skippedText(broken) };
}

function skippedText(broken: readonly number[]): string | null {
  if (broken.length === 0) return null;
  const some = broken.length > 3 ? `${broken.slice(0, 3).join(', ')} and ${broken.length - 3} more` : broken.join(', ');
  return `WebSocket message${broken.length === 1 ? '' : 's'} ${some} skipped: no type or time that can be read`;
}

function recordOf(
  entry: HarEntry,
  index: number,
  pageUrls: Map<string, string>,
  pageOrigin: string | null,
): EntryRecord {
  return {
    kind: 'entry',
    seq: index + 1,
    entry,
    body: null,
    bodyEncoding: null,
    firstFrame: 0,
    pageUrl: entry._doctor?.pageUrl ?? pageUrls.get(entry.pageref ?? '') ?? (pageOrigin && `${pageOrigin}/`),
    harIndex: index,
    seenMs: null,
    askedByUs: entry._doctor?.askedByUs ?? false,
  };
}

/** A broken entry of other traffic is nobody's concern; one that cannot even be told may be ours. */
function mayBeEngineIo(raw: unknown): boolean {
  const text = JSON.stringify(raw) ?? '';
  return text.includes('EIO=') || !text.includes('"url"') || text.includes('transport=');
}

function problemOf(issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const path = v.getDotPath(issue) ?? 'the entry';
  return issue.type === 'check' ? `${path} ${issue.message}` : `${path} is missing or of the wrong type`;
}

const UNDATED_BEFORE_MS = Date.UTC(2000, 0, 1);

/**
 * A WebSocket that was refused before its request was sent is dated 1969 and its messages count from the machine's start:
 * such entries keep their distances and are put at the end of the record, where their true time cannot be found any more.
 */
function placeUndated(records: EntryRecord[]): EntryRecord[] {
  const isUndated = (record: EntryRecord) => Date.parse(record.entry.startedDateTime) < UNDATED_BEFORE_MS;
  const uptimeMs = (record: EntryRecord) => (record.entry._webSocketMessages?.[0]?.time ?? 0) * 1000;
  const undated = records.filter(isUndated);
  if (undated.length === 0) return records;
  const lastMs = records
    .filter((record) => !isUndated(record))
    .reduce((last, { entry }) => Math.max(last, Date.parse(entry.startedDateTime)), 0);
  const firstUptimeMs = undated.map(uptimeMs).reduce((first, ms) => Math.min(first, ms), Number.POSITIVE_INFINITY);
  return records.map((record) =>
    isUndated(record) ? { ...record, seenMs: lastMs + Math.round(uptimeMs(record) - firstUptimeMs) } : record,
  );
}

function isPageUrl(title: string): boolean {
  return /^https?:\/\//.test(title) && URL.canParse(title);
}

function pageOf(records: EntryRecord[], pageUrls: string[]): Diagnosis['page'] {
  const url =
    records.find((record) => record.pageUrl !== null)?.pageUrl ?? (records.length > 0 ? pageUrls[0] : undefined);
  const origin = url === undefined ? null : (parseUrl(url)?.origin ?? null);
  return url !== undefined && origin !== null ? { url, origin } : null;
}
