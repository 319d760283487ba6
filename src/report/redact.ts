/**
 * Redaction of the entries that a report is made of; the report is then made of the redacted ones, so that opening it again
 * finds the same. Secrets are replaced in their place (a header, a cookie, a sid, a CONNECT's data); those that could not be
 * mistaken for anything else are replaced wherever they occur. Equal values get equal placeholders. Names, statuses,
 * origins, timings and CORS values stay: they are the diagnosis.
 */
import type { HarEntry, HarHeader } from '../model/har.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';

/** Headers whose whole value is a secret. `Sec-WebSocket-Key` is a nonce and tells attempts apart; it stays. */
const SECRET_HEADER =
  /^(authorization|proxy-authorization|www-authenticate|proxy-authenticate)$|token|secret|passw|api-?key|session|credential(?!s)|^x-.*auth/i;
const NOT_SECRET_HEADER = /^(access-control-|sec-)/i;

/** Query parameters of the user's own that carry credentials. */
const SECRET_PARAMETER = /token|secret|passw|api-?key|session|auth|jwt|signature|^key$|^sig$/i;

type Kind = 'sid' | 'cookie' | 'header' | 'auth' | 'query';

export interface Redaction {
  entries: HarEntry[];
  /** Replaces what was found in the entries in any other value of the report. */
  replaceIn<T>(value: T): T;
}

/** Redacts entries. The input is left as it is. */
export function redactEntries(entries: readonly HarEntry[]): Redaction {
  const secrets = createSecrets(entries.flatMap(diagnosticTexts));
  const inPlace = entries.map((entry) => redactEntry(entry, secrets));
  return { entries: inPlace.map(secrets.replaceIn), replaceIn: secrets.replaceIn };
}

/** Headers that the diagnosis reads. */
const DIAGNOSTIC_HEADER = /^(access-control-.*|origin|host|vary|content-type|upgrade|connection|server)$/i;

/** What the diagnosis rests on: a secret that stands in it by chance (a cookie with the host's name) is hidden in its place only. */
function diagnosticTexts({ request, response }: HarEntry): string[] {
  const [address = '', query = ''] = request.url.split('?');
  const protocol = query.split('&').filter((pair) => /^(EIO|transport|t)=/.test(pair));
  const headers = [...request.headers, ...response.headers].filter(({ name }) => DIAGNOSTIC_HEADER.test(name));
  return [address, ...protocol, ...headers.map(({ value }) => value)];
}

interface Secrets {
  /** The placeholder of a value; the same for the same value. */
  hide(kind: Kind, value: string): string;
  replaceIn<T>(value: T): T;
}

/**
 * A value that nothing else can be equal to by chance: letters and digits mixed, not short, no URL. A cookie `true` is
 * replaced in its place only, or `Access-Control-Allow-Credentials: true` would be gone with it.
 */
function isUnmistakable(value: string): boolean {
  return /^[\w+/=.~%-]{10,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

function createSecrets(diagnostic: readonly string[]): Secrets {
  const placeholders = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const everywhere = new Map<string, string>();

  const replaceText = (text: string): string => {
    const present = [...everywhere.keys()].filter((secret) => text.includes(secret));
    if (present.length === 0) return text;
    const longestFirst = present.sort((a, b) => b.length - a.length);
    return rewritePayload(text, (part) =>
      longestFirst.reduce((result, secret) => result.replaceAll(secret, everywhere.get(secret) ?? ''), part),
    );
  };

  return {
    hide(kind, value) {
      const known = placeholders.get(value);
      if (known !== undefined || value === '' || isPlaceholder(value)) return known ?? value;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      const placeholder = `[redacted:${kind}:${count}]`;
      placeholders.set(value, placeholder);
      const stands = diagnostic.some((text) => text.includes(value));
      if (isUnmistakable(value) && !stands) for (const form of formsOf(value)) everywhere.set(form, placeholder);
      return placeholder;
    },
    replaceIn: (value) => mapStrings(value, replaceText),
  };
}

/** A report that was redacted before keeps its placeholders. */
function isPlaceholder(value: string): boolean {
  return /^\[redacted:\w+:\d+\]$/.test(value);
}

function formsOf(value: string): Set<string> {
  return new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
}

function mapStrings<T>(value: T, map: (text: string) => string): T {
  const visit = (item: unknown): unknown => {
    if (typeof item === 'string') return map(item);
    if (Array.isArray(item)) return item.map(visit);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, part]) => [name, visit(part)]));
  };
  // The shape stays: strings become strings, and nothing else is touched.
  return visit(value) as T;
}

