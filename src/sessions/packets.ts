import type { Exchange, JudgedExchange } from '../model/exchange.ts';
import type { NamespaceState, SeenPacket } from '../model/session.ts';
import { connectErrorMessage, decodeSocketPacket } from '../protocol/packets.ts';
import { decodeBinaryPayload, decodeFrame, decodePollingBody, type EnginePacket } from '../protocol/payload.ts';

/** An Engine.IO packet with where and when it was seen. */
export interface SeenEnginePacket extends EnginePacket {
  direction: 'send' | 'receive';
  atMs: number;
  exchange: string;
}

/** Every packet that can be read of these exchanges, in order of time. A response counts at its end, a request at its start. */
export function enginePackets(exchanges: readonly JudgedExchange[]): SeenEnginePacket[] {
  return exchanges.flatMap(packetsOf).sort((a, b) => a.atMs - b.atMs);
}

function packetsOf(exchange: JudgedExchange): SeenEnginePacket[] {
  const eio = exchange.target.eio ?? 4;
  if (exchange.kind === 'websocket') return framePackets(exchange, eio);
  if (exchange.kind !== 'polling') return [];
  const seen = (packet: EnginePacket, direction: 'send' | 'receive', atMs: number) => ({
    ...packet,
    direction,
    atMs,
    exchange: exchange.key,
  });
  const sent = exchange.requestBody.state === 'text' ? (decodePollingBody(exchange.requestBody.text, eio) ?? []) : [];
  const endMs = exchange.startedMs + (exchange.durationMs ?? 0);
  return [
    ...sent.map((packet) => seen(packet, 'send', exchange.startedMs)),
    ...(packetsOfAnswer(exchange) ?? []).map((packet) => seen(packet, 'receive', endMs)),
  ];
}

/** What the client takes for a poll's answer. Of a 304 it gets the answer that the browser has kept, as a 200. */
const READ_BY_CLIENT: readonly number[] = [200, 304];

/** The packets of a poll's answer; null when it cannot be read or is none. A POST is answered `ok`, which is no packet. */
export function packetsOfAnswer(exchange: Exchange): EnginePacket[] | null {
  const { response } = exchange;
  const eio = exchange.target.eio ?? 4;
  if (
    exchange.kind !== 'polling' ||
    exchange.method !== 'GET' ||
    !response ||
    !READ_BY_CLIENT.includes(response.status)
  )
    return null;
  if (response.body.state === 'text') return decodePollingBody(response.body.text, eio);
  return response.body.state === 'binary' && eio === 3 ? decodeBinaryPayload(response.body.base64) : null;
}

function framePackets(exchange: Exchange, eio: number): SeenEnginePacket[] {
  return exchange.frames.flatMap((frame) => {
    const packet: EnginePacket | null = frame.binary
      ? { type: 'message', data: frame.data, binary: true }
      : decodeFrame(frame.data, eio);
    return packet ? [{ ...packet, direction: frame.direction, atMs: frame.atMs, exchange: exchange.key }] : [];
  });
}

/** The Socket.IO packets among them. */
export function socketPackets(packets: readonly SeenEnginePacket[]): SeenPacket[] {
  return packets.flatMap((packet) => {
    const decoded = decodeSocketPacket(packet);
    return decoded ? [{ ...decoded, direction: packet.direction, atMs: packet.atMs, exchange: packet.exchange }] : [];
  });
}

/** What became of each namespace, from CONNECT, CONNECT_ERROR and DISCONNECT in order. */
export function namespaceStates(packets: readonly SeenPacket[]): NamespaceState[] {
  const states = new Map<string, NamespaceState>();
  const set = (name: string, state: NamespaceState['state'], message: string | null = null) =>
    states.set(name, { name, state, message });
  for (const packet of packets) {
    const known = states.get(packet.namespace)?.state;
    if (packet.type === 'CONNECT' && packet.direction === 'receive') set(packet.namespace, 'connected');
    if (packet.type === 'CONNECT' && packet.direction === 'send' && known !== 'connected')
      set(packet.namespace, 'connecting');
    if (packet.type === 'CONNECT_ERROR') set(packet.namespace, 'rejected', connectErrorMessage(packet.data));
    if (packet.type === 'DISCONNECT') set(packet.namespace, 'disconnected');
  }
  return [...states.values()];
}
