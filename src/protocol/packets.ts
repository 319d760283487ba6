import { Decoder, type Packet, PacketType } from 'socket.io-parser';
import type { EnginePacket } from './payload.ts';

/** A Socket.IO packet as far as a diagnosis needs it. Source: Socket.IO protocol v4 and v5 (https://socket.io/docs/v4/socket-io-protocol/). */
export interface SocketPacket {
  type: 'CONNECT' | 'DISCONNECT' | 'EVENT' | 'ACK' | 'CONNECT_ERROR' | 'BINARY_EVENT' | 'BINARY_ACK';
  /** `/` or `/admin`; a query after the name (EIO3) is cut off. */
  namespace: string;
  data: unknown;
  /** Acknowledgement id, when there is one. */
  id: number | null;
}

const NAMES: Record<PacketType, SocketPacket['type']> = {
  [PacketType.CONNECT]: 'CONNECT',
  [PacketType.DISCONNECT]: 'DISCONNECT',
  [PacketType.EVENT]: 'EVENT',
  [PacketType.ACK]: 'ACK',
  [PacketType.CONNECT_ERROR]: 'CONNECT_ERROR',
  [PacketType.BINARY_EVENT]: 'BINARY_EVENT',
  [PacketType.BINARY_ACK]: 'BINARY_ACK',
};

/** `51-[...]` announces attachments that come as packets of their own; without the count the parser need not wait for them. */
const BINARY_HEADER = /^([56])\d+-/;
const TEXT_TWIN: Record<string, string> = { 5: '2', 6: '3' };

/** Decodes the Socket.IO packet inside an Engine.IO `message`; null when there is none (heartbeat, attachment, foreign text). */
export function decodeSocketPacket(packet: EnginePacket): SocketPacket | null {
  // The parser takes an empty text for a CONNECT.
  if (packet.type !== 'message' || packet.binary || !/^[0-6]/.test(packet.data)) return null;
  const binary = BINARY_HEADER.exec(packet.data)?.[1];
  const text = packet.data.replace(BINARY_HEADER, (_, type: string) => TEXT_TWIN[type] ?? type);
  const decoded = decode(text);
  if (!decoded) return null;
  const name = NAMES[decoded.type];
  return {
    type: binary === '5' ? 'BINARY_EVENT' : binary === '6' ? 'BINARY_ACK' : name,
    namespace: decoded.nsp.split('?')[0] ?? decoded.nsp,
    data: decoded.data ?? null,
    id: decoded.id ?? null,
  };
}

function decode(text: string): Packet | null {
  let decoded: Packet | null = null;
  const decoder = new Decoder();
  decoder.on('decoded', (packet: Packet) => {
    decoded = packet;
  });
  try {
    decoder.add(text);
  } catch {
    return null;
  }
  return decoded;
}

/** The text of a CONNECT_ERROR: EIO4 sends `{message}`, EIO3 a string. Empty when the server sent neither. */
export function connectErrorMessage(data: unknown): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string')
    return data.message;
  return '';
}
