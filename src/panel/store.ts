import type { PanelState } from '../messaging/contract.ts';

/** How the panel stands to the worker. `lost`: it has not answered for a while, and the user should know. */
export type Link = 'connecting' | 'live' | 'lost';

export interface Notice {
  kind: 'done' | 'error';
  text: string;
}

export interface PanelModel {
  /** Null until the first snapshot; then always the last one known. */
  state: PanelState | null;
  link: Link;
  notice: Notice | null;
}

export const EMPTY_MODEL: PanelModel = { state: null, link: 'connecting', notice: null };

export interface Store<T> {
  get(): T;
  /** The listener is called after a change; the answer ends that. */
  subscribe(listener: () => void): () => void;
  update(change: (value: T) => T): void;
}

/** Calls back once, soon: at the next frame in a browser. */
export type Schedule = (callback: () => void) => void;

/**
 * A value that is changed at once but shown to listeners at most once a `schedule`: a storm of messages costs one render.
 */
export function createStore<T>(initial: T, schedule: Schedule): Store<T> {
  const listeners = new Set<() => void>();
  let shown = initial;
  let next = initial;
  let scheduled = false;
  const show = () => {
    scheduled = false;
    if (Object.is(shown, next)) return;
    shown = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      next = change(next);
      if (scheduled) return;
      scheduled = true;
      schedule(show);
    },
  };
}

/** Frames stop in a hidden panel; a timer keeps its state from growing stale. */
const HIDDEN_DELAY_MS = 250;

/** The next frame, or a quarter of a second where there are none. */
export const nextFrame: Schedule = (callback) => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_DELAY_MS);
};
