/**
 * Playwright's HARs: Chromium's facts under names of their own. Source: playwright `server/har/harTracer.ts` and HARs that it
 * recorded. They hold no preflights, and of a request that failed neither status nor headers.
 */
import * as v from 'valibot';
import type { Limit } from '../model/report.ts';

export const PLAYWRIGHT_LIMIT: Limit = {
  code: 'playwright-har',
  text:
    'Playwright leaves the answers of failed requests out of its HAR, and preflights altogether, so it does not show why a request was ' +
    'blocked. A HAR that is saved from DevTools (Network panel, Export HAR) does.',
};

const entrySchema = v.looseObject({
  startedDateTime: v.string(),
  request: v.looseObject({ url: v.string() }),
  response: v.looseObject({ status: v.number(), _failureText: v.optional(v.string()) }),
  _webSocketMessages: v.optional(v.array(v.looseObject({ time: v.number() }))),
});

/** The entry as Chromium's DevTools would write it; what does not look like one of Playwright's stays as it is. */
export function fromPlaywright(entry: unknown): unknown {
  const parsed = v.safeParse(entrySchema, entry);
  if (!parsed.success) return entry;
  const { response, _webSocketMessages: messages = [], ...rest } = parsed.output;
  const { _failureText: failure = null, ...shown } = response;
  const isSocket = /^wss?:/.test(rest.request.url);
  const startSeconds = Date.parse(rest.startedDateTime) / 1000;
  const failed = isSocket && failure !== null;
  return {
    ...rest,
    response: { ...shown, status: Math.max(0, shown.status), _error: isSocket ? null : failure },
    ...(isSocket && {
      _webSocketMessages: [
        // Milliseconds, where DevTools has seconds; -1 where the time is not known.
        ...messages.map((message) => ({ ...message, time: message.time < 0 ? startSeconds : message.time / 1000 })),
        ...(failed ? [{ type: 'error', time: startSeconds, opcode: -1, data: failure }] : []),
      ],
    }),
  };
}
