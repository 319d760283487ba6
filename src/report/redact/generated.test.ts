/**
 * Whole captures with secrets in every place that may hold one, read as a file and written in every form: what is hidden is in none
 * of them, and the redacted report, opened again, says the same.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHar } from '../../capture/har-file.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import type { HarEntry } from '../../model/har.ts';
import type { Report } from '../../model/report.ts';
import { NO_STACKS } from '../../model/sides.ts';
import { entry, healthyEntries, message, openBody, sidUrl, socketEntry, T0 } from '../../testing/entries.ts';
import { issuePage } from '../../tracker/tracker.ts';
import { writeBackendMessage } from '../write-backend.ts';
import { WRITERS } from '../write-report.ts';

const RUNS = 240;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64Url = (text: string) => base64(text).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
const forms = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  base64(secret),
  base64Url(secret),
  JSON.stringify(secret).slice(1, -1),
];
/** How a place writes down its secret; all of them are to be found. */
const WRITTEN: ((secret: string) => string)[] = [
  (secret) => secret,
  encodeURIComponent,
  base64,
  (secret) => JSON.stringify(secret).slice(1, -1),
];

/** The host names of one capture. */
interface Names {
  page: string;
  server: string;
  /** Known from elsewhere than the connection: a link, a redirect, a script's server. */
  third: string;
}

type Fault = (names: Names) => HarEntry[];

const at = (names: Names, sid?: string) =>
  `https://${names.server}/socket.io/?EIO=4&transport=polling&t=q1${sid ? `&sid=${sid}` : ''}`;
const origin = (names: Names) => `https://${names.page}`;
const SID = 'lv_VI97HAXpY6yYWAAAB';
const cors = (names: Names) => ({ 'Access-Control-Allow-Origin': origin(names), Vary: 'Origin' });

/** Faults whose diagnosis rests on hosts, headers and bodies alike. */
const FAULTS: Record<string, Fault> = {
  'cors-not-configured': (names) => [entry({ url: at(names), origin: origin(names), error: 'net::ERR_FAILED' })],
  'cors-origin-mismatch': (names) => [
    entry({
      url: at(names),
      origin: origin(names),
      error: 'net::ERR_FAILED',
      responseHeaders: { 'Access-Control-Allow-Origin': `https://www.${names.page}`, Vary: 'Origin' },
    }),
  ],
  'wrong-path-404': (names) => [
    entry({
      url: at(names),
      origin: origin(names),
      status: 404,
      responseHeaders: cors(names),
      body: 'Cannot GET /socket.io/',
    }),
  ],
  'version-eio3-to-v3plus': (names) => [
    entry({
      url: at(names).replace('EIO=4', 'EIO=3'),
      origin: origin(names),
      status: 400,
      responseHeaders: cors(names),
      body: '{"code":5,"message":"Unsupported protocol version"}',
    }),
  ],
  'api-auth-401': (names) => [
    entry({
      url: at(names),
      origin: origin(names),
      status: 401,
      responseHeaders: cors(names),
      body: '{"error":"login"}',
    }),
  ],
  'spa-fallback-html': (names) => [
    entry({
      url: at(names),
      origin: origin(names),
      responseHeaders: { ...cors(names), 'Content-Type': 'text/html' },
      body: '<!doctype html><title>Shop</title><div id="root"></div>',
    }),
  ],
  'sticky-session-missing': (names) => [
    entry({ url: at(names), origin: origin(names), responseHeaders: cors(names), body: openBody(SID) }),
    entry({
      url: at(names, SID),
      origin: origin(names),
      at: 20,
      status: 400,
      responseHeaders: cors(names),
      body: '{"code":1,"message":"Session ID unknown"}',
    }),
  ],
  healthy: (names) => healthyEntries(SID, 0, cors(names)).map((each) => moved(each, names)),
};

/** The builders' hosts replaced by the capture's. */
function moved(each: HarEntry, names: Names): HarEntry {
  const text = JSON.stringify(each)
    .replaceAll('http://localhost:3001', `https://${names.server}`)
    .replaceAll('ws://localhost:3001', `wss://${names.server}`)
    .replaceAll('http://localhost:3000', origin(names))
    .replaceAll('localhost:3001', names.server);
  return JSON.parse(text);
}

/** Puts a secret into an entry. The places are the issue's list, and those that came up since. */
type Place = (each: HarEntry, secret: string, names: Names) => HarEntry;

