/** Which load of a page a session belongs to. */
import type { Session } from '../../model/session.ts';
import { observed } from './exchanges.ts';

/** The HAR's name of the page load that made the session; null where the browser does not tell. */
export function pageLoadOf(session: Session): string | null {
  return observed(session).find(({ source }) => source.pageref !== undefined)?.source.pageref ?? null;
}

/** Whether one page was left and another loaded between the two: then no client went on from one to the other. */
export function areOfDifferentLoads(a: Session, b: Session): boolean {
  const [one, other] = [pageLoadOf(a), pageLoadOf(b)];
  return one !== null && other !== null && one !== other;
}
