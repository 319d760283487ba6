import fc from 'fast-check';
import { type Answer, caseUrl, type FuzzCase, type Hop, type WireFault } from './case.ts';

/** Where the scripted server can be reached in this run. */
export interface Places {
  /** Documents that send requests, with the origin that they send. */
  pages: { url: string; origin: string }[];
  /** Origins of servers that are none of the pages'. */
  servers: string[];
}

/** `count` cases, the same for the same seed and places. */
export function generateCases(count: number, seed: number, places: Places): FuzzCase[] {
  const drafts = fc.sample(draftOf(places), { numRuns: count, seed });
  return drafts.map((draft, index) => finish(draft, `f${seed}x${index}`));
}

interface Draft {
  page: Places['pages'][number];
  eio: 3 | 4;
  request: FuzzCase['request'];
  /** Origins of the hops, in order. */
  origins: string[];
  hops: DraftHop[];
}

interface DraftHop {
  preflight: DraftAnswer;
  response: DraftAnswer;
  fault: WireFault | null;
  redirect: { status: number; relative: boolean; userinfo: string; elsewhere: string | null };
}

interface DraftAnswer {
  status: number;
  allowOrigin: Value[];
  allowCredentials: Value[];
  allowMethods: Value[];
  allowHeaders: Value[];
  spelling: number;
  body: string;
  /** An answer that is right in all but what was drawn to be wrong. */
  extra: [string, string][];
}

/** A header value, made of what the request turns out to be. */
type Value = (facts: Facts) => string;

interface Facts {
  origin: string;
  method: string;
  headerNames: string[];
}

const text =
  (value: string): Value =>
  () =>
    value;

const rightOrigin: Value = ({ origin }) => origin;

/** Values of `Access-Control-Allow-Origin`, the right one first, then those that people and proxies really send. */
const allowOrigins: Value[] = [
  text('*'),
  text('null'),
  text(''),
  text('NULL'),
  text('localhost'),
  text('localhost:3000'),
  text('"*"'),
  text('**'),
  text('https://example.com'),
  text('http://*.shop.test'),
  text('http://b\xfccher.test'),
  text('http://b\xc3\xbccher.test'),
  text('undefined'),
  text('//shop.test'),
  text('http://a b'),
  text('http://xn--a'),
  text('*, *'),
  text('http://localhost:*'),
  ({ origin }) => `${origin}/`,
  ({ origin }) => `${origin}/app`,
  ({ origin }) => origin.toUpperCase(),
  ({ origin }) => `${origin},`,
  ({ origin }) => `${origin}, ${origin}`,
  ({ origin }) => `${origin}, https://example.com`,
  ({ origin }) => `${origin} https://example.com`,
  ({ origin }) => `"${origin}"`,
  ({ origin }) => `${origin}:80`,
  ({ origin }) => `${origin};`,
  ({ origin }) => origin.replace('http:', 'https:'),
  ({ origin }) => origin.replace(/:\d+$/, ':9999'),
  ({ origin }) => origin.replace(/^http:\/\//, ''),
  ({ origin }) => ` \t${origin}\t `,
  ({ origin }) => `\r\n ${origin}`,
  ({ origin }) => `\f${origin}`,
];

const allowCredentials: Value[] = [
  'True',
  'TRUE',
  '1',
  'false',
  '',
  '"true"',
  'true, true',
  ' true\t',
  'true;',
  'tr\xfce',
].map(text);

const allowMethods: Value[] = [
  text('*'),
  text(''),
  text('GET, POST'),
  text('GET POST'),
  text('GET; POST'),
  text('"GET"'),
  text('GET, *'),
  text('G\xcbT'),
  ({ method }) => `GET,${method}`,
  ({ method }) => `,, ${method} ,`,
  ({ method }) => method.toLowerCase(),
  ({ method }) => method.toUpperCase(),
];

const allowHeaders: Value[] = [
  text('*'),
  text(''),
  text('*, authorization'),
  text('Content-Type'),
  text('X Custom'),
  text('[X-Custom]'),
  text('true'),
  ({ headerNames }) => headerNames.join(',').toUpperCase(),
  ({ headerNames }) => headerNames.slice(1).join(', '),
  ({ headerNames }) => headerNames.join('; '),
  ({ headerNames }) => `,\t${headerNames.join(' , ')},`,
  ({ headerNames }) => headerNames.map((name) => name.replaceAll('-', '_')).join(', '),
];

const rightMethods: Value = ({ method }) => `GET, POST, ${method}`;
const rightHeaders: Value = ({ headerNames }) => headerNames.join(', ');

/** None, one, or two lines; mostly the right one. */
function lines(right: Value, others: Value[], weight: number): fc.Arbitrary<Value[]> {
  const other = fc.constantFrom(...others);
  return fc.oneof(
    { weight, arbitrary: fc.constant<Value[]>([right]) },
    { weight: weight / 4, arbitrary: fc.constant<Value[]>([text('*')]) },
    { weight: 3, arbitrary: other.map((value): Value[] => [value]) },
    { weight: 1, arbitrary: fc.constant<Value[]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof(fc.constant(right), other), fc.oneof(fc.constant(right), other))
        .map((pair): Value[] => [...pair]),
    },
  );
}