const requestHeader =
  (name: string, value: (secret: string, names: Names) => string): Place =>
  (each, secret, names) => ({
    ...each,
    request: { ...each.request, headers: [...each.request.headers, { name, value: value(secret, names) }] },
  });
const responseHeader =
  (name: string, value: (secret: string, names: Names) => string): Place =>
  (each, secret, names) => ({
    ...each,
    response: { ...each.response, headers: [...each.response.headers, { name, value: value(secret, names) }] },
  });
const url =
  (change: (url: string, secret: string) => string): Place =>
  (each, secret) => ({ ...each, request: { ...each.request, url: change(each.request.url, secret) } });
const field =
  (name: string, value: (secret: string, names: Names) => unknown): Place =>
  (each, secret, names) =>
    Object.assign({ ...each }, { [name]: value(secret, names) });

const PLACES: Record<string, Place> = {
  Cookie: requestHeader('Cookie', (secret) => `theme=dark; id=${secret}`),
  'Set-Cookie': responseHeader(
    'Set-Cookie',
    (secret, { server }) => `id=${secret}; Path=/; Domain=${server}; HttpOnly`,
  ),
  Authorization: requestHeader('Authorization', (secret) => `Bearer ${secret}`),
  'Proxy-Authorization': requestHeader('Proxy-Authorization', (secret) => `Basic ${base64(`me:${secret}`)}`),
  'a key-like header': requestHeader('X-Api-Key', (secret) => secret),
  'a session header of the answer': responseHeader('X-Session-Token', (secret) => secret),
  'an unknown header': requestHeader('X-Custom', (secret) => secret),
  'a part of an unknown header': responseHeader('X-Trace-Context', (secret) => `id=${secret}; sampled=1`),
  'a protocol': requestHeader('Sec-WebSocket-Protocol', (secret) => `v1.chat, ${secret}`),
  userinfo: url((address, secret) => address.replace('//', `//me:${secret}@`)),
  'a token in the address': url((address, secret) => `${address}&access_token=${secret}`),
  'an unknown parameter': url((address, secret) => `${address}&room=${secret}`),
  Referer: requestHeader('Referer', (secret, { page }) => `https://${page}/reset/${secret}?token=${secret}`),
  Location: responseHeader('Location', (secret, { third }) => `https://${third}/login?next=%2F&code=${secret}`),
  'Content-Location': responseHeader('Content-Location', (secret, { third }) => `https://${third}/a?key=${secret}`),
  'a redirect’s address': (each, secret, { third }) => ({
    ...each,
    response: { ...each.response, redirectURL: `https://${third}/?token=${secret}` },
  }),
  'the initiator': field('_initiator', (secret, { third }) => ({
    type: 'script',
    url: `https://${third}/app.js?token=${secret}`,
    stack: { callFrames: [{ functionName: 'open', url: `https://me:${secret}@${third}/app.js`, lineNumber: 3 }] },
  })),
  'the cookies array': (each, secret, { server }) => ({
    ...each,
    request: { ...each.request, cookies: [{ name: 'id', value: secret, domain: `.${server}`, comment: secret }] },
  }),
  'the answer’s cookies array': (each, secret) => ({
    ...each,
    response: { ...each.response, cookies: [{ name: 'id', value: secret }] },
  }),
  'the query array': (each, secret) => ({
    ...each,
    request: { ...each.request, queryString: [{ name: 'token', value: secret }] },
  }),
  'a form': (each, secret) => ({
    ...each,
    request: {
      ...each.request,
      postData: {
        mimeType: 'application/x-www-form-urlencoded',
        text: `q=${secret}`,
        params: [{ name: 'q', value: secret }],
      },
    },
  }),
  'a comment': field('comment', (secret) => `I am ${secret}`),
  'a field of some tool': field('_requestId', (secret) => secret),
  'a page’s id': field('pageref', (secret, { third }) => `https://${third}/${secret}`),
  'the server’s address': field('connection', (secret) => secret),
};

