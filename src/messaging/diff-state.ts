/** The worker's half of the patches; the panel's applies them. */
import type { PanelPatch, PanelState } from './contract.ts';

interface Identified {
  id: string;
}

/** What makes `after` of `before`; null when nothing does. Both are states of one worker. */
export function diffState(before: PanelState, after: PanelState): PanelPatch | null {
  const patch: PanelPatch = {};
  const { workerId: _, endpoints, sessions, exchanges, findings, ...values } = after;
  if (changed(before.endpoints, endpoints)) patch.endpoints = diffCollection(before.endpoints, endpoints);
  if (changed(before.sessions, sessions)) patch.sessions = diffCollection(before.sessions, sessions);
  if (changed(before.exchanges, exchanges)) patch.exchanges = diffCollection(before.exchanges, exchanges);
  if (changed(before.findings, findings)) patch.findings = diffCollection(before.findings, findings);
  const news = Object.entries(values).filter(([name, value]) => changed(Reflect.get(before, name), value));
  Object.assign(patch, Object.fromEntries(news));
  return Object.keys(patch).length === 0 ? null : patch;
}

function changed(before: unknown, after: unknown): boolean {
  return !isEqual(before, after);
}

function diffCollection<T extends Identified>(
  before: readonly T[],
  after: readonly T[],
): { set: T[]; order?: string[] } {
  const known = new Map(before.map((item) => [item.id, item]));
  const set = after.filter((item) => changed(known.get(item.id), item));
  const moved = before.length !== after.length || after.some((item, index) => item.id !== before[index]?.id);
  return moved ? { set, order: after.map((item) => item.id) } : { set };
}

/** Whether two values of the engine's say the same. Parts that were not diagnosed again are the same objects. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isEqual(a[key], b[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
