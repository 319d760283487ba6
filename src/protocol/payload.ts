/**
 * Engine.IO payloads, both framings, decoded with the project's own parsers (engine.io-parser 5 for protocol 4, its major 2
 * for protocol 3). Source: https://socket.io/docs/v4/engine-io-protocol/ and its v3 branch.
 */
import { decodePacket as decodeV4 } from 'engine.io-parser';
import parserV3 from 'engine.io-parser-v3';

export type EnginePacketType = 'open' | 'close' | 'ping' | 'pong' | 'message' | 'upgrade' | 'noop';

export interface EnginePacket {
  type: EnginePacketType;
  /** Text after the type digit; base64 when `binary`. */
  data: string;
  binary: boolean;
}

const SEPARATOR = '\x1e';
const TYPES = new Set<string>(['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop']);

/**
 * Decodes the body of a polling request or response. Null when it is not in the framing of that protocol revision:
 * HTML, JSON, or the other revision's framing.
 */
export function decodePollingBody(body: string, eio: number): EnginePacket[] | null {
  if (body === '') return null;
  return eio === 3 ? decodeLengthPrefixed(unwrapJsonp(body)) : decodeSeparated(unwrapJsonp(body));
}

/** JSONP polling wraps the payload in a call: `___eio[0]("...");`. Source: engine.io `lib/transports/polling-jsonp.ts`. */
function unwrapJsonp(body: string): string {
  const argument = /^___eio\[\d+\]\((".*")\);?\s*$/s.exec(body)?.[1];
  const payload = argument === undefined ? null : parseJson(argument);
  return typeof payload === 'string' ? payload : body;
}

/**
 * Decodes the binary form of an Engine.IO 3 payload (`00 09 07 ff ...`: kind, length in decimal digits, 0xff, packet), which
 * clients that can take it are sent. Null when the bytes are something else. Source: Engine.IO protocol v3, "Payload".
 */
export function decodeBinaryPayload(base64: string): EnginePacket[] | null {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const packets: EnginePacket[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0xff, at);
    const digits = [...bytes.subarray(at + 1, end)];
    if (end < 0 || digits.length === 0 || digits.length > 9 || digits.some((digit) => digit > 9)) return null;
    const next = end + 1 + Number(digits.join(''));
    if (next > bytes.length) return null;
    const packet = bytes[at] === 0 ? decodeFrame(new TextDecoder().decode(bytes.subarray(end + 1, next)), 3) : null;
    packets.push(packet ?? { type: 'message', data: '', binary: true });
    at = next;
  }
  return packets;
}

/** Decodes one WebSocket text frame (a packet a frame in both revisions); null when it is not an Engine.IO packet. */
export function decodeFrame(text: string, eio: number): EnginePacket | null {
  if (text.startsWith('b')) return { type: 'message', data: text.slice(eio === 3 ? 2 : 1), binary: true };
  // The one-packet form is the same in both revisions.
  const packet = decodeV4(text);
  return toPacket(packet.type, packet.data);
}

function decodeSeparated(body: string): EnginePacket[] | null {
  const packets = body.split(SEPARATOR).map((text) => decodeFrame(text, 4));
  return packets.every((packet) => packet !== null) ? packets : null;
}

function decodeLengthPrefixed(body: string): EnginePacket[] | null {
  if (!/^\d+:/.test(body)) return null;
  const packets: (EnginePacket | null)[] = [];
  try {
    parserV3.decodePayload(body, 'arraybuffer', (packet) => {
      const binary = typeof packet.data === 'object';
      packets.push(binary ? { type: 'message', data: '', binary } : toPacket(packet.type, packet.data));
    });
  } catch {
    return null;
  }
  return packets.every((packet) => packet !== null) ? packets : null;
}

function toPacket(type: string, data: unknown): EnginePacket | null {
  if (!TYPES.has(type)) return null;
  return { type: type as EnginePacketType, data: typeof data === 'string' ? data : '', binary: false };
}

/** The data of the server's first packet, `0{...}`. */
export interface OpenPacket {
  sid: string;
  upgrades: string[];
  /** Milliseconds; null when missing. */
  pingInterval: number | null;
  /** Milliseconds; null when missing. */
  pingTimeout: number | null;
  /** Bytes; null before Socket.IO 4.5. */
  maxPayload: number | null;
  /** Names in the order they were written: implementations differ in it. */
  keys: string[];
}

/** Reads the `open` packet's JSON; null when it is not one. */
export function readOpenPacket(packet: EnginePacket | undefined): OpenPacket | null {
  if (packet?.type !== 'open') return null;
  const value = parseJson(packet.data);
  if (typeof value !== 'object' || value === null) return null;
  const fields = new Map(Object.entries(value));
  const sid = fields.get('sid');
  if (typeof sid !== 'string') return null;
  const number = (name: string) => {
    const field = fields.get(name);
    return typeof field === 'number' ? field : null;
  };
  const upgrades = fields.get('upgrades');
  return {
    sid,
    upgrades: Array.isArray(upgrades) ? upgrades.filter((item) => typeof item === 'string') : [],
    pingInterval: number('pingInterval'),
    pingTimeout: number('pingTimeout'),
    maxPayload: number('maxPayload'),
    keys: [...fields.keys()],
  };
}

/** An Engine.IO server's own error body, `{"code":1,"message":"Session ID unknown"}`. */
export interface ServerError {
  /** A number on Node, a string on socketioxide (Rust). */
  code: number | string;
  message: string;
}

/** Reads an error body; null when it is something else. Source: engine.io `lib/server.ts`, `abortRequest`. */
export function readServerError(body: string): ServerError | null {
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || !('code' in value) || !('message' in value)) return null;
  const { code, message } = value;
  if (typeof message !== 'string') return null;
  return typeof code === 'number' || typeof code === 'string' ? { code, message } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