function answer(statuses: fc.Arbitrary<number>): fc.Arbitrary<DraftAnswer> {
  return fc.record({
    status: statuses,
    allowOrigin: lines(rightOrigin, allowOrigins, 20),
    allowCredentials: lines(text('true'), allowCredentials, 20),
    allowMethods: lines(rightMethods, allowMethods, 16),
    allowHeaders: lines(rightHeaders, allowHeaders, 16),
    spelling: fc.nat(2),
    body: fc.constant('hello world'),
    extra: fc.subarray<[string, string]>([
      ['Vary', ' Origin'],
      ['Access-Control-Max-Age', ' 5'],
      ['Access-Control-Expose-Headers', ' X-A'],
      ['Server', ' nginx'],
    ]),
  });
}

const preflightStatus = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(200, 204) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(201, 206, 299, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 500, 502),
  },
);
const responseStatus = fc.oneof(
  { weight: 8, arbitrary: fc.constant(200) },
  { weight: 3, arbitrary: fc.constantFrom(201, 204, 206, 300, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503) },
);

const hop: fc.Arbitrary<DraftHop> = fc.record({
  preflight: answer(preflightStatus),
  response: answer(responseStatus),
  fault: fc.oneof(
    { weight: 40, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom<WireFault>('close', 'reset', 'garbage') },
  ),
  redirect: fc.record({
    status: fc.constantFrom(301, 302, 303, 307, 308),
    relative: fc.boolean(),
    userinfo: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('user:pass@', 'user@', ':pw@') },
    ),
    elsewhere: fc.oneof(
      { weight: 12, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'ftp://localhost/x',
          'custom-app://x',
          'about:blank',
          'data:text/plain,hi',
          'javascript:1',
          'http://[',
        ),
      },
    ),
  }),
});

const requestHeaders = fc.subarray<[string, string]>(
  [
    ['Authorization', 'Bearer t'],
    ['X-Custom', '1'],
    ['x-api-key', 'k'],
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json'],
    ['X_Under', '1'],
    ['Range', 'bytes=-5'],
    ['Cache-Control', 'no-cache'],
  ],
  { maxLength: 3 },
);

function draftOf({ pages, servers }: Places): fc.Arbitrary<Draft> {
  const method = fc.oneof(
    { weight: 5, arbitrary: fc.constant('GET') },
    { weight: 4, arbitrary: fc.constant('POST') },
    { weight: 3, arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'patch', 'PURGE') },
  );
  const request = fc.record({
    method,
    headers: fc.oneof(
      { weight: 3, arbitrary: fc.constant<[string, string][]>([]) },
      { weight: 4, arbitrary: requestHeaders },
    ),
    body: fc.constantFrom(null, '{"a":1}'),
    credentials: fc.constantFrom<RequestCredentials>('include', 'include', 'same-origin', 'omit'),
    mode: fc.oneof(
      { weight: 40, arbitrary: fc.constant<RequestMode>('cors') },
      { weight: 1, arbitrary: fc.constant<RequestMode>('no-cors') },
    ),
    redirect: fc.oneof(
      { weight: 30, arbitrary: fc.constant<RequestRedirect>('follow') },
      { weight: 1, arbitrary: fc.constantFrom<RequestRedirect>('manual', 'error') },
    ),
    initiator: fc.constantFrom<'fetch' | 'xhr'>('fetch', 'xhr'),
  });
  const anywhere = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...servers) },
    { weight: 1, arbitrary: fc.constantFrom(...pages.map((page) => new URL(page.url).origin)) },
  );
  return fc.record({
    page: fc.constantFrom(...pages),
    eio: fc.constantFrom<3 | 4>(4, 4, 4, 3),
    request,
    origins: fc.oneof(
      { weight: 5, arbitrary: fc.tuple(anywhere).map((only) => [...only]) },
      { weight: 2, arbitrary: fc.array(anywhere, { minLength: 2, maxLength: 3 }) },
    ),
    hops: fc.array(hop, { minLength: 3, maxLength: 3 }),
  });
}

