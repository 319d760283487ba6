import type { ListedPacket } from '../model/packet.ts';

/** A packet among those of its connection. */
export interface PacketRow {
  packet: ListedPacket;
  /** Its number in the connection, from 1. */
  number: number;
  /** What it is, in the protocol's words: `EVENT chat`, `ping`, `CONNECT_ERROR`. */
  title: string;
}

export interface PacketFilter {
  /** Words that all have to occur in a packet's type, event, namespace, direction or text. */
  words: string;
  heartbeats: boolean;
}

/** The rows that the filter leaves. `omitted`: packets of the beginning that are not in the list. */
export function packetRows(packets: readonly ListedPacket[], omitted: number, filter: PacketFilter): PacketRow[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return packets
    .map((packet, index) => ({ packet, number: omitted + index + 1, title: titleOf(packet) }))
    .filter((row) => (filter.heartbeats || !isHeartbeat(row.packet)) && matches(row, words));
}

/** A ping or pong; those that carry `probe` belong to the upgrade. */
export function isHeartbeat({ engine, text }: ListedPacket): boolean {
  return (engine === 'ping' || engine === 'pong') && text !== 'probe';
}

function titleOf({ engine, socket, event, binary, text }: ListedPacket): string {
  if (socket) return event === null ? socket : `${socket} ${event}`;
  if (binary) return 'binary attachment';
  return text === 'probe' ? `${engine} probe` : engine;
}

const DIRECTION_WORD = { send: 'sent', receive: 'received' } as const;

function matches({ packet, title }: PacketRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [title, packet.namespace, DIRECTION_WORD[packet.direction], packet.transport, packet.text]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The packet's data as a person reads it: JSON with line breaks where it is JSON. */
export function packetText({ text, binary, socket }: ListedPacket): string {
  if (binary) return text;
  const [, head = '', json = ''] = /^([^[{"]*)([[{"].*)$/s.exec(text) ?? [];
  if (socket === null && head !== '') return text;
  try {
    return `${head}${head && '\n'}${JSON.stringify(JSON.parse(json), null, 2)}`;
  } catch {
    return text;
  }
}

/** `12 B`, `3.4 kB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
