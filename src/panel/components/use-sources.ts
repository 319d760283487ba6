import { useState, useSyncExternalStore } from 'react';
import type { PanelState } from '../../messaging/contract.ts';
import type { ImportedFile, Imports, ImportsModel } from '../imports.ts';

export const LIVE = 'live';
export const COMPARISON = 'comparison';

/** Something that can be looked at, or compared with another. */
export interface Source {
  id: string;
  name: string;
  state: PanelState;
}

/** What there is to look at, and which of it is on the screen. */
export interface Sources extends ImportsModel {
  shownId: string;
  /** The file that is shown; null while it is the inspected page, or the comparison. */
  file: ImportedFile | null;
  /** All that have something to compare: the inspected page once it connected, and the files that are open. */
  comparable: readonly Source[];
  show(id: string): void;
  open(files: readonly File[]): void;
}

/** The inspected page and the imported files. What is shown when its file is gone is what was shown before it. */
export function useSources(imports: Imports, live: PanelState | null): Sources {
  const model = useSyncExternalStore(imports.store.subscribe, imports.store.get, imports.store.get);
  const [history, setHistory] = useState<readonly string[]>([LIVE]);
  const comparable = comparableOf(model, live);
  const ids = [LIVE, ...model.files.map(({ id }) => id), ...(comparable.length > 1 ? [COMPARISON] : [])];
  const shownId = history.findLast((id) => ids.includes(id)) ?? LIVE;
  const show = (id: string) => setHistory((before) => [...before.filter((each) => each !== id), id]);
  return {
    ...model,
    shownId,
    file: model.files.find(({ id }) => id === shownId) ?? null,
    comparable,
    show,
    open(files) {
      for (const id of imports.open(files)) show(id);
    },
  };
}

function comparableOf({ files }: ImportsModel, live: PanelState | null): Source[] {
  const page = live && live.endpoints.length > 0 ? [{ id: LIVE, name: 'Live', state: live }] : [];
  return [...page, ...files.flatMap(({ id, name, content }) => (content ? [{ id, name, state: content.state }] : []))];
}
