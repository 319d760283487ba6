/** What a report hides, counted by its placeholders: for whoever wants to know before it leaves. */
import type { HarEntry, HarHeader } from '../../model/har.ts';
import type { Hidden, Report } from '../../model/report.ts';

const PLACEHOLDER =
  /\[redacted:(\w+):\d+\]|\bredacted-(custom)-\d+|\b(?:(?:www|sub-\d+)\.)*(host)-\d+\b(?:\.(?:example\d*|local)\b)?/gi;

/** In the order of their first place. */
export function hiddenIn({ har, notes, page }: Report): Hidden[] {
  const found = new Map<string, Hidden>();
  const note = (place: string, value: unknown) => {
    for (const text of stringsOf(value)) {
      for (const [match, kind, custom, host] of text.matchAll(PLACEHOLDER)) {
        const placeholder = custom
          ? match.replace(/redacted-custom-(\d+)/i, '[redacted:custom:$1]')
          : match.toLowerCase();
        const known = found.get(placeholder) ?? {
          kind: kind ?? custom ?? host ?? '',
          placeholder,
          count: 0,
          places: [],
        };
        known.count += 1;
        if (!known.places.includes(place)) known.places.push(place);
        found.set(placeholder, known);
      }
    }
  };
  for (const entry of har.log.entries) noteEntry(entry, note);
  note('notes', notes);
  note('page', page);
  return [...found.values()];
}

function noteEntry(entry: HarEntry, note: (place: string, value: unknown) => void): void {
  const { request, response, _initiator: initiator, _webSocketMessages: messages, ...rest } = entry;
  const { url, headers, cookies, queryString, postData, ...otherRequest } = request;
  const { headers: answerHeaders, cookies: answerCookies, content, ...otherAnswer } = response;
  note('address', url);
  noteHeaders('request', headers, note);
  note('request’s cookies', cookies);
  note('address', queryString);
  note('request body', postData);
  note('request', otherRequest);
  noteHeaders('response', answerHeaders, note);
  note('response’s cookies', answerCookies);
  note('response body', content);
  note('response', otherAnswer);
  note('initiator', initiator);
  note('WebSocket messages', messages);
  note('request', rest);
}

function noteHeaders(side: string, headers: readonly HarHeader[], note: (place: string, value: unknown) => void): void {
  for (const { name, value } of Array.isArray(headers) ? headers : []) note(`${side} header ${name}`, value);
}

function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* stringsOf(part);
}
