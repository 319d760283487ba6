/**
 * HARs of Safari's Web Inspector: `_error` holds a sentence in the user's language, where Chromium has `net::ERR_…`.
 *
 * Source: WebKit `Source/WebInspectorUI/UserInterface/Controllers/HARBuilder.js`, and `_HARResources` in
 * `Views/NetworkTableContentView.js`, which exports finished requests only.
 */
import * as v from 'valibot';
import type { Limit } from '../model/report.ts';

export const SAFARI_LIMIT: Limit = {
  code: 'safari-har',
  text:
    'Safari leaves requests that did not finish, what was kept from the page, and the messages of WebSockets out of its HAR: what the browser ' +
    'blocked is judged by the headers and by what the page did next. A HAR of Chrome or Edge shows more.',
};

const entrySchema = v.looseObject({ response: v.optional(v.unknown()) });

/** The entry, marked as one that no error mark is to be expected of. */
export function fromSafari(entry: unknown): unknown {
  const parsed = v.safeParse(entrySchema, entry);
  return parsed.success ? { ...parsed.output, _doctor: { dialect: 'other' } } : entry;
}
