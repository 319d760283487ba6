/**
 * The engine, held so that a fault in it stays a fault of the diagnosis: it is told as a limit, and the worker lives on.
 */
import type { Engine, EngineResult } from '../engine/engine.ts';
import type { LogRecord } from '../model/capture-log.ts';
import type { Limit } from '../model/report.ts';

export interface WatchedEngine {
  add(records: readonly LogRecord[]): void;
  forget: Engine['forget'];
  setPage: Engine['setPage'];
  /** The last diagnosis that succeeded, with what failed since among its limits. */
  diagnose(): EngineResult;
  /** Throws when no report can be made. */
  buildReport: Engine['buildReport'];
  packets: Engine['packets'];
}

/** Watches over an engine. */
export function watchEngine(engine: Engine, blank: EngineResult): WatchedEngine {
  const faults = new Map<string, Limit>();
  let last = blank;

  function attempt(doing: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      console.error(error);
      const text = `${doing} failed: ${error instanceof Error ? error.message : String(error)}. What is shown may be incomplete.`;
      faults.set(doing, { code: 'engine-failed', text });
      return false;
    }
  }

  return {
    add(records) {
      if (attemptQuietly(() => engine.add(records))) return;
      // One of them did it: the others are not lost, and a record that was taken before changes nothing.
      for (const record of records) attempt('Reading a recorded request', () => engine.add([record]));
    },
    forget: (seqs, dropped) => void attempt('Forgetting old requests', () => engine.forget(seqs, dropped)),
    setPage: (page) => void attempt('Taking the page', () => engine.setPage(page)),
    diagnose() {
      const isNew = attempt('The diagnosis', () => {
        last = engine.diagnose();
      });
      if (isNew) faults.delete('The diagnosis');
      if (faults.size === 0) return last;
      return { ...last, diagnosis: { ...last.diagnosis, limits: [...last.diagnosis.limits, ...faults.values()] } };
    },
    buildReport: (request) => engine.buildReport(request),
    packets: (session) => engine.packets(session),
  };
}

function attemptQuietly(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
