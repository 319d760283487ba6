import type { CSSProperties } from 'react';
import { useId, useMemo, useState, useSyncExternalStore } from 'react';
import type { PanelState } from '../../messaging/contract.ts';
import type { PanelClient } from '../client.ts';
import { detailsOf } from '../details.ts';
import { count, visible } from '../format.ts';
import type { PanelHost } from '../host.ts';
import type { ImportedFile, Imports } from '../imports.ts';
import { type PanelActions, PanelContext } from '../panel-context.ts';
import type { PanelModel, Store } from '../store.ts';
import type { TreeRow } from '../tree-rows.ts';
import { Banner } from './Banner.tsx';
import { CompareView } from './CompareView.tsx';
import { ConnectionsTree } from './ConnectionsTree.tsx';
import { DetailsPane, type TabId } from './DetailsPane.tsx';
import { DropTarget } from './DropTarget.tsx';
import { EmptyFile, EmptyState } from './EmptyState.tsx';
import { FileLine } from './FileLine.tsx';
import { Opening } from './Opening.tsx';
import { ShareTools } from './ShareTools.tsx';
import { SourceStrip } from './SourceStrip.tsx';
import { Splitter } from './Splitter.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useChoice, useStacks } from './use-choice.ts';
import { useConnections } from './use-connections.ts';
import { useElementWidth } from './use-element-width.ts';
import { useLasting } from './use-lasting.ts';
import { COMPARISON, useSources } from './use-sources.ts';

interface AppProps {
  host: PanelHost;
  client: PanelClient;
  imports: Imports;
  store: Store<PanelModel>;
}

/** Below it the regions lie above each other; in px, as in `layout.css`. */
const STACKED_BELOW = 600;
/** Of the list of connections, in percent. */
const DEFAULT_SHARE = 40;
/** A recorder that reconnects after the worker's death is back within this; longer, and the user should know. In ms. */
const MISSING_AFTER_MS = 2500;

