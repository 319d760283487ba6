import type { Confidence, Hit, Transport } from './finding.ts';
import type { Severity } from './report.ts';
import type { Endpoint, Session } from './session.ts';

/**
 * A rule: one file named by its id, with its page (`<id>.md`) and its test beside it. It looks at one endpoint and answers
 * a hit for each fault it can prove. It must not throw on any evidence; one that does is isolated and reported.
 */
export interface Rule {
  /** The file's name; reports, docs and bug trackers use it. */
  id: string;
  severity: Severity;
  confidence: Confidence;
  /** Place in the root-cause order (docs/architecture.md, "What to fix first"): lower is fixed first. */
  rung: number;
  /** Markdown of `<id>.md`. Its `# ` line is the finding's title; `{placeholders}` are filled from the hit's `params`. */
  page: string;
  check(endpoint: Endpoint): Iterable<Hit>;
  /** Rules of the same rung that say of the same session what follows from this fault: they are shown under it. */
  explains?: readonly string[];
  /** It says how it looks, not why: a consequence of whatever else explains one of its sessions, on any rung. */
  isSymptom?: true;
  /**
   * It comes and goes, by chance (which process answers), with load or time, or with what the page does: a connection without it
   * does not prove that it was mended, so nothing calls it fixed.
   */
  mayReturn?: true;
  /**
   * Whether a later session shows that this fault is over. Default: it opened and was not rejected, or failed on a later rung;
   * where a hit names a namespace: it joined that one.
   *
   * @param transport that of the fault; null where several show it
   * @param namespace that of the fault, if it is about one
   */
  isOver?(later: Session, transport?: Transport | null, namespace?: string | null): boolean;
}
