/** Secrets in what a connection carries: sids, what a client sends as `auth`, and the page's own data. */
import { decode, looksRandom, redactAddresses, redactTokens } from './addresses.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';
import type { Kind, Secrets } from './secrets.ts';

/** `0{"sid":"..."}` gives out the Engine.IO sid, `40{"sid":"..."}` the Socket.IO one; other servers write JSON with spaces, or `\/`. */
const SID_IN_TEXT = /"sid"\s*:\s*("(?:[^"\\]|\\.)+")/g;
/** Type, attachments, namespace, acknowledgement id, data. Source: https://socket.io/docs/v4/socket-io-protocol/#packet-encoding */
const SOCKET_PACKET = /^4([0-6])(\d+-)?(\/[^,]*,)?(\d+)?([[{"].*)$/s;
/** The same without data, and data that is cut short or is no JSON. */
const PACKET_HEAD = /^4[0-6]?(?:\d+-)?(?:\/[^,]*,)?\d*/;
const CUT_PACKET = new RegExp(`${PACKET_HEAD.source}[[{"]`);
const BARE_PACKET = /^4[0-6](?:\d+-)?(?:\/[^,\s]*,?)?\d*$/;
/** Between the packets of an Engine.IO 4 payload. */
const SEPARATOR = '\u001e';

/** The body of a polling request or response, or a text frame. */
export function redactPayload(text: string, secrets: Secrets): string {
  return rewritePayload(text, (part) =>
    part
      .split(SEPARATOR)
      .map((packet) => redactPacket(packet, secrets))
      .join(SEPARATOR),
  );
}

/** A payload whose lengths are not true: its first length and its first packet's type. */
const BROKEN_PAYLOAD = /^(\d{1,9}):([0-6]\{?|b)/;

/** What such a payload holds cannot be read, and so is hidden; its lengths stay untrue. Null when the text is none. */
export function redactBrokenPayload(text: string, secrets: Secrets): string | null {
  const [head = '', length = '', type = ''] = BROKEN_PAYLOAD.exec(text) ?? [];
  if (head === '' || rewriteLengthPrefixed(text, (packet) => packet) !== null) return null;
  const rest = hideSids(text.slice(head.length), secrets);
  if (rest === '') return text;
  const packet = parseJson(`{${rest}`) !== undefined && type === '0{' ? redactOpen(`0{${rest}`, secrets) : null;
  const shown = packet ?? type + secrets.hide('data', rest);
  return Number(length) === shown.length ? `${Number(length) + 1}:${shown}` : `${length}:${shown}`;
}

/** Rewrites a text that may be an Engine.IO 3 payload, whose lengths have to stay true. */
export function rewritePayload(text: string, rewrite: (part: string) => string): string {
  return rewriteLengthPrefixed(text, rewrite) ?? rewrite(text);
}

/** A Socket.IO packet that names its namespace. */
const IN_NAMESPACE = /^(4[0-6](?:\d+-)?)(\/[^,]*)(.*)$/s;

function redactPacket(packet: string, secrets: Secrets): string {
  const named = hideSids(packet, secrets).replace(
    IN_NAMESPACE,
    (_, head: string, name: string, rest: string) => head + redactNamespace(name, secrets) + rest,
  );
  const [, type, attachments = '', space = '', id = '', json = ''] = SOCKET_PACKET.exec(named) ?? [];
  const data = type === undefined ? undefined : parseJson(json);
  if (type !== undefined && data !== undefined)
    return `4${type}${attachments}${space}${id}${JSON.stringify(redactData(type, data, secrets))}`;
  const safe = IN_NAMESPACE.test(named) ? named : redactAddresses(named, secrets);
  if (/^b4?[A-Za-z0-9+/]+={0,2}$/.test(safe)) return safe.startsWith('b4') ? 'b4' : 'b';
  if (safe.startsWith('0{')) return redactOpen(safe, secrets);
  return CUT_PACKET.test(safe) ? withoutData(safe, secrets) : safe;
}

function hideSids(text: string, secrets: Secrets): string {
  return text.replace(SID_IN_TEXT, (_, sid: string) => `"sid":"${secrets.hide('sid', String(parseJson(sid) ?? sid))}"`);
}

/** `/admin?token=...`: clients of protocol 3 send what they have to say for themselves behind the name. */
function redactNamespace(space: string, secrets: Secrets): string {
  const at = space.indexOf('?');
  if (at < 0) return redactTokens(space, secrets);
  const query = space
    .slice(at + 1)
    .split('&')
    .map(
      (pair) => pair.slice(0, pair.indexOf('=') + 1) + secrets.hide('auth', decode(pair.slice(pair.indexOf('=') + 1))),
    );
  return `${redactTokens(space.slice(0, at), secrets)}?${query.join('&')}`;
}

/** A frame: a packet like those of a body, or a message of a protocol that is not Socket.IO's. */
export function redactFrame(data: string, secrets: Secrets): string {
  const redacted = redactPayload(data, secrets);
  return redacted === data && isUnreadMessage(data) ? withoutData(data, secrets) : redacted;
}

/** A page in plain text may begin with its status. */
const STATUS = /^4\d\d(?!\d)/;

/** The same of a body, in which several may stand, or words. */
export function redactMessages(text: string, secrets: Secrets): string {
  return rewritePayload(text, (part) =>
    part
      .split(SEPARATOR)
      .map((packet) => (STATUS.test(packet) ? redactPacket(packet, secrets) : redactFrame(packet, secrets)))
      .join(SEPARATOR),
  );
}

function isUnreadMessage(data: string): boolean {
  return data.startsWith('4') && !BARE_PACKET.test(data) && !isRead(data);
}

/** Whether its data was looked at, and held nothing to hide. */
function isRead(packet: string): boolean {
  const json = SOCKET_PACKET.exec(packet)?.[5];
  return json !== undefined && parseJson(json) !== undefined;
}

/** What cannot be read is not known to be harmless. */
function withoutData(packet: string, secrets: Secrets): string {
  const [head = ''] = PACKET_HEAD.exec(packet) ?? [];
  return head + secrets.hide('data', packet.slice(head.length));
}

const OPEN_FIELD = /^(sid|upgrades|pingInterval|pingTimeout|maxPayload)$/;

/** A server may add fields of its own. As text, where nothing is to be hidden: its spaces tell one server from another. */
function redactOpen(packet: string, secrets: Secrets): string {
  const open = parseJson(packet.slice(1));
  if (typeof open !== 'object' || open === null || Object.keys(open).every((name) => OPEN_FIELD.test(name)))
    return packet;
  const fields = Object.entries(open).map(([name, value]) => [
    name,
    OPEN_FIELD.test(name) ? value : hideLeaves('data', value, secrets),
  ]);
  return `0${JSON.stringify(Object.fromEntries(fields))}`;
}

/** What of a packet's data says why it fails stays: an event's name, a refusal's message. */
function redactData(type: string, data: unknown, secrets: Secrets): unknown {
  if (type === '0') return hideLeaves('auth', data, secrets);
  if (type === '4') return redactRefusal(data, secrets);
  if (!Array.isArray(data)) return hideLeaves('data', data, secrets);
  const isEvent = (type === '2' || type === '5') && typeof data[0] === 'string';
  return data.map((item, index) =>
    isEvent && index === 0 ? redactTokens(String(item), secrets) : hideLeaves('data', item, secrets),
  );
}

function redactRefusal(data: unknown, secrets: Secrets): unknown {
  if (typeof data === 'string') return redactTokens(redactAddresses(data, secrets), secrets);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      name === 'message' && typeof value === 'string'
        ? redactTokens(redactAddresses(value, secrets), secrets)
        : hideLeaves('data', value, secrets),
    ]),
  );
}

/** The shape stays; numbers are hidden too, since a number may be a code or an account. An attachment's place is neither. */
function hideLeaves(kind: Kind, value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.hide(kind, value);
  if (typeof value === 'number') return secrets.hide(kind, String(value));
  if (Array.isArray(value)) return value.map((item) => hideLeaves(kind, item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  if ('_placeholder' in value && 'num' in value) return { _placeholder: true, num: value.num };
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [hideKey(name, secrets), hideLeaves(kind, item, secrets)]),
  );
}

/** A field's name is a word of the program's, unless its like is an address, an account or a token. */
export function hideKey(name: string, secrets: Secrets): string {
  return /\S@\S|^\d{4,}$/.test(name) || looksRandom(name) ? secrets.hide('data', name) : name;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
