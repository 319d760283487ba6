/** Secrets in what a connection carries: sids, what a client sends as `auth`, and the page's own data. */
import { redactAddresses } from './addresses.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';
import type { Kind, Secrets } from './secrets.ts';

/** `0{"sid":"..."}` gives out the Engine.IO sid, `40{"sid":"..."}` the Socket.IO one. */
const SID_IN_TEXT = /"sid":"([^"\\]+)"/g;
/** Type, attachments, namespace, acknowledgement id, data. Source: https://socket.io/docs/v4/socket-io-protocol/#packet-encoding */
const SOCKET_PACKET = /^4([0-6])(\d+-)?(\/[^,]*,)?(\d+)?([[{"].*)$/s;
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

/** Rewrites a text that may be an Engine.IO 3 payload, whose lengths have to stay true. */
export function rewritePayload(text: string, rewrite: (part: string) => string): string {
  return rewriteLengthPrefixed(text, rewrite) ?? rewrite(text);
}

function redactPacket(packet: string, secrets: Secrets): string {
  const safe = redactAddresses(
    packet.replace(SID_IN_TEXT, (_, sid: string) => `"sid":"${secrets.hide('sid', sid)}"`),
    secrets,
  );
  if (/^b4?[A-Za-z0-9+/]+={0,2}$/.test(safe)) return safe.startsWith('b4') ? 'b4' : 'b';
  const [, type, attachments = '', namespace = '', id = '', json = ''] = SOCKET_PACKET.exec(safe) ?? [];
  const data = type === undefined ? undefined : parseJson(json);
  if (type === undefined || data === undefined) return safe;
  return `4${type}${attachments}${namespace}${id}${JSON.stringify(redactData(type, data, secrets))}`;
}

/** What of a packet's data says why it fails stays: an event's name, a refusal's message. */
function redactData(type: string, data: unknown, secrets: Secrets): unknown {
  if (type === '0') return hideLeaves('auth', data, secrets);
  if (type === '4') return redactRefusal(data, secrets);
  if (!Array.isArray(data)) return hideLeaves('data', data, secrets);
  const isEvent = (type === '2' || type === '5') && typeof data[0] === 'string';
  return data.map((item, index) => (isEvent && index === 0 ? item : hideLeaves('data', item, secrets)));
}

function redactRefusal(data: unknown, secrets: Secrets): unknown {
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      name === 'message' ? value : hideLeaves('data', value, secrets),
    ]),
  );
}

/** The shape stays; numbers are hidden too, since a number may be a code or an account. An attachment's place is neither. */
function hideLeaves(kind: Kind, value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.hide(kind, value);
  if (typeof value === 'number') return secrets.hide(kind, String(value));
  if (Array.isArray(value)) return value.map((item) => hideLeaves(kind, item, secrets));
  if (typeof value !== 'object' || value === null || '_placeholder' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hideLeaves(kind, item, secrets)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