export function App({ host, client: live, imports, store }: AppProps) {
  const { state: liveState, link, notice } = useSyncExternalStore(store.subscribe, store.get, store.get);
  const sources = useSources(imports, liveState);
  const { file } = sources;
  const comparing = sources.shownId === COMPARISON;
  const state = file ? (file.content?.state ?? null) : liveState;
  const client = useMemo(() => ({ ...live, ...file?.answers }), [live, file?.answers]);
  const connections = useConnections(state);
  const { rows, selected } = connections;
  const [tab, setTab] = useState<TabId>('diagnosis');
  const [markedExchange, setMarkedExchange] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const { ref, width } = useElementWidth();
  const connectionsId = useId();
  const details = useMemo(() => (state && selected ? detailsOf(state, selected) : null), [state, selected]);
  const recorderMissing = useLasting(liveState !== null && !liveState.recording, MISSING_AFTER_MS);
  const [ownNotes, setNotes] = useState('');
  const notes = file ? (file.content?.facts.notes ?? '') : ownNotes;
  const actions = useActions(host, client, (exchange) => {
    setMarkedExchange(exchange);
    setTab('requests');
  });
  const stacked = width < STACKED_BELOW;
  const isEmpty = state !== null && state.endpoints.length === 0;

  return (
    <PanelContext value={file ? { ...actions, evaluateInPage: null } : actions}>
      <div className="app" data-worker={liveState?.workerId} ref={ref}>
        <Toolbar
          settings={liveState?.settings ?? null}
          frozen={frozenText(file, comparing)}
          filter={connections.filter}
          onlyProblems={connections.onlyProblems}
          onConfigure={client.configure}
          onClear={() => {
            connections.deselect();
            client.clear();
          }}
          onFilter={connections.setFilter}
          onOnlyProblems={connections.setOnlyProblems}
          onImport={sources.open}
        >
          <ShareTools
            host={host}
            client={client}
            store={store}
            notes={notes}
            disabled={state === null || isEmpty || comparing}
            endpoint={details?.endpoint.id ?? null}
            stacks={actions.stacks}
          />
        </Toolbar>
        <SourceStrip sources={sources} imports={imports} />
        {file ? (
          <FileLine file={file} />
        ) : (
          <Banner
            link={link}
            recorderMissing={recorderMissing}
            recording={!state || isEmpty || state.settings.recording}
          />
        )}
        {comparing && (
          <CompareView
            sources={sources.comparable}
            onShow={(source, key) => {
              sources.show(source);
              connections.select({ key });
              setTab('diagnosis');
            }}
          />
        )}
        {file && !file.content && <Opening file={file} onCancel={() => imports.close(file.id)} />}
        <main
          className="regions"
          hidden={comparing || (file !== null && !file.content)}
          style={regionSizes(stacked, share)}
        >
          <h1 className="sr-only">Doctor for Socket.IO</h1>
          <section id={connectionsId} aria-label="Connections" className="connections">
            <ConnectionsTree
              rows={rows}
              selectedKey={selected?.key ?? null}
              onSelect={(row) => {
                connections.select(row);
                setMarkedExchange(null);
              }}
              onToggle={connections.toggle}
            />
            {state && rows.length === 0 && <p className="nothing">{noRowsText(state)}</p>}
          </section>
          <Splitter value={share ?? DEFAULT_SHARE} stacked={stacked} controls={connectionsId} onChange={setShare} />
          <section aria-label="Details" className="details">
            {state && details && (
              <DetailsPane
                key={sources.shownId}
                state={state}
                details={details}
                tab={tab}
                markedExchange={markedExchange}
                onTab={setTab}
                notes={notes}
                onNotes={file ? null : setNotes}
              />
            )}
            {state && isEmpty && (file ? <EmptyFile state={state} name={file.name} /> : <EmptyState state={state} />)}
          </section>
        </main>
        <StatusLine
          notice={notice}
          text={state ? countsText(state, rows) : ''}
          onDismiss={() => store.update((model) => ({ ...model, notice: null }))}
        />
        <p className="sr-only" aria-live="polite">
          {state && visible(state.summary.headline.replaceAll('`', ''))}
        </p>
        <DropTarget onFiles={sources.open} />
      </div>
    </PanelContext>
  );
}

/** Why the tools of recording do not apply to what is shown; null where they do. */
function frozenText(file: ImportedFile | null, comparing: boolean): string | null {
  if (comparing) return 'Two captures are being compared: choose Live to record';
  return file && `${visible(file.name)} is a file and stays as it is: choose Live to record`;
}

function useActions(host: PanelHost, client: PanelClient, showExchange: (id: string) => void): PanelActions {
  const [stacks, chooseStack] = useStacks(host);
  const [view, chooseFixView] = useChoice(host, 'fix-view');
  const fixView = view === 'code' ? 'code' : 'difference';
  const { packets } = client;
  const { openResource: openSource, reloadPage, evaluateInPage } = host;
  return {
    openSource,
    reloadPage,
    evaluateInPage,
    packets,
    showExchange,
    stacks,
    chooseStack,
    fixView,
    chooseFixView,
  };
}

/** Above each other, the list takes no more than it needs until the user says so. */
function regionSizes(stacked: boolean, share: number | null): CSSProperties {
  if (!stacked) return { gridTemplateColumns: `${share ?? DEFAULT_SHARE}% auto minmax(0, 1fr)` };
  const first = share === null ? `fit-content(${DEFAULT_SHARE}%)` : `${share}%`;
  return { gridTemplateRows: `${first} auto minmax(0, 1fr)` };
}

function noRowsText(state: PanelState): string {
  return state.endpoints.length === 0 ? 'Connections appear here.' : 'No connection matches the filter.';
}

function countsText(state: PanelState, rows: readonly TreeRow[]): string {
  const shown = rows.filter((row) => row.kind === 'endpoint').length;
  const all = state.endpoints.length;
  const endpoints = shown === all ? count(all, 'endpoint') : `${shown} of ${count(all, 'endpoint')}`;
  return [endpoints, count(state.sessions.length, 'connection'), count(state.exchanges.length, 'request')].join(' · ');
}
