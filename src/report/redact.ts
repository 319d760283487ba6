/**
 * Redaction of the object model: values that identify a user or a session are found by their place (a header, a cookie, a
 * sid), then replaced wherever they occur, so that equal values stay recognisable as equal. Names, statuses, origins,
 * timings and CORS values stay: they are the diagnosis.
 */
import type { HarEntry, HarHeader } from '../model/har.ts';
import type { Report } from '../model/report.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';

/** Headers whose whole value is a secret. `Sec-WebSocket-Key` is a nonce and tells attempts apart; it stays. */
const SECRET_HEADER =
  /^(authorization|proxy-authorization|www-authenticate|proxy-authenticate)$|token|secret|passw|api-?key|session|credential(?!s)|^x-.*auth/i;
const NOT_SECRET_HEADER = /^(access-control-|sec-)/i;

/** Query parameters of the user's own that carry credentials. */
const SECRET_PARAMETER = /token|secret|passw|api-?key|session|auth|jwt|signature|^key$|^sig$/i;

type Kind = 'sid' | 'cookie' | 'header' | 'auth' | 'query';

/** A redacted copy of the report, `redacted: true`. The same secret gives the same `[redacted:sid:1]`. */
export function redactReport(report: Report): Report {
  const secrets = createSecrets();
  for (const entry of report.har.log.entries) collectFromEntry(entry, secrets);
  for (const session of report.sessions) secrets.add('sid', session.sid);
  return { ...secrets.replaceIn(report), redacted: true };
}

interface Secrets {
  add(kind: Kind, value: string | null | undefined): void;
  replaceIn<T>(value: T): T;
}

/** Shorter values are words, not secrets, and would be replaced in the middle of others. */
const MIN_SECRET_LENGTH = 4;

function createSecrets(): Secrets {
  const placeholders = new Map<string, string>();
  const counts = new Map<Kind, number>();
  let ordered: string[] | null = null;

  const replaceText = (text: string): string => {
    ordered ??= [...placeholders.keys()].sort((a, b) => b.length - a.length);
    if (!ordered.some((secret) => text.includes(secret))) return text;
    const replaceAll = (part: string) =>
      (ordered ?? []).reduce((result, secret) => result.replaceAll(secret, placeholders.get(secret) ?? ''), part);
    return rewriteLengthPrefixed(text, replaceAll) ?? replaceAll(text);
  };

  const replaceIn = (value: unknown): unknown => {
    if (typeof value === 'string') return replaceText(value);
    if (Array.isArray(value)) return value.map(replaceIn);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceIn(item)]));
  };

  return {
    add(kind, value) {
      if (!value || value.length < MIN_SECRET_LENGTH) return;
      const forms = new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
      if ([...forms].some((form) => placeholders.has(form))) return;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      for (const form of forms) placeholders.set(form, `[redacted:${kind}:${count}]`);
      ordered = null;
    },
    replaceIn: <T>(value: T) => replaceIn(value) as T,
  };
}

function collectFromEntry(entry: HarEntry, secrets: Secrets): void {
  for (const header of [...entry.request.headers, ...entry.response.headers]) collectFromHeader(header, secrets);
  for (const cookie of [...(entry.request.cookies ?? []), ...(entry.response.cookies ?? [])])
    secrets.add('cookie', fieldOf(cookie, 'value'));
  collectFromUrl(entry.request.url, secrets);
  const texts = [
    entry.response.content?.text,
    entry.request.postData?.text,
    ...(entry._webSocketMessages ?? []).map((message) => message.data),
  ];
  for (const text of texts) if (text) collectFromText(text, secrets);
}

function collectFromHeader({ name, value }: HarHeader, secrets: Secrets): void {
  if (/^cookie$/i.test(name)) for (const pair of value.split(';')) secrets.add('cookie', afterEquals(pair));
  else if (/^set-cookie$/i.test(name))
    for (const line of value.split('\n')) secrets.add('cookie', afterEquals(line.split(';')[0] ?? ''));
  else if (SECRET_HEADER.test(name) && !NOT_SECRET_HEADER.test(name)) secrets.add('header', value);
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1).trim();
}

function collectFromUrl(url: string, secrets: Secrets): void {
  if (!URL.canParse(url)) return;
  for (const [name, value] of new URL(url).searchParams) {
    if (name === 'sid') secrets.add('sid', value);
    else if (SECRET_PARAMETER.test(name)) secrets.add('query', value);
  }
}

/** `0{"sid":"..."}` gives out the Engine.IO sid, `40{"sid":"..."}` the Socket.IO one. */
const SID_IN_TEXT = /"sid":"([^"\\]+)"/g;
/** A CONNECT packet with data, `40{...}` or `40/admin,{...}`. */
const CONNECT_WITH_AUTH = /^40(?:\/[^,]*,)?(\{.*\})$/s;
/** Between the packets of an Engine.IO 4 payload. */
const SEPARATOR = '\u001e';

function collectFromText(text: string, secrets: Secrets): void {
  for (const match of text.matchAll(SID_IN_TEXT)) secrets.add('sid', match[1]);
  for (const packet of text.split(SEPARATOR)) {
    collectStrings(parseJson(CONNECT_WITH_AUTH.exec(packet)?.[1] ?? ''), secrets);
  }
}

function collectStrings(value: unknown, secrets: Secrets): void {
  if (typeof value === 'string') secrets.add('auth', value);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) collectStrings(item, secrets);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const field = new Map(Object.entries(value)).get(name);
  return typeof field === 'string' ? field : null;
}
