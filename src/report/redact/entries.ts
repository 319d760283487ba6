/**
 * Redaction of the entries that a report is made of; the report is then made of the redacted ones, so that opening it again
 * finds the same. Secrets are replaced in their place (a header, a cookie, a sid, an event's data); those that could not be
 * mistaken for anything else are replaced wherever they occur. Equal values get equal placeholders. Names, statuses,
 * origins, timings and CORS values stay: they are the diagnosis.
 */
import type { HarContent, HarEntry, HarHeader, HarWebSocketMessage } from '../../model/har.ts';
import { isTokenInPath, JWT, redactAddress, redactAddresses, redactParameter, redactTokens } from './addresses.ts';
import { redactBody } from './bodies.ts';
import { decodeLatin1, isHeader } from './encodings.ts';
import { createHostNames } from './hosts.ts';
import { knownFields, pageNumbers } from './known-fields.ts';
import { redactFrame, rewritePayload } from './packets.ts';
import { createSecrets, type Secrets } from './secrets.ts';

/** Headers whose whole value is a secret. */
const SECRET_HEADER =
  /^(authorization|proxy-authorization|www-authenticate|proxy-authenticate)$|^auth(entication)?$|^cookie2$|token|secret|passw|pwd|api[-_]?key|subscription-key|csrf|xsrf|bypass|client-id|-sign$|^remote-user$|forwarded-(user|email)|session|credential(?!s)|^x-.*(auth|user|key)|jwt|signature/i;
/** `Sec-WebSocket-Key` is a nonce and tells attempts apart: it stays. */
const NOT_SECRET_HEADER = /^(access-control-|sec-)/i;
/** Headers whose values the diagnosis or its reader may need; of these, what looks random is hidden. Of all others, all is. */
const PLAIN_HEADER =
  /^(:(method|scheme|status)|accept.*|age|alt-svc|allow|cache-control|cf-(ray|cache-status)|connection|content-(encoding|language|length|range|type)|cross-origin-.*|date|dnt|etag|expires|if-.*|keep-alive|last-modified|non-authoritative-reason|permissions-policy|pragma|priority|purpose|range|referrer-policy|retry-after|save-data|server|strict-transport-security|te|timing-allow-origin|trailer|transfer-encoding|upgrade.*|user-agent|vary|via|x-amz-cf-id|x-cache.*|x-content-type-options|x-dns-prefetch-control|x-download-options|x-forwarded-(host|proto|port|server)|x-frame-options|x-nf-request-id|x-powered-by|x-ratelimit-.*|x-requested-with|x-vercel-(id|cache)|x-xss-protection)$/i;
/** Names of servers and policies, which may look random: they stay but for what their addresses hold. */
const NAMING_HEADER = /^(:authority|access-control-.*|content-security-policy.*|host|origin|sec-.*)$/i;
/** Headers that hold one address. */
const ADDRESS_HEADER = /^(:path|content-location|location|referer)$/i;
/** A tag says that two answers are the same, and equal placeholders do, too. */
const TAG_HEADER = /^(etag|if-match|if-none-match)$/i;
/** What anybody's header may say. */
const PLAIN_VALUE = /^(\d{0,3}|true|false|yes|no|on|off)$/i;

export interface Redaction {
  entries: HarEntry[];
  /** Replaces what was found in the entries, and credentials in addresses, in any other value of the report. */
  replaceIn<T>(value: T): T;
  /** The same for what a person wrote, who may have pasted a token that no entry holds. */
  replaceInNotes(text: string): string;
}

export interface RedactionChoice {
  /** Whether secrets are hidden. */
  secrets: boolean;
  /** Whether the names of hosts are. */
  hosts: boolean;
}

/** Redacts entries. The input is left as it is. */
export function redactEntries(
  entries: readonly HarEntry[],
  choice: RedactionChoice = { secrets: true, hosts: false },
): Redaction {
  const hidden = choice.secrets ? withoutSecrets(entries) : untouched(entries);
  if (!choice.hosts) return hidden;
  const hosts = createHostNames(hidden.entries);
  const hideHosts = <T>(value: T) =>
    mapStrings(value, (text) => rewritePayload(text, hosts.replaceIn), hosts.replaceInHeader);
  return {
    entries: hidden.entries.map((entry) => hideHosts(hosts.redactFields(entry))),
    replaceIn: (value) => hideHosts(hidden.replaceIn(value)),
    replaceInNotes: (text) => hideHosts(hidden.replaceInNotes(text)),
  };
}

function untouched(entries: readonly HarEntry[]): Redaction {
  return { entries: [...entries], replaceIn: (value) => value, replaceInNotes: (text) => text };
}

