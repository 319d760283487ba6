import * as v from 'valibot';
import { type Tracker, trackerProblem, trackerSchema } from '../tracker/tracker.ts';

/** The tracker that was stored; null when there is none, or another version wrote one that this one cannot use. */
export function usableTracker(stored: unknown): Tracker | null {
  const parsed = v.safeParse(trackerSchema, stored);
  return parsed.success && trackerProblem(parsed.output) === null ? parsed.output : null;
}
