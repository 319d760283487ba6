import type { RawPort } from '../messaging/port.ts';
import type { Tracker } from '../tracker/tracker.ts';

export type Theme = 'light' | 'dark';

/** What the panel needs of the browser around it; `main.tsx` gives it the real one, the development page a false one. */
export interface PanelHost {
  /** The tab that these DevTools inspect. */
  tabId: number;
  /** Opens a port to the background worker, waking it when it sleeps. Throws when the extension was unloaded. */
  connect(): RawPort;
  /** Starts a Web Worker that opens one file. Throws when the extension was unloaded. */
  startImporter(): RawPort;
  theme(): Theme;
  /** The listener hears each change of DevTools' theme; the answer ends that. */
  onThemeChange(listener: (theme: Theme) => void): () => void;
  /** Shows a source in DevTools; `line` is 1-based. Null where the browser has no such thing. */
  openResource: ((url: string, line: number) => void) | null;
  /** Reloads the inspected page; null where the browser does not let a panel do it. */
  reloadPage: (() => void) | null;
  /** Evaluates an expression in the inspected page; undefined when it cannot be asked. Null where the browser does not let a panel do it. */
  evaluateInPage: ((expression: string) => Promise<unknown>) | null;
  /** What the user chose, by name, as it was stored; undefined when nothing was, or nothing may be kept. */
  readChoice(name: string): Promise<unknown>;
  /** Rejects where nothing may be kept. */
  writeChoice(name: string, value: string): Promise<void>;
  /** What the user set as tracker, as it was stored; undefined when nothing was. */
  readTracker(): Promise<unknown>;
  writeTracker(tracker: Tracker): Promise<void>;
}
