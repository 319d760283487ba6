import type { PanelPatch, PanelState } from '../messaging/contract.ts';

interface Identified {
  id: string;
}

interface CollectionPatch<T> {
  set: T[];
  order?: string[];
}

/**
 * The state after a patch. What the patch does not name keeps its identity, so that views of it need not render again.
 * Ids in `order` that are known from nowhere are left out: the next snapshot brings them.
 */
export function applyPatch(state: PanelState, patch: PanelPatch): PanelState {
  const { endpoints, sessions, exchanges, findings, ...values } = patch;
  return {
    ...state,
    ...withoutUndefined(values),
    endpoints: patchCollection(state.endpoints, endpoints),
    sessions: patchCollection(state.sessions, sessions),
    exchanges: patchCollection(state.exchanges, exchanges),
    findings: patchCollection(state.findings, findings),
  };
}

function patchCollection<T extends Identified>(items: T[], patch: CollectionPatch<T> | undefined): T[] {
  if (!patch) return items;
  const changed = new Map(patch.set.map((item) => [item.id, item]));
  if (patch.order) return inOrder(items, changed, patch.order);
  const kept = items.map((item) => changed.get(item.id) ?? item);
  const known = new Set(items.map((item) => item.id));
  return [...kept, ...patch.set.filter((item) => !known.has(item.id))];
}

function inOrder<T extends Identified>(items: T[], changed: Map<string, T>, order: string[]): T[] {
  const known = new Map(items.map((item) => [item.id, item]));
  return order.flatMap((id) => changed.get(id) ?? known.get(id) ?? []);
}

/** A port drops undefined members in one browser and keeps them in the other: neither may erase a value. */
function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const result: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in values) {
    const value = values[key];
    if (isDefined(value)) result[key] = value;
  }
  return result;
}

function isDefined<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}