function finish(draft: Draft, id: string): FuzzCase {
  const { page, origins } = draft;
  const request = sendable(draft);
  const urls = origins.map((origin, index) => caseUrl(origin, id, index, draft.eio));
  const headerNames = request.headers.map(([name]) => name.toLowerCase());
  let { origin } = page;
  const hops = urls.map((url, index): Hop => {
    const here = draft.hops[index];
    if (!here) return { url, preflight: null, response: null };
    const facts: Facts = { origin, method: request.method, headerNames };
    const next = urls[index + 1];
    if (next !== undefined) origin = originAfter(origin, url, next);
    const hasNext = next !== undefined && here.redirect.elsewhere === null;
    const location = hasNext
      ? locationOf(url, next, here.redirect)
      : next === undefined
        ? null
        : here.redirect.elsewhere;
    return {
      url,
      preflight:
        here.fault && index % 2 === 0 ? here.fault : answerOf(here.preflight, facts, true, null, here.redirect.status),
      response: here.fault ?? answerOf(here.response, facts, false, location, here.redirect.status),
    };
  });
  return { id, stratum: origins.length > 1 ? 'redirect' : 'plain', pageUrl: page.url, request, hops };
}

/** What a browser lets a page send: XHR has no modes, `no-cors` no headers, GET no body. A v1/v2 client always sends credentials by XHR. */
function sendable({ request, eio, hops }: Draft): FuzzCase['request'] {
  const initiator = eio === 3 ? 'xhr' : request.initiator;
  const mode = initiator === 'xhr' ? 'cors' : request.mode;
  const isOpaque = mode === 'no-cors';
  // No entry tells whether such a redirect was refused for its scheme, or never to be followed.
  const leavesHttp = hops.some(({ redirect }) => redirect.elsewhere !== null);
  const method = isOpaque && request.method !== 'POST' ? 'GET' : request.method;
  return {
    ...request,
    initiator,
    mode,
    method,
    headers: isOpaque ? [] : request.headers,
    credentials:
      eio === 3
        ? 'include'
        : initiator === 'xhr' && request.credentials === 'omit'
          ? 'same-origin'
          : request.credentials,
    redirect: initiator === 'xhr' || isOpaque || leavesHttp ? 'follow' : request.redirect,
    body: method === 'GET' || method === 'HEAD' ? null : request.body,
  };
}

/** What a correct server would reflect; the verdict is Chromium's alone. */
function originAfter(origin: string, from: string, to: string): string {
  const isForeign = new URL(from).origin !== origin;
  return isForeign && new URL(from).origin !== new URL(to).origin ? 'null' : origin;
}

function locationOf(from: string, to: string, { relative, userinfo }: DraftHop['redirect']): string {
  const target = new URL(to);
  if (relative && target.origin === new URL(from).origin) return target.pathname + target.search;
  return to.replace('://', `://${userinfo}`);
}

const spellings = [(name: string) => name, (name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()];

function answerOf(
  draft: DraftAnswer,
  facts: Facts,
  isPreflight: boolean,
  location: string | null,
  redirectStatus: number,
): Answer {
  const spell = spellings[draft.spelling] ?? ((name: string) => name);
  const named = (name: string, values: Value[]) =>
    values.map((value): [string, string] => [spell(name), ` ${value(facts)}`]);
  const status = location === null ? draft.status : redirectStatus;
  const headers: [string, string][] = [
    ...named('Access-Control-Allow-Origin', draft.allowOrigin),
    ...named('Access-Control-Allow-Credentials', draft.allowCredentials),
    ...(isPreflight ? named('Access-Control-Allow-Methods', draft.allowMethods) : []),
    ...(isPreflight ? named('Access-Control-Allow-Headers', draft.allowHeaders) : []),
    ...draft.extra,
    ...(isPreflight && redirects(status) ? [['Location', ' /elsewhere'] as [string, string]] : []),
    ...(location === null ? [] : [['Location', ` ${location}`] as [string, string]]),
    ...(status === 204 ? [] : [['Content-Length', ` ${draft.body.length}`] as [string, string]]),
  ];
  return { status, statusText: 'Scripted', headers, body: draft.body };
}

function redirects(status: number): boolean {
  return status === 301 || status === 307;
}
