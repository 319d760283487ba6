/** Whether a fault is over: what a later attempt shows of it, and what it cannot show. */
import type { JudgedExchange } from '../model/exchange.ts';
import type { Transport } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { observed } from '../rules/support/exchanges.ts';
import { socketWorks } from '../rules/support/upgrade.ts';

/** What decides about it. */
export interface Fault {
  rule: Rule;
  severity: 'error' | 'warning' | 'info';
  /** Keys of those that show it. */
  sessions: string[];
  exchanges: string[];
  /** The one that it is about; null when it is about all. */
  namespace: string | null;
  /** The one that it is about; null when several show it. */
  transport: Transport | null;
  state: 'active' | 'resolved';
  /** A connection without it proves nothing: it comes and goes, or the later attempt took another transport. */
  mayReturn: boolean;
}

/** When the attempt that stands for a session began: of a folded one, the newest. */
export function newestStartMs(session: Session): number {
  return session.latest[0]?.startedMs ?? session.startedMs;
}

/** The transport that all of these exchanges use; null when they use several, or none. */
export function transportOf({ sessions }: Endpoint, keys: readonly string[]): Transport | null {
  const wanted = new Set(keys);
  const kinds = sessions
    .flatMap(({ exchanges }) => exchanges.filter(({ key }) => wanted.has(key)))
    .map(({ kind }) => (kind === 'preflight' ? 'polling' : kind));
  const [first] = kinds;
  return (first === 'polling' || first === 'websocket') && kinds.every((kind) => kind === first) ? first : null;
}

/**
 * A fault is resolved when a later attempt went past it: it joined the namespace or shows what the rule asks for; without such a
 * rule, it opened, or got as far as a fault that stands further down the ladder.
 */
export function markOver<T extends Fault>(endpoint: Endpoint, faults: readonly T[]): T[] {
  const lowestRung = lowestRungs(faults);
  return faults.map((fault) => {
    const lastMs = lastSeenMs(endpoint, fault);
    const over = laterSessions(endpoint, fault, lastMs).filter(
      (session) =>
        wentPast(fault, session, lowestRung.get(session.key)) ||
        (isAvoided(session, fault) && isOfNewPage(endpoint, session, lastMs)),
    );
    if (over.length === 0) return fault;
    const isTried = over.some((session) => carried(session, fault.transport) && !isAvoided(session, fault));
    return { ...fault, state: 'resolved' as const, mayReturn: fault.mayReturn || !isTried };
  });
}

function lowestRungs(faults: readonly Fault[]): Map<string, number> {
  const lowest = new Map<string, number>();
  for (const { severity, sessions, rule } of faults) {
    if (severity === 'info') continue;
    for (const key of sessions) lowest.set(key, Math.min(lowest.get(key) ?? Number.POSITIVE_INFINITY, rule.rung));
  }
  return lowest;
}

/** Attempts that began after the fault was seen last: one beside it, of another socket of the page, is no second try. */
function laterSessions({ sessions }: Endpoint, fault: Fault, lastMs: number): Session[] {
  return sessions.filter((session) => newestStartMs(session) > lastMs && !fault.sessions.includes(session.key));
}

function lastSeenMs({ sessions }: Endpoint, fault: Fault): number {
  return sessions
    .filter(({ key }) => fault.sessions.includes(key))
    .reduce((latest, session) => Math.max(latest, newestStartMs(session), lastSightMs(session, fault)), 0);
}

/** Starts are cut to whole milliseconds, times of frames are not: a client may come back in the same one, ms. */
const CLOCK_GRAIN_MS = 2;

function lastSightMs({ exchanges, packets }: Session, fault: Fault): number {
  const seen = [
    ...exchanges.filter(({ key }) => fault.exchanges.includes(key)).map(seenMs),
    ...packets.filter(({ namespace }) => namespace === fault.namespace).map(({ atMs }) => atMs),
  ];
  return seen.reduce((latest, atMs) => Math.max(latest, atMs), 0) - CLOCK_GRAIN_MS;
}

/** A request shows its fault when it is answered; a WebSocket, whose fault is in how it began or ended, lives on. */
function seenMs({ kind, startedMs, durationMs }: JudgedExchange): number {
  return kind === 'websocket' ? startedMs : startedMs + (durationMs ?? 0);
}

function wentPast({ rule, namespace, transport }: Fault, later: Session, laterRung: number | undefined): boolean {
  if (rule.isOver) return rule.isOver(later, transport, namespace);
  if (namespace !== null) return hasJoined(later, namespace);
  if (later.opened && later.state !== 'failed' && later.state !== 'connecting') return true;
  return laterRung !== undefined && laterRung > rule.rung;
}

/**
 * Whether a page was loaded since then, whose session it may be. The client by itself does not ask again for a namespace that was
 * refused, so a connection made anew by the same page shows nothing.
 */
function isOfNewPage({ documents }: Endpoint, later: Session, lastMs: number): boolean {
  return documents.some(({ startedMs }) => startedMs > lastMs && startedMs <= newestStartMs(later));
}

/** It works, and does not ask for the namespace of the fault. */
function isAvoided({ namespaces }: Session, { namespace }: Fault): boolean {
  const isAsked = namespaces.some(({ name }) => name === namespace);
  return namespace !== null && !isAsked && namespaces.some(({ state }) => state === 'connected');
}

/** Only what was joined can be left. */
function hasJoined({ namespaces }: Session, namespace: string): boolean {
  return namespaces.some(
    ({ name, state }) => name === namespace && (state === 'connected' || state === 'disconnected'),
  );
}

/** Whether the session got an answer over it; a preflight is asked for polling. */
function carried(session: Session, transport: Transport | null): boolean {
  if (transport === 'websocket') return socketWorks(session);
  const isAnswered = ({ kind, response }: JudgedExchange) => kind !== 'websocket' && response !== null;
  return transport === null || observed(session).some(isAnswered);
}