/** Entries of their own, for what no polling request holds. */
const ENTRIES: Record<string, (secret: string, names: Names) => HarEntry> = {
  'CONNECT data': (secret, names) =>
    entry({
      method: 'POST',
      url: at(names, SID),
      at: 30,
      origin: origin(names),
      requestBody: `40{"token":"${secret}"}`,
    }),
  'a CONNECT of protocol 3': (secret, names) =>
    entry({ method: 'POST', url: at(names, SID), at: 30, origin: origin(names), requestBody: `40/ns?token=${secret}` }),
  'an event': (secret, names) =>
    entry({ url: at(names, SID), at: 31, origin: origin(names), body: `42["chat","${secret}"]` }),
  'a page of the server': (secret, names) =>
    entry({
      url: at(names),
      at: 32,
      status: 500,
      body: `<title>Inbox of ${secret}</title><!-- ${secret} --><script>var csrf = "${secret}"</script><input value="${secret}"><p>See https://${names.third}/x?token=${secret}</p>`,
    }),
  'an API’s answer': (secret, names) =>
    entry({
      url: at(names),
      at: 33,
      status: 500,
      body: JSON.stringify({ error: 'no', user: { mail: secret, id: 7 } }),
    }),
  'plain words': (secret, names) =>
    entry({ url: at(names), at: 34, status: 500, body: `failed for ${secret} at https://${names.third}/` }),
  'a frame': (secret, names) =>
    moved(
      socketEntry({
        url: sidUrl(SID, 'websocket'),
        at: 35,
        messages: [message('receive', `42["chat","${secret}"]`, 40)],
      }),
      names,
    ),
  'a binary frame': (secret, names) =>
    moved(
      socketEntry({ at: 36, messages: [{ ...message('receive', base64(secret), 40), opcode: 2 }], key: 'binary==' }),
      names,
    ),
  'a base64 body': (secret, names) => {
    const base = entry({ url: at(names, SID), at: 37 });
    const content = {
      text: base64(`42["chat","${secret}"]`),
      encoding: 'base64',
      size: 30,
      mimeType: 'application/octet-stream',
    };
    return { ...base, response: { ...base.response, content } };
  },
};

/** Letters and digits without sense: what tokens look like, and nothing that the diagnosis needs. */
const secretText = fc
  .tuple(fc.stringMatching(/^[A-Za-z]{4}$/), fc.stringMatching(/^[A-Za-z0-9]{12}$/), fc.integer({ min: 10, max: 99 }))
  .map(([head, tail, number]) => `${head}Zq${number}x${tail}7k`);
const word = fc.stringMatching(/^[a-z]{5}$/);
const hosts = fc.tuple(word, word, word, fc.constantFrom('com', 'co.uk', 'dev')).map(([a, b, c, end]) => ({
  page: `app.zz${a}corp.${end}`,
  server: `chat-${b}.zz${a}corp.${end}`,
  third: `zz${c}auth.io`,
}));
const placement = fc.record({
  place: fc.constantFrom(...Object.keys(PLACES), ...Object.keys(ENTRIES)),
  written: fc.nat(WRITTEN.length - 1),
  secret: secretText,
});
const capture = fc.record({
  fault: fc.constantFrom(...Object.keys(FAULTS)),
  names: hosts,
  placements: fc.array(placement, { minLength: 1, maxLength: 8 }),
  noted: secretText,
});

interface Planted {
  har: unknown;
  secrets: string[];
  names: Names;
  noted: string;
}

type Capture = typeof capture extends fc.Arbitrary<infer T> ? T : never;

function planted({ fault, names, placements, noted }: Capture): Planted {
  const entries = FAULTS[fault]?.(names) ?? [];
  for (const [index, { place, written, secret }] of placements.entries()) {
    const text = WRITTEN[written]?.(secret) ?? secret;
    const own = ENTRIES[place]?.(text, names);
    // Of two requests of one address and moment, one would be taken for the other seen again.
    const startedDateTime = new Date(T0 + 100 * (index + 1)).toISOString();
    if (own) entries.push({ ...own, startedDateTime });
    const target = index % entries.length;
    const known = entries[target];
    const put = PLACES[place];
    if (put && known) entries[target] = put(known, text, names);
  }
  // By hand: a plain word, which nobody takes for a secret, in an address, a header and an answer.
  const [start] = entries;
  if (start) {
    start.request.url += `&room=${BY_HAND}`;
    start.response.headers = [...start.response.headers, { name: 'X-Note', value: `by ${BY_HAND.toUpperCase()}` }];
    entries.push(
      entry({ url: at(names), at: 50, status: 500, body: `no room for ${base64(`the ${BY_HAND} of today`)}` }),
    );
  }
  const [first] = placements;
  const pages = [
    { id: 'page_1', title: `Inbox of ${first?.secret}`, startedDateTime: '2026-11-23T10:00:00Z', pageTimings: {} },
  ];
  const secrets = placements.map(({ secret }) => secret);
  return {
    har: { log: { version: '1.2', creator: { name: 't', version: '1' }, pages, entries } },
    secrets,
    names,
    noted,
  };
}