function redactEntry(entry: HarEntry, secrets: Secrets): HarEntry {
  const { request, response } = entry;
  const headers = (list: HarHeader[]) => list.map((header) => redactHeader(header, secrets));
  const cookies = (list: unknown[] | undefined) => list?.map((cookie) => redactCookie(cookie, secrets));
  const text = (value: string | undefined) => (value === undefined ? undefined : redactText(value, secrets));
  return {
    ...entry,
    request: {
      ...request,
      url: redactUrl(request.url, secrets),
      headers: headers(request.headers),
      cookies: cookies(request.cookies),
      queryString: request.queryString?.map((parameter) => redactParameter(parameter, secrets)),
      ...(request.postData && { postData: { ...request.postData, text: text(request.postData.text) } }),
    },
    response: {
      ...response,
      headers: headers(response.headers),
      cookies: cookies(response.cookies),
      ...(response.content && { content: { ...response.content, text: text(response.content.text) } }),
    },
    ...(entry._webSocketMessages && {
      _webSocketMessages: entry._webSocketMessages.map((message) => ({
        ...message,
        data: redactText(message.data, secrets),
      })),
    }),
  };
}

function redactHeader({ name, value }: HarHeader, secrets: Secrets): HarHeader {
  if (/^cookie$/i.test(name)) return { name, value: redactPairs(value, /;\s*/, '; ', secrets) };
  if (/^set-cookie$/i.test(name)) {
    const lines = value.split('\n').map((line) => redactSetCookie(line, secrets));
    return { name, value: lines.join('\n') };
  }
  const isSecret = SECRET_HEADER.test(name) && !NOT_SECRET_HEADER.test(name);
  return isSecret
    ? { name, value: secrets.hide('header', value) }
    : { name, value: redactUrlsIn(name, value, secrets) };
}

/** Addresses in headers may carry the same parameters as the request's own. */
function redactUrlsIn(name: string, value: string, secrets: Secrets): string {
  return /^(referer|location)$/i.test(name) ? redactUrl(value, secrets) : value;
}

function redactPairs(value: string, separator: RegExp, joint: string, secrets: Secrets): string {
  return value
    .split(separator)
    .map((pair) => redactPair(pair, secrets))
    .join(joint);
}

function redactPair(pair: string, secrets: Secrets): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair;
  return pair.slice(0, equals + 1) + secrets.hide('cookie', pair.slice(equals + 1).trim());
}

/** `name=value; Path=/; HttpOnly`: the attributes are part of the diagnosis. */
function redactSetCookie(line: string, secrets: Secrets): string {
  const [pair = '', ...attributes] = line.split(';');
  return [redactPair(pair, secrets), ...attributes].join(';');
}

function redactCookie(cookie: unknown, secrets: Secrets): unknown {
  if (typeof cookie !== 'object' || cookie === null || !('value' in cookie)) return cookie;
  return { ...cookie, value: typeof cookie.value === 'string' ? secrets.hide('cookie', cookie.value) : null };
}

function redactParameter({ name, value }: HarHeader, secrets: Secrets): HarHeader {
  return { name, value: hideParameter(name, value, secrets) ?? value };
}

function hideParameter(name: string, value: string, secrets: Secrets): string | null {
  if (name === 'sid') return secrets.hide('sid', value);
  return SECRET_PARAMETER.test(name) ? secrets.hide('query', value) : null;
}

function redactUrl(url: string, secrets: Secrets): string {
  return url.replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole: string, lead: string, name: string, value: string) => {
    const hidden = hideParameter(name, decode(value), secrets);
    return hidden === null ? whole : `${lead}${name}=${hidden}`;
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `0{"sid":"..."}` gives out the Engine.IO sid, `40{"sid":"..."}` the Socket.IO one. */
const SID_IN_TEXT = /"sid":"([^"\\]+)"/g;
/** A CONNECT packet with data, `40{...}` or `40/admin,{...}`. */
const CONNECT_WITH_DATA = /^(40(?:\/[^,]*,)?)(\{.*\})$/s;
/** Between the packets of an Engine.IO 4 payload. */
const SEPARATOR = '\u001e';

/** A body or a frame. */
function redactText(text: string, secrets: Secrets): string {
  return rewritePayload(text, (part) =>
    part
      .split(SEPARATOR)
      .map((packet) => redactPacket(packet, secrets))
      .join(SEPARATOR),
  );
}

function redactPacket(packet: string, secrets: Secrets): string {
  const withoutSids = packet.replace(SID_IN_TEXT, (_, sid: string) => `"sid":"${secrets.hide('sid', sid)}"`);
  const connect = CONNECT_WITH_DATA.exec(withoutSids);
  const data = connect && parseJson(connect[2] ?? '');
  if (!connect || data === null) return withoutSids;
  // The server's answer to a CONNECT holds the sid alone, which is hidden already.
  return connect[1] + JSON.stringify(mapStrings(data, (value) => secrets.hide('auth', value)));
}

/** Keeps the lengths of an Engine.IO 3 payload true. */
function rewritePayload(text: string, rewrite: (part: string) => string): string {
  return rewriteLengthPrefixed(text, rewrite) ?? rewrite(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
