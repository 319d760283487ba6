import type { KeyboardEvent } from 'react';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { PanelState } from '../../messaging/contract.ts';
import type { ReportSession } from '../../model/report.ts';
import type { Details } from '../details.ts';
import { count, formatTimeOfDay, shortSid, visible } from '../format.ts';
import { type PacketRow, packetRows, packetText } from '../packet-rows.ts';
import { HeadRow } from './HeadRow.tsx';
import { Icon } from './Icon.tsx';
import { PACKET_COLUMNS } from './packet-columns.tsx';
import { usePackets } from './use-packets.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** In px, of the head too; as in `packets.css`. */
const ROW_HEIGHT = 24;

interface PacketsViewProps {
  state: PanelState;
  details: Details;
}

/** Every packet of the selected connection, decoded. */
export function PacketsView({ state, details }: PacketsViewProps) {
  const session = details.telling;
  const { list, problem } = usePackets(session, state);
  const [words, setWords] = useState('');
  const [heartbeats, setHeartbeats] = useState(true);
  const [selected, setSelected] = useState<number | null>(null);
  const shownWords = useDeferredValue(words);
  const rows = useMemo(
    () => (list ? packetRows(list.packets, list.omitted, { words: shownWords, heartbeats }) : []),
    [list, shownWords, heartbeats],
  );
  const chosen = rows.find(({ number }) => number === selected);
  const total = list ? list.packets.length + list.omitted : 0;
  return (
    <div className="packets">
      <div className="packets-bar">
        <span className="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label="Filter packets"
            placeholder="Filter: event, namespace, text…"
            spellCheck={false}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </span>
        <label className="check" title="Pings and pongs">
          <input type="checkbox" checked={heartbeats} onChange={(event) => setHeartbeats(event.target.checked)} />
          Heartbeats
        </label>
        <span className="quiet packets-count">
          {rows.length === total ? count(total, 'packet') : `${rows.length} of ${count(total, 'packet')}`}
          {session && details.session === null && details.sessions.length > 1 && ` of ${sessionName(session)}`}
        </span>
      </div>
      {rows.length > 0 ? (
        <PacketTable rows={rows} startMs={startOf(session)} selected={selected} onSelect={setSelected} />
      ) : (
        <p className="nothing">{noPacketsText({ state, session, total, problem, isWaiting: list === null })}</p>
      )}
      {chosen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long text scrolls, and is scrolled by the keyboard too
        <pre className="packet-text mono" tabIndex={0} role="region" aria-label="Text of the packet">
          {visible(packetText(chosen.packet)) || <span className="quiet">(no data)</span>}
        </pre>
      )}
    </div>
  );
}

interface PacketTableProps {
  rows: readonly PacketRow[];
  startMs: number;
  selected: number | null;
  onSelect(number: number): void;
}

function PacketTable({ rows, startMs, selected, onSelect }: PacketTableProps) {
  const baseId = useId();
  const { scroller, virtualizer } = useVirtualRows({
    count: rows.length,
    rowHeight: ROW_HEIGHT,
    headHeight: ROW_HEIGHT,
    keyOf: (index) => String(rows[index]?.number ?? index),
  });
  const selectedIndex = rows.findIndex(({ number }) => number === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const last = rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(selectedIndex + 1, last),
      ArrowUp: Math.max(selectedIndex - 1, 0),
      Home: 0,
      End: last,
    };
    const move = moves[event.key];
    const row = move === undefined ? undefined : rows[move];
    if (move === undefined || !row) return;
    event.preventDefault();
    onSelect(row.number);
    virtualizer.scrollToIndex(move);
  };
  return (
    <div
      role="grid"
      aria-label="Packets"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${baseId}-${selected}`}
      className="scroll"
      ref={scroller}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="packets-head">
        <HeadRow className="packet-row" columns={PACKET_COLUMNS} />
      </div>
      <div role="rowgroup" className="virtual" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is active
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
            <div
              key={key}
              id={`${baseId}-${row.number}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selectedIndex}
              className={`packet-row packet-${row.packet.direction}`}
              style={{ transform: `translateY(${start - ROW_HEIGHT}px)` }}
              onClick={() => onSelect(row.number)}
            >
              {PACKET_COLUMNS.map((column) => (
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                <span key={column.id} role="gridcell" className={`cell cell-${column.id}`}>
                  {column.render(row, startMs)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function startOf(session: ReportSession | null): number {
  return Date.parse(session?.steps[0]?.at ?? session?.startedAt ?? '') || 0;
}

function sessionName({ sid, startedAt }: ReportSession): string {
  return sid === null ? `the connection of ${formatTimeOfDay(startedAt)}` : `sid ${visible(shortSid(sid))}`;
}

interface NoPackets {
  state: PanelState;
  session: ReportSession | null;
  total: number;
  problem: string | null;
  isWaiting: boolean;
}

/** Why there is nothing to see. */
function noPacketsText({ state, session, total, problem, isWaiting }: NoPackets): string {
  if (problem !== null) return `The packets cannot be shown: ${problem}`;
  if (session === null) return 'There is no connection yet.';
  if (isWaiting) return 'Reading the packets…';
  if (total > 0) return 'No packet matches the filter.';
  if (session.state === 'failed' && session.sid === null) return 'This attempt failed before any packet was exchanged.';
  const why = state.limits.find(({ code }) => code === 'firefox-websocket-frames' || code === 'body-not-captured');
  return why?.text ?? 'No packet of this connection was seen.';
}
