import type { ReactNode } from 'react';
import { formatDuration, visible } from '../format.ts';
import { formatSize, isHeartbeat, type PacketRow } from '../packet-rows.ts';

interface Column {
  id: 'at' | 'direction' | 'type' | 'namespace' | 'size' | 'data';
  title: string;
  /** `startMs`: start of the connection, ms since the epoch. */
  render(row: PacketRow, startMs: number): ReactNode;
}

/** Beyond it a row shows no more. UTF-16 units. */
const MAX_PREVIEW = 300;

/** Title, place and content of each column together. Widths are in `packets.css`. */
export const PACKET_COLUMNS: Column[] = [
  { id: 'at', title: 'Time', render: ({ packet }, startMs) => offset(packet.atMs - startMs) },
  {
    id: 'direction',
    title: 'Way',
    render: ({ packet }) => (
      <span className={packet.direction === 'send' ? 'tone-info' : 'tone-ok'}>
        {packet.direction === 'send' ? '↑ sent' : '↓ received'}
      </span>
    ),
  },
  { id: 'type', title: 'Packet', render: (row) => <Title row={row} /> },
  { id: 'namespace', title: 'Namespace', render: ({ packet }) => packet.namespace && visible(packet.namespace) },
  { id: 'size', title: 'Size', render: ({ packet }) => formatSize(packet.size) },
  { id: 'data', title: 'Data', render: ({ packet }) => <bdi>{visible(packet.text.slice(0, MAX_PREVIEW))}</bdi> },
];

function offset(ms: number): string {
  return ms < 0 ? `−${formatDuration(-ms)}` : `+${formatDuration(ms)}`;
}

function Title({ row: { packet, title } }: { row: PacketRow }) {
  const tone = packet.socket === 'CONNECT_ERROR' ? 'tone-error' : isHeartbeat(packet) ? 'quiet' : undefined;
  return (
    <>
      <span className={tone}>{visible(title)}</span>
      {packet.ackId !== null && <span className="quiet"> #{packet.ackId}</span>}
      {packet.answersAfterMs !== null && (
        <span className="quiet" title="Time since the packet that this one answers">
          {' '}
          after {formatDuration(packet.answersAfterMs)}
        </span>
      )}
    </>
  );
}
