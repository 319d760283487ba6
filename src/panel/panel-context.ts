import { createContext, use } from 'react';
import { type ChosenStacks, NO_STACKS, type Side } from '../model/sides.ts';
import type { PanelHost } from './host.ts';
import type { PacketList } from './questions.ts';

/** What any part of the panel may ask for, without its parents passing it down. */
export interface PanelActions {
  /** `line` is 1-based. Null where the browser cannot show a source. */
  openSource: ((url: string, line: number) => void) | null;
  reloadPage: (() => void) | null;
  /** As the host's; null also where the inspected page is not what is shown. */
  evaluateInPage: PanelHost['evaluateInPage'];
  /** The packets of a session, by its id. Rejects with the reason, for the user. */
  packets(session: string): Promise<PacketList>;
  /** Shows one exchange in the requests of what is selected. */
  showExchange(id: string): void;
  /** Stacks of the fixes that the user looked at last, one a side: the next finding opens with that of its side. */
  stacks: ChosenStacks;
  chooseStack(side: Side, stack: string): void;
  /** How a fix is shown where what it takes the place of is known. */
  fixView: FixView;
  chooseFixView(view: FixView): void;
}

export type FixView = 'difference' | 'code';

export const PanelContext = createContext<PanelActions>({
  openSource: null,
  reloadPage: null,
  evaluateInPage: null,
  packets: () => Promise.reject(new Error('the panel is not connected')),
  showExchange: () => {},
  stacks: NO_STACKS,
  chooseStack: () => {},
  fixView: 'difference',
  chooseFixView: () => {},
});

export const usePanel = (): PanelActions => use(PanelContext);