function withoutSecrets(entries: readonly HarEntry[]): Redaction {
  const secrets = createSecrets(entries.flatMap(diagnosticTexts));
  const pages = pageNumbers();
  const inPlace = entries.map((entry) => redactEntry(pages(knownFields(entry)), secrets));
  const replaceIn = <T>(value: T) =>
    mapStrings(
      value,
      (text) => rewritePayload(text, (part) => secrets.replaceIn(redactAddresses(part, secrets))),
      (header) => (isDiagnosticHeader(header) ? header : null),
    );
  return {
    entries: inPlace.map(replaceIn),
    replaceIn,
    replaceInNotes: (text) => redactTokens(replaceIn(text), secrets),
  };
}

/** Headers that the diagnosis reads. */
const DIAGNOSTIC_HEADER = /^(access-control-.*|origin|host|vary|content-type|upgrade|connection)$/i;

function diagnosticTexts({ request, response }: HarEntry): string[] {
  const [address = '', query = ''] = request.url.split('?');
  const protocol = query.split('&').filter((pair) => /^(EIO|transport|t)=/.test(pair));
  const headers = [...request.headers, ...response.headers].filter(({ name }) => DIAGNOSTIC_HEADER.test(name));
  const path = address.replace(/\/\/[^/@]*@/, '//').split('/');
  return [...path.filter((part) => !isTokenInPath(part)), ...protocol, ...headers.map(({ value }) => value)];
}

/** CORS values stay as they are, whatever they hold: they are the diagnosis. */
function isDiagnosticHeader({ name }: HarHeader): boolean {
  return DIAGNOSTIC_HEADER.test(name);
}

/** `mapHeader` may answer what stands for a whole header; null leaves it to `map`. */
function mapStrings<T>(
  value: T,
  map: (text: string) => string,
  mapHeader: (header: HarHeader) => HarHeader | null = () => null,
): T {
  const visit = (item: unknown): unknown => {
    if (typeof item === 'string') return map(item);
    if (Array.isArray(item)) return item.map(visit);
    if (typeof item !== 'object' || item === null) return item;
    const header = isHeader(item) ? mapHeader(item) : null;
    return header ?? Object.fromEntries(Object.entries(item).map(([name, part]) => [name, visit(part)]));
  };
  // The shape stays: strings become strings, and nothing else is touched.
  return visit(value) as T;
}

function redactEntry(entry: HarEntry, secrets: Secrets): HarEntry {
  const { request, response } = entry;
  const headers = (list: HarHeader[]) => list.map((header) => redactHeader(header, secrets));
  const cookies = (list: unknown[] | undefined) => list?.map((cookie) => redactCookie(cookie, secrets));
  return {
    ...entry,
    request: {
      ...request,
      url: redactAddress(request.url, secrets),
      headers: headers(request.headers),
      cookies: cookies(request.cookies),
      queryString: redactParameters(request.queryString, secrets),
      ...(request.postData && { postData: redactPostData(request.postData, secrets) }),
    },
    response: {
      ...response,
      ...(typeof response.statusText === 'string' && { statusText: redactTokens(response.statusText, secrets) }),
      ...(typeof response.redirectURL === 'string' && { redirectURL: redactAddress(response.redirectURL, secrets) }),
      headers: headers(response.headers),
      cookies: cookies(response.cookies),
      ...(response.content && { content: redactContent(response.content, secrets) }),
    },
    ...(entry._webSocketMessages && {
      _webSocketMessages: entry._webSocketMessages.map((message) => redactMessage(message, secrets)),
    }),
  };
}

function redactHeader({ name, value }: HarHeader, secrets: Secrets): HarHeader {
  if (/^cookie$/i.test(name)) return { name, value: redactPairs(value, secrets) };
  if (/^set-cookie$/i.test(name)) {
    // Some tools join several with commas, which dates hold, too.
    const lines = value.split(/(\n|,(?=\s*[^;,=\s]+=))/).map((line) => redactSetCookie(line, secrets));
    return { name, value: lines.join('') };
  }
  if (DIAGNOSTIC_HEADER.test(name)) return { name, value };
  if (/^sec-websocket-protocol$/i.test(name)) return { name, value: redactProtocols(value, secrets) };
  if (SECRET_HEADER.test(name) && !NOT_SECRET_HEADER.test(name)) return { name, value: hideCredential(value, secrets) };
  if (ADDRESS_HEADER.test(name)) return { name, value: redactAddress(value, secrets) };
  const safe = redactAddresses(value, secrets).replace(JWT, (jwt) => secrets.hide('token', jwt));
  if (NAMING_HEADER.test(name)) return { name, value: safe };
  if (PLAIN_HEADER.test(name) && !TAG_HEADER.test(name)) return { name, value: redactTokens(safe, secrets) };
  return { name, value: PLAIN_VALUE.test(value) ? value : secrets.hide('header', value) };
}

