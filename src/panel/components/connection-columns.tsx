import type { ReactNode } from 'react';
import { formatTimeOfDay, shortSid, visible } from '../format.ts';
import type { TreeRow } from '../tree-rows.ts';
import { ENDPOINT_LOOK, sessionLook } from '../words.ts';
import { Icon } from './Icon.tsx';
import { UrlText } from './UrlText.tsx';

interface Column {
  id: 'name' | 'state' | 'transport' | 'attempts' | 'time';
  title: string;
  render(row: TreeRow): ReactNode;
}

/** Title, place and content of each column together. Widths are in `tree.css`, since they follow the room there is. */
export const COLUMNS: Column[] = [
  { id: 'name', title: 'Connection', render: (row) => <Name row={row} /> },
  {
    id: 'state',
    title: 'State',
    render: (row) => <span className={`tone-${lookOf(row).tone}`}>{lookOf(row).text}</span>,
  },
  { id: 'transport', title: 'Transport', render: (row) => transportOf(row) ?? '–' },
  { id: 'attempts', title: 'Attempts', render: (row) => attemptsOf(row) },
  { id: 'time', title: 'Time', render: (row) => timeOf(row) },
];

function lookOf(row: TreeRow) {
  return row.kind === 'endpoint' ? ENDPOINT_LOOK[row.endpoint.status] : sessionLook(row.session, row.troubled);
}

function Name({ row }: { row: TreeRow }) {
  const look = lookOf(row);
  return (
    <>
      <span className={`tone-${look.tone} row-icon`}>
        <Icon name={look.icon} />
      </span>
      {row.kind === 'endpoint' ? <UrlText url={row.endpoint.url} /> : <SessionName row={row} />}
    </>
  );
}

function SessionName({ row }: { row: Extract<TreeRow, { kind: 'session' }> }) {
  const { sid } = row.session;
  if (sid === null) return <span className="quiet">no sid</span>;
  return (
    <span title={`sid ${visible(sid)}`}>
      <span className="quiet">sid </span>
      <bdi className="mono">{visible(shortSid(sid))}</bdi>
    </span>
  );
}

function transportOf(row: TreeRow): string | null {
  return row.kind === 'endpoint' ? row.transport : row.session.transport;
}

function attemptsOf(row: TreeRow): ReactNode {
  const attempts = row.kind === 'endpoint' ? row.attempts : row.session.attempts;
  if (attempts < 2) return null;
  const title = row.kind === 'endpoint' ? `${attempts} attempts in all` : `${attempts} attempts that failed alike`;
  return (
    <span className="attempts" title={title}>
      ×{attempts}
    </span>
  );
}

function timeOf(row: TreeRow): ReactNode {
  const at = row.kind === 'endpoint' ? row.latestAt : row.session.startedAt;
  return at === null ? null : (formatTimeOfDay(at) ?? null);
}
