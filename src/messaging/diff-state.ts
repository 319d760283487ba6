/** The worker's half of the patches; the panel applies them. */
import type { PanelPatch, PanelState } from './contract.ts';

interface Identified {
  id: string;
}

const VALUES = ['summary', 'limits', 'dropped', 'page', 'settings', 'recording'] as const;
const COLLECTIONS = ['endpoints', 'sessions', 'exchanges', 'findings'] as const;

/** What makes `after` of `before`; null when nothing does. The same worker made both. */
export function diffState(before: PanelState, after: PanelState): PanelPatch | null {
  const patch: PanelPatch = {};
  for (const name of COLLECTIONS) Object.assign(patch, named(name, diffCollection<Identified>(before[name], after[name])));
  for (const name of VALUES) if (!isEqual(before[name], after[name])) Object.assign(patch, named(name, after[name]));
  return Object.keys(patch).length === 0 ? null : patch;
}

function named(name: string, value: unknown): Record<string, unknown> {
  return value === null && COLLECTIONS.some((collection) => collection === name) ? {} : { [name]: value };
}

function diffCollection<T extends Identified>(before: readonly T[], after: readonly T[]): { set: T[]; order?: string[] } | null {
  const known = new Map(before.map((item) => [item.id, item]));
  const set = after.filter((item) => !isEqual(known.get(item.id), item));
  const moved = before.length !== after.length || after.some((item, index) => item.id !== before[index]?.id);
  if (!moved && set.length === 0) return null;
  return moved ? { set, order: after.map((item) => item.id) } : { set };
}

/** Whether two values that came from the engine say the same. Parts that were not diagnosed again are the same objects. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return entries.length === others.size && entries.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)));
}
