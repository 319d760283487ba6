/** What of an entry leaves: the fields that the diagnosis or a reader knows. What else a tool wrote, nobody has looked through. */
import type { HarCallFrame, HarEntry, HarHeader, HarInitiator, HarStack } from '../../model/har.ts';

/** The entry without the fields that are not in `model/har.ts`. */
export function knownFields(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  return present({
    startedDateTime: entry.startedDateTime,
    time: entry.time,
    request: present({
      method: request.method,
      url: request.url,
      httpVersion: request.httpVersion,
      headers: request.headers.map(pair),
      cookies: request.cookies,
      queryString: request.queryString?.map(pair),
      headersSize: request.headersSize,
      bodySize: request.bodySize,
      postData: request.postData && postDataOf(request.postData),
    }),
    response: present({
      status: response.status,
      statusText: response.statusText,
      httpVersion: response.httpVersion,
      headers: response.headers.map(pair),
      cookies: response.cookies,
      content:
        response.content &&
        present({
          size: response.content.size,
          mimeType: response.content.mimeType,
          text: response.content.text,
          encoding: response.content.encoding,
        }),
      redirectURL: response.redirectURL,
      headersSize: response.headersSize,
      bodySize: response.bodySize,
      _error: response._error,
      _transferSize: response._transferSize,
      _fetchedViaServiceWorker: response._fetchedViaServiceWorker,
    }),
    timings: entry.timings && numbersOf(entry.timings),
    pageref: entry.pageref,
    serverIPAddress: entry.serverIPAddress,
    _initiator: entry._initiator && initiatorOf(entry._initiator),
    _priority: entry._priority,
    _resourceType: entry._resourceType,
    _securityState: entry._securityState,
    _webSocketMessages: entry._webSocketMessages?.map(({ type, time, opcode, data, _length }) =>
      present({ type, time, opcode, data, _length }),
    ),
    _ended: entry._ended,
    _sidUsed: entry._sidUsed,
    _doctor: entry._doctor,
  });
}

/** Pages' ids are whatever a tool made of them, a title or an address too: here they are numbered in the order of their coming. */
export function pageNumbers(): (entry: HarEntry) => HarEntry {
  const numbers = new Map<string, number>();
  return (entry) => {
    const { pageref } = entry;
    if (pageref === undefined) return entry;
    const number = numbers.get(pageref) ?? numbers.size + 1;
    numbers.set(pageref, number);
    return { ...entry, pageref: `page_${number}` };
  };
}

function pair({ name, value }: HarHeader): HarHeader {
  return { name, value };
}

function postDataOf({ mimeType, text, params }: NonNullable<HarEntry['request']['postData']>) {
  return present({ mimeType, text, params });
}

function numbersOf(timings: NonNullable<HarEntry['timings']>): HarEntry['timings'] {
  return Object.fromEntries(Object.entries(timings).filter(([, value]) => typeof value === 'number'));
}

function initiatorOf({ type, url, lineNumber, requestId, stack }: HarInitiator): HarInitiator {
  return present({ type, url, lineNumber, requestId, stack: stack && stackOf(stack) });
}

function stackOf({ callFrames, parent }: HarStack): HarStack {
  return present({ callFrames: callFrames?.map(frameOf), parent: parent && stackOf(parent) });
}

function frameOf({ functionName, url, lineNumber, columnNumber }: HarCallFrame): HarCallFrame {
  return present({ functionName, url, lineNumber, columnNumber });
}

/** Whether a field is there is evidence: none is made up. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
