/** What a change on the server did: the newest attempt beside the one before it. */
import type { ReportFinding, ReportSession } from '../model/report.ts';
import type { Details } from './details.ts';

export interface Progress {
  /** The newest attempt went past them. */
  gone: ReportFinding[];
  /** It went past them, too, but they may come back. */
  unseen: ReportFinding[];
  /** Only the newest attempt shows them. */
  added: ReportFinding[];
  /** Both show them. */
  left: ReportFinding[];
  /** The newest attempt ended too early to tell whether they are gone. */
  unreached: ReportFinding[];
}

/**
 * Compares the endpoint's last two attempts that came to an end; attempts that failed alike are one session already. Null where
 * there is nothing to compare, or nothing changed, or all is well (then each finding says so itself).
 */
export function progressOf({ session, sessions, findings }: Details): Progress | null {
  const [before, newest] = sessions.filter(({ state }) => state !== 'connecting').slice(-2);
  if (session !== null || !before || !newest) return null;
  const faults = findings.filter(({ severity, causedBy }) => severity !== 'info' && causedBy === null);
  const old = faults.filter((finding) => isOf(finding, before));
  const missing = old.filter((finding) => !isOf(finding, newest));
  const progress = {
    gone: missing.filter(({ state, mayReturn }) => state === 'resolved' && !mayReturn),
    unseen: missing.filter(({ state, mayReturn }) => state === 'resolved' && mayReturn),
    added: faults.filter((finding) => isOf(finding, newest) && !isOf(finding, before)),
    left: old.filter((finding) => isOf(finding, newest)),
    unreached: missing.filter(({ state }) => state === 'active'),
  };
  const { gone, unseen, added, left } = progress;
  const isChanged = old.length > 0 && gone.length + unseen.length + added.length > 0;
  return isChanged && added.length + left.length > 0 ? progress : null;
}

function isOf(finding: ReportFinding, session: ReportSession): boolean {
  return finding.sessions.includes(session.id);
}