/** The whole value, and by itself what follows the scheme (`Bearer ...`, RFC 9110, section 11.4): it may stand elsewhere too. */
function hideCredential(value: string, secrets: Secrets): string {
  const placeholder = secrets.hide('header', value);
  const [, credential = ''] = /^\S+\s+(\S+)$/.exec(value) ?? [];
  if (credential !== '') secrets.hide('header', credential);
  const decoded = decodeLatin1(credential);
  for (const part of /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(decoded) ? [decoded, ...decoded.split(':')] : [])
    secrets.hide('header', part);
  return placeholder;
}

/** Protocols of programs (IANA's registry and common ones). */
const KNOWN_PROTOCOL =
  /^(access_token|actioncable-.*json|authorization|bearer|binary|chat|echo-protocol|graphql-(transport-)?ws|graphqlws|json|jwt|mqtt(v3\.1)?|ocpp[\d.]{1,5}|sip|soap|token|v\d{1,2}(\.\d{1,2})?\.(chat|json|stomp)|vite-(hmr|ping)|wamp(\.2\.(json|msgpack|cbor))?|xmpp)$/i;

/** Browsers let a page set this header alone, so tokens and passwords are passed in it. */
function redactProtocols(value: string, secrets: Secrets): string {
  return value
    .split(/,\s*/)
    .map((protocol) => (KNOWN_PROTOCOL.test(protocol) ? protocol : secrets.hide('header', protocol)))
    .join(', ');
}

function redactPairs(value: string, secrets: Secrets): string {
  return value
    .split(/;\s*/)
    .map((pair) => redactPair(pair, secrets))
    .join('; ');
}

function redactPair(pair: string, secrets: Secrets): string {
  const equals = pair.indexOf('=');
  // A cookie may have no name (RFC 6265bis, section 5.6).
  if (equals < 0) return /^[\s,]*$/.test(pair) ? pair : secrets.hide('cookie', pair.trim());
  return pair.slice(0, equals + 1) + secrets.hide('cookie', pair.slice(equals + 1).trim());
}

/** `name=value; Path=/; HttpOnly`: the attributes are part of the diagnosis. */
function redactSetCookie(line: string, secrets: Secrets): string {
  const [pair = '', ...attributes] = line.split(';');
  return [redactPair(pair, secrets), ...attributes].join(';');
}

/** Of a cookie, and of a form's field. */
const COOKIE_FIELD = /^(name|path|domain|expires|maxAge|httpOnly|secure|sameSite|contentType)$/;

function redactCookie(cookie: unknown, secrets: Secrets): unknown {
  if (typeof cookie === 'string') return secrets.hide('cookie', cookie);
  if (typeof cookie !== 'object' || cookie === null) return null;
  const known = Object.fromEntries(Object.entries(cookie).filter(([name]) => COOKIE_FIELD.test(name)));
  if (!('value' in cookie)) return known;
  return { ...known, value: typeof cookie.value === 'string' ? secrets.hide('cookie', cookie.value) : null };
}

function redactParameters(parameters: HarHeader[] | undefined, secrets: Secrets): HarHeader[] | undefined {
  return parameters?.map(({ name, value }) => ({ name, value: redactParameter(name, value, secrets) ?? value }));
}

function redactPostData(postData: NonNullable<HarEntry['request']['postData']>, secrets: Secrets) {
  const { text, ...rest } = postData;
  const params: unknown = Reflect.get(rest, 'params');
  return {
    ...rest,
    ...(text !== undefined && { text: redactBody(text, secrets) }),
    // A form's fields, as other tools write them: what they hold is the page's own.
    ...(Array.isArray(params) && { params: params.map((field) => redactCookie(field, secrets)) }),
  };
}

function redactContent(content: HarContent, secrets: Secrets): HarContent {
  const { text, encoding } = content;
  if (text === undefined) return content;
  if (encoding !== 'base64') return { ...content, text: redactBody(text, secrets) };
  const decoded = decodeUtf8(text);
  // Bytes that are no text (an attachment, a packed payload) are the page's own data.
  return { ...content, text: decoded === null ? '' : encodeUtf8(redactBody(decoded, secrets)) };
}

/** A frame's length is evidence (too large a payload), what it holds is not. */
function redactMessage(message: HarWebSocketMessage, secrets: Secrets): HarWebSocketMessage {
  const { type, opcode, data } = message;
  const redacted = opcode === 2 ? '' : type === 'error' ? redactAddresses(data, secrets) : redactFrame(data, secrets);
  return redacted === data ? message : { ...message, data: redacted, _length: message._length ?? data.length };
}

function decodeUtf8(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodeUtf8(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}
