/** The tracker that the user set, for the panel and the settings page alike. */
import { readSetting, writeSetting } from '../platform/storage.ts';
import type { Tracker } from '../tracker/tracker.ts';

const NAME = 'tracker';

/** As it was stored; undefined when nothing was. */
export const readTracker = (): Promise<unknown> => readSetting(NAME);

/** Rejects when it cannot be stored. */
export const writeTracker = (tracker: Tracker): Promise<void> => writeSetting(NAME, tracker);
