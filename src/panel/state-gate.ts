import type { PanelPatch, PanelState } from '../messaging/contract.ts';
import { applyPatch } from './apply-patch.ts';

/** A new worker is empty until the recorder has told it everything again; longer than this, and it really is. */
export const EMPTY_HOLD_MS = 2000;

export interface StateGate {
  snapshot(state: PanelState): void;
  patch(patch: PanelPatch): void;
  dispose(): void;
}

/**
 * Turns snapshots and patches into states to show. The empty state of a worker that has just been born is held back, so
 * that its death shows in the panel as nothing at all.
 */
export function createStateGate(show: (state: PanelState) => void): StateGate {
  let shown: PanelState | null = null;
  let held: PanelState | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pass(state: PanelState): void {
    clearTimeout(timer);
    held = null;
    shown = state;
    show(state);
  }

  function hold(state: PanelState): void {
    held = state;
    clearTimeout(timer);
    timer = setTimeout(() => pass(held ?? state), EMPTY_HOLD_MS);
  }

  return {
    snapshot: (state) => (isReborn(shown, state) ? hold(state) : pass(state)),
    patch(patch) {
      const before = held ?? shown;
      if (!before) return;
      const after = applyPatch(before, patch);
      if (held && isEmpty(after)) held = after;
      else pass(after);
    },
    dispose: () => clearTimeout(timer),
  };
}

function isReborn(before: PanelState | null, now: PanelState): boolean {
  return before !== null && before.workerId !== now.workerId && !isEmpty(before) && isEmpty(now);
}

function isEmpty(state: PanelState): boolean {
  return state.endpoints.length === 0;
}