function engineOf(har: unknown): Engine {
  const read = readHar(har, 'capture.har', null);
  const engine = createEngine(read);
  engine.add(read.records);
  return engine;
}

function reportOf(
  har: unknown,
  choice: { redact: boolean; hideHosts?: boolean; hideTexts?: string[]; notes?: string },
): Report {
  return engineOf(har).buildReport({ notes: '', createdAtMs: 0, version: '0.0.0', ...choice });
}

const BY_HAND = 'tester-kim';
const TRACKER = { kind: 'github', address: 'owner/repo', project: '', issueType: '' } as const;

/** Everything that can leave, by its name. */
function written(report: Report): [name: string, text: string][] {
  const body = WRITERS.markdown.write(report);
  return [
    ...Object.entries(WRITERS).map(([name, { write }]): [string, string] => [name, write(report)]),
    ['backend', writeBackendMessage(report, { endpoint: null, stacks: NO_STACKS }) ?? ''],
    ['bug', issuePage(TRACKER, { title: report.summary.headline, body }).url],
  ];
}

function expectAbsent(report: Report, wanted: readonly string[]): void {
  for (const [name, text] of written(report)) {
    for (const each of wanted) {
      const index = text.indexOf(each);
      expect(index < 0 ? 'absent' : `${name}: …${text.slice(Math.max(0, index - 80), index + 40)}…`).toBe('absent');
    }
  }
}

function check(arbitrary: Capture, choice: { hideHosts: boolean }): void {
  const { har, secrets, names, noted } = planted(arbitrary);
  // A secret that the traffic holds is hidden in the notes, too; so is what the tester hides by hand.
  const notes = `seen with ${secrets[0]} by ${noted}`;
  const report = reportOf(har, { redact: true, ...choice, hideTexts: [noted, BY_HAND], notes });
  expectAbsent(
    report,
    [...secrets, noted, BY_HAND, BY_HAND.toUpperCase(), base64('the tester-kim of today')].flatMap(forms),
  );
  if (choice.hideHosts) expectAbsent(report, [...Object.values(names), `zz${names.third.slice(2, 7)}`].flatMap(forms));

  const before = engineOf(har).diagnose().diagnosis;
  const again = engineOf(JSON.parse(WRITERS.har.write(report))).diagnose().diagnosis;
  const verdict = ({ summary, endpoints, findings }: typeof before) => ({
    status: summary.status,
    rootCause: summary.rootCause,
    endpoints: endpoints.map(({ status, rootCause }) => ({ status, rootCause })),
    rules: findings.map(({ rule, state }) => `${rule} ${state}`),
  });
  expect(verdict(again)).toEqual(verdict(before));
}

describe(`${RUNS} captures`, () => {
  it('hold no secret once they are redacted, and say the same', () => {
    fc.assert(
      fc.property(capture, (each) => check(each, { hideHosts: false })),
      { seed: 2026, numRuns: RUNS / 2 },
    );
  });

  it('hold no name of a host either where those are hidden, and say the same', () => {
    fc.assert(
      fc.property(capture, (each) => check(each, { hideHosts: true })),
      { seed: 1123, numRuns: RUNS / 2 },
    );
  });

  it('hold all of them where nothing is hidden', () => {
    fc.assert(
      fc.property(capture, (each) => {
        const { har, secrets } = planted(each);
        const report = reportOf(har, { redact: false });
        const seen = WRITERS.json.write(report) + WRITERS.har.write(report);
        // What stands in a base64 body is looked for where the entries hold it.
        const given = JSON.stringify(har, (name, part) => (name === 'title' ? '' : part));
        for (const secret of secrets) {
          const shown = forms(secret).filter((form) => given.includes(form));
          expect(shown.length === 0 || shown.some((form) => seen.includes(form)), secret).toBe(true);
        }
      }),
      { seed: 7, numRuns: 30 },
    );
  });
});
