/** What of an entry leaves: the fields that the diagnosis or a reader knows. What else a tool wrote, nobody has looked through. */
import type {
  HarCallFrame,
  HarContent,
  HarEntry,
  HarHeader,
  HarInitiator,
  HarRequest,
  HarResponse,
  HarStack,
  HarWebSocketMessage,
} from '../../model/har.ts';

/** A field that is new in the model has to be decided about here, or this does not compile. */
type Fields<T> = Record<keyof T, boolean>;

const ENTRY: Fields<HarEntry> = {
  startedDateTime: true,
  time: true,
  request: true,
  response: true,
  cache: false,
  timings: true,
  pageref: true,
  serverIPAddress: true,
  connection: false,
  _initiator: true,
  _priority: true,
  _resourceType: true,
  _connectionId: false,
  _securityState: true,
  _webSocketMessages: true,
  _ended: true,
  _sidUsed: true,
  _doctor: true,
};
const REQUEST: Fields<HarRequest> = {
  method: true,
  url: true,
  httpVersion: true,
  headers: true,
  cookies: true,
  queryString: true,
  headersSize: true,
  bodySize: true,
  postData: true,
};
const RESPONSE: Fields<HarResponse> = {
  status: true,
  statusText: true,
  httpVersion: true,
  headers: true,
  cookies: true,
  content: true,
  redirectURL: true,
  headersSize: true,
  bodySize: true,
  _error: true,
  _transferSize: true,
  _fetchedViaServiceWorker: true,
};
const CONTENT: Fields<HarContent> = { size: true, mimeType: true, text: true, encoding: true };
const MESSAGE: Fields<HarWebSocketMessage> = { type: true, time: true, opcode: true, data: true, _length: true };
const INITIATOR: Fields<HarInitiator> = { type: true, url: true, lineNumber: true, requestId: true, stack: true };
const FRAME: Fields<HarCallFrame> = { functionName: true, url: true, lineNumber: true, columnNumber: true };

/** Of fields that hold one of a few words, each of these (Chromium's and Firefox's); another says nothing to anybody. */
const WORDS = {
  _priority: /^(VeryLow|Low|Medium|High|VeryHigh|Lowest|Highest|Idle)$/i,
  _securityState: /^(secure|insecure|weak|broken|neutral|unknown)$/,
  _resourceType: /^[a-z]{1,16}(-[a-z]{1,16}){0,2}$/i,
} as const;
/** An address without a name, in either form. */
const IP_ADDRESS = /^\[?[\da-f.:]{2,45}(%\w{1,8})?\]?$/i;
/** Of a program, without what else it may be called. */
const BROWSER =
  /^((google |microsoft )?(chrome|chromium|edge|firefox|opera|safari|brave|vivaldi|webkit|playwright|puppeteer|headlesschrome)( (browser|nightly|developer edition|beta|dev|canary))?)( [\d.]{1,24}\w{0,3})?$/i;

/** A browser's name and version; null where a file says something else. */
export function knownBrowser(name: string | null): string | null {
  return name !== null && BROWSER.test(name) ? name : null;
}

function knownWord(word: string, known: RegExp): string {
  return known.test(word) ? word : 'unknown';
}

/** The entry without the fields that are not in `model/har.ts`. */
export function knownFields(entry: HarEntry): HarEntry {
  const { timings, _initiator: initiator, _webSocketMessages: messages } = entry;
  const { _priority: priority, _securityState: security, _resourceType: resource, serverIPAddress: server } = entry;
  return present({
    ...pick(entry, ENTRY),
    _priority: priority && knownWord(priority, WORDS._priority),
    _securityState: security && knownWord(security, WORDS._securityState),
    _resourceType: resource && knownWord(resource, WORDS._resourceType),
    serverIPAddress: server === undefined || server === '' || IP_ADDRESS.test(server) ? server : undefined,
    request: requestOf(entry.request),
    response: responseOf(entry.response),
    timings: timings && numbersOf(timings),
    _initiator:
      initiator && present({ ...pick(initiator, INITIATOR), stack: initiator.stack && stackOf(initiator.stack) }),
    _webSocketMessages: messages?.map((message) => pick(message, MESSAGE)),
  });
}

function requestOf(request: HarRequest): HarRequest {
  const { headers, queryString, postData } = request;
  return present({
    ...pick(request, REQUEST),
    headers: headers.map(pair),
    queryString: queryString?.map(pair),
    postData: postData && postDataOf(postData),
  });
}

function responseOf(response: HarResponse): HarResponse {
  const { headers, content } = response;
  return present({
    ...pick(response, RESPONSE),
    headers: headers.map(pair),
    content: content && pick(content, CONTENT),
  });
}

/** The wanted fields, as far as they are there. */
function pick<T extends object>(value: T, fields: Fields<T>): T {
  const kept = new Map<string, boolean>(Object.entries(fields));
  return Object.fromEntries(Object.entries(value).filter(([name]) => kept.get(name))) as T;
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

function postDataOf({ mimeType, text, params }: NonNullable<HarRequest['postData']>) {
  return present({ mimeType, text, params });
}

function numbersOf(timings: NonNullable<HarEntry['timings']>): HarEntry['timings'] {
  return Object.fromEntries(Object.entries(timings).filter(([, value]) => typeof value === 'number'));
}

function stackOf({ callFrames, parent }: HarStack): HarStack {
  return present({ callFrames: callFrames?.map((frame) => pick(frame, FRAME)), parent: parent && stackOf(parent) });
}

/** Whether a field is there is evidence: none is made up. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
