import type { PanelState } from '../../messaging/contract.ts';
import type { Details } from '../details.ts';
import { DiagnosisView } from './DiagnosisView.tsx';
import { NotesView } from './NotesView.tsx';
import { PacketsView } from './PacketsView.tsx';
import { RequestsTable } from './RequestsTable.tsx';
import { Tabs } from './Tabs.tsx';
import { TimelineView } from './TimelineView.tsx';

export type TabId = 'diagnosis' | 'timeline' | 'requests' | 'packets' | 'notes';

interface DetailsPaneProps {
  state: PanelState;
  details: Details;
  tab: TabId;
  /** The exchange to point out among the requests. */
  markedExchange: string | null;
  onTab(tab: TabId): void;
  notes: string;
  onNotes: ((notes: string) => void) | null;
}

export function DetailsPane({ state, details, tab, markedExchange, onTab, notes, onNotes }: DetailsPaneProps) {
  return (
    <Tabs
      label="Details"
      selected={tab}
      onSelect={onTab}
      tabs={[
        {
          id: 'diagnosis',
          title: 'Diagnosis',
          render: () => <DiagnosisView key={details.key} state={state} details={details} />,
        },
        { id: 'timeline', title: 'Timeline', render: () => <TimelineView key={details.key} details={details} /> },
        {
          id: 'requests',
          title: 'Requests',
          render: () => <RequestsTable key={details.key} state={state} details={details} marked={markedExchange} />,
        },
        {
          id: 'packets',
          title: 'Packets',
          render: () => <PacketsView key={details.key} state={state} details={details} />,
        },
        { id: 'notes', title: 'Notes', render: () => <NotesView notes={notes} onNotes={onNotes} /> },
      ]}
    />
  );
}
