/** Every packet of a connection, decoded, for a reader: what it is, which way it went, and what it answers. */
import type { JudgedExchange } from '../model/exchange.ts';
import { type ListedPacket, MAX_PACKET_TEXT } from '../model/packet.ts';
import { decodeSocketPacket, type SocketPacket } from '../protocol/packets.ts';
import { enginePackets, type SeenEnginePacket } from './packets.ts';

/** The packets of these exchanges in order of time. */
export function listPackets(exchanges: readonly JudgedExchange[]): ListedPacket[] {
  const transportOf = new Map(
    exchanges.map(({ key, kind }) => [key, kind === 'websocket' ? kind : 'polling'] as const),
  );
  const questions = new Map<string, number>();
  return enginePackets(exchanges).map((packet) => {
    const socket = decodeSocketPacket(packet);
    return {
      atMs: packet.atMs,
      direction: packet.direction,
      transport: transportOf.get(packet.exchange) ?? 'polling',
      engine: packet.type,
      socket: socket?.type ?? null,
      namespace: socket?.namespace ?? null,
      event: eventOf(socket),
      ackId: socket?.id ?? null,
      binary: packet.binary,
      size: sizeOf(packet),
      text: packet.data.slice(0, MAX_PACKET_TEXT),
      answersAfterMs: answersAfter(packet, socket, questions),
      exchange: packet.exchange,
    };
  });
}

function eventOf(socket: SocketPacket | null): string | null {
  const [name] = socket !== null && Array.isArray(socket.data) ? socket.data : [];
  return typeof name === 'string' && (socket?.type === 'EVENT' || socket?.type === 'BINARY_EVENT') ? name : null;
}

function sizeOf({ binary, data }: SeenEnginePacket): number {
  if (binary) return Math.floor((data.replace(/=+$/, '').length * 3) / 4);
  return new TextEncoder().encode(data).length;
}

/**
 * How long after its question an answer came, in ms. A ping is answered from the other side by a pong with the same data
 * (`probe`, while upgrading), an event with an id by an ACK with that id.
 */
function answersAfter(
  packet: SeenEnginePacket,
  socket: SocketPacket | null,
  questions: Map<string, number>,
): number | null {
  const asked = questionKey(packet, socket, packet.direction);
  if (asked !== null) questions.set(asked, packet.atMs);
  const answered = answerKey(packet, socket, packet.direction === 'send' ? 'receive' : 'send');
  const sinceMs = answered === null ? undefined : questions.get(answered);
  if (answered === null || sinceMs === undefined) return null;
  questions.delete(answered);
  return packet.atMs - sinceMs;
}

function questionKey(packet: SeenEnginePacket, socket: SocketPacket | null, asker: string): string | null {
  if (packet.type === 'ping') return `${asker} ping ${packet.data}`;
  const isEvent = socket?.type === 'EVENT' || socket?.type === 'BINARY_EVENT';
  return isEvent && socket.id !== null ? `${asker} ${socket.namespace} ${socket.id}` : null;
}

function answerKey(packet: SeenEnginePacket, socket: SocketPacket | null, asker: string): string | null {
  if (packet.type === 'pong') return `${asker} ping ${packet.data}`;
  const isAck = socket?.type === 'ACK' || socket?.type === 'BINARY_ACK';
  return isAck ? `${asker} ${socket.namespace} ${socket.id}` : null;
}
