/** What the verdict rests on where the headers alone do not decide. Shapes of entries as measured in Chromium 156 and Firefox 153. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { exchangeFromRecord } from '../capture/entry.ts';
import type { CorsCandidate, CorsErrorName, CorsOutcome } from '../cors/outcome.ts';
import type { Exchange } from '../model/exchange.ts';
import type { HarEntry } from '../model/har.ts';
import firefoxEntries from '../testing/devtools-entries/firefox-153.json' with { type: 'json' };
import { entry, handshakeUrl, message, PAGE, SERVER, socketEntry } from '../testing/entries.ts';
import { type JudgeOptions, judgeExchanges } from './verdicts.ts';

const FAILED = 'net::ERR_FAILED';
const REFLECTS = { 'Access-Control-Allow-Origin': PAGE };
const REFLECTS_ALL = { ...REFLECTS, 'Access-Control-Allow-Credentials': 'true' };
const WILDCARD = { 'Access-Control-Allow-Origin': '*' };
/** Without credentials a bad status; with them, a wildcard that does not count. */
const WILDCARD_404 = { status: 404, responseHeaders: WILDCARD };

interface Circumstances {
  pageUrl?: string | null;
  askedByUs?: boolean;
}

function exchangesOf(
  entries: readonly HarEntry[],
  { pageUrl = `${PAGE}/`, askedByUs = false }: Circumstances = {},
): Exchange[] {
  return entries
    .map((item, index) =>
      exchangeFromRecord({
        key: `x${index}`,
        entry: item,
        body: null,
        bodyEncoding: null,
        messages: item._webSocketMessages ?? [],
        pageUrl,
        harIndex: index,
        seenMs: null,
        askedByUs,
      }),
    )
    .filter((exchange) => exchange !== null);
}

function judge(entries: readonly HarEntry[], circumstances?: Circumstances, options?: JudgeOptions): CorsOutcome[] {
  return judgeExchanges(exchangesOf(entries, circumstances), options).map(({ cors }) => cors);
}

function judgeOne(one: HarEntry, circumstances?: Circumstances, options?: JudgeOptions): CorsOutcome | undefined {
  return judge([one], circumstances, options)[0];
}

const none: CorsCandidate = { error: null, parameter: null };

function because(error: CorsErrorName, parameter: string | null = null): CorsCandidate {
  return { error, parameter };
}

function either(...candidates: CorsCandidate[]) {
  return { verdict: 'unknown', error: null, parameter: null, candidates };
}

const dunno = either();
const passes = { verdict: 'pass', ...none, candidates: [] };
const notApplicable = { verdict: 'not-applicable', ...none, candidates: [] };

function fails(error: CorsErrorName, parameter: string | null = null) {
  return { verdict: 'fail', error, parameter, candidates: [] };
}

type Parts = Parameters<typeof entry>[0];

/** The browser's question for the header `x-a`, and the request that it kept back. */
function refusedPreflight(answer: Parts, request: Parts = {}): [HarEntry, HarEntry] {
  const url = answer?.url ?? handshakeUrl();
  const asked = { 'Access-Control-Request-Method': request?.method ?? 'GET', 'Access-Control-Request-Headers': 'x-a' };
  return [
    entry({
      type: 'preflight',
      method: 'OPTIONS',
      url,
      at: 1,
      ...answer,
      requestHeaders: { ...asked, ...answer?.requestHeaders },
    }),
    entry({ url, status: 0, error: FAILED, ...request }),
  ];
}

function asFetch(item: HarEntry): HarEntry {
  return item._resourceType === 'preflight' ? item : { ...item, _resourceType: 'fetch' };
}

/** What other tools, and Firefox, leave out. */
function unmarked(item: HarEntry, dialect: 'firefox' | 'other'): HarEntry {
  const { _initiator, _resourceType, response, ...rest } = item;
  const { _error, ...shown } = response;
  return { ...rest, response: shown, ...(dialect === 'firefox' && { _securityState: 'insecure' }) };
}

function redirected(location: string, parts: Parts): HarEntry {
  return entry({ status: 302, ...parts, responseHeaders: { Location: location, ...parts?.responseHeaders } });
}

describe('a response in Chromium', () => {
  it('was allowed when the browser says so, whatever the headers say', () => {
    expect(judgeOne(entry({ responseHeaders: WILDCARD }))).toEqual({ ...passes, credentials: 'omit' });
    expect(judgeOne(entry({ responseHeaders: REFLECTS_ALL }))).toEqual({ ...passes, credentials: 'unknown' });
    expect(judgeOne(entry({ responseHeaders: {} }))).toMatchObject(passes);
  });

  it('was refused for the one mode that explains it', () => {
    expect(judgeOne(entry({ error: FAILED, responseHeaders: WILDCARD }))).toEqual({
      ...fails('WildcardOriginNotAllowed'),
      credentials: 'include',
    });
    expect(judgeOne(entry({ error: FAILED }))).toEqual({
      ...fails('MissingAllowOriginHeader'),
      credentials: 'unknown',
    });
  });

  it('joins lines of one name', () => {
    const responseHeaders = [
      { name: 'Access-Control-Allow-Origin', value: PAGE },
      { name: 'access-control-allow-origin', value: '*' },
    ];
    expect(judgeOne(entry({ error: FAILED, responseHeaders }))).toMatchObject(
      fails('MultipleAllowOriginValues', `${PAGE}, *`),
    );
  });

  it('is not called a CORS error when the headers allow it under any mode', () => {
    expect(judgeOne(entry({ error: FAILED, responseHeaders: REFLECTS_ALL }))).toMatchObject(passes);
    expect(judgeOne(entry({ error: 'net::ERR_BLOCKED_BY_RESPONSE.NotSameSite' }))).toMatchObject(dunno);
    expect(judgeOne(entry({ error: 'net::ERR_CONTENT_LENGTH_MISMATCH', responseHeaders: WILDCARD }))).toMatchObject(
      passes,
    );
  });

  it('that revalidates a stored one may leave its headers out', () => {
    const conditional = { requestHeaders: { 'If-None-Match': '"x"' }, status: 304 };
    expect(judgeOne(entry(conditional))).toMatchObject(passes);
    expect(judgeOne(entry({ ...conditional, error: FAILED }))).toMatchObject(dunno);
    const elsewhere = { 'Access-Control-Allow-Origin': 'http://a.test' };
    expect(judgeOne(entry({ ...conditional, error: FAILED, responseHeaders: elsewhere }))).toMatchObject(
      fails('AllowOriginMismatch', 'http://a.test'),
    );
    expect(judgeOne(entry({ status: 304, error: FAILED }))).toMatchObject(fails('MissingAllowOriginHeader'));
  });

  it('to a 304 that the page itself asked for is checked like any other', () => {
    const url = handshakeUrl();
    const asked = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'if-none-match' };
    const question = entry({
      type: 'preflight',
      method: 'OPTIONS',
      url,
      requestHeaders: asked,
      responseHeaders: { ...REFLECTS, 'Access-Control-Allow-Headers': 'if-none-match' },
    });
    const answer = entry({ url, status: 304, error: FAILED, requestHeaders: { 'If-None-Match': '"x"' } });
    expect(judge([question, answer])[1]).toMatchObject(fails('MissingAllowOriginHeader'));
  });

  it('that a service worker made up is not judged by its headers', () => {
    const item = entry({ error: FAILED });
    expect(judgeOne({ ...item, response: { ...item.response, _fetchedViaServiceWorker: true } })).toMatchObject(dunno);
  });

  it('from the HTTP cache shows no request headers', () => {
    const cached = entry({ responseHeaders: REFLECTS });
    const unsent = {
      ...cached,
      request: { ...cached.request, headers: [{ name: 'Referer', value: `${PAGE}/` }], headersSize: -1 },
    };
    expect(judgeOne(unsent)).toMatchObject(passes);
  });
});

describe('no response', () => {
  it.each([
    'net::ERR_CONNECTION_REFUSED',
    'net::ERR_NAME_NOT_RESOLVED',
    'net::ERR_CERT_DATE_INVALID',
    '',
    FAILED,
    null,
  ])('is never CORS: %j', (error) => {
    expect(judgeOne(entry({ status: 0, error }))).toMatchObject(dunno);
  });

  it('to a preflight either', () => {
    const gone = { status: 0, error: 'net::ERR_CONNECTION_RESET' };
    expect(judge(refusedPreflight(gone, gone))).toMatchObject([dunno, dunno]);
  });

  it('because of a local network is what Chromium calls it', () => {
    const denied = { status: 0, error: 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS' };
    const verdict = fails('LocalNetworkAccessPermissionDenied');
    expect(judge(refusedPreflight(denied))).toMatchObject([verdict, verdict]);
  });

  it("with Playwright's status -1", () => {
    const item = entry({ status: -1, error: null });
    const { _error, ...response } = item.response;
    expect(judgeOne({ ...item, response })).toMatchObject(dunno);
  });
});

describe('a preflight', () => {
  it('is judged, and the request that it kept back repeats the verdict', () => {
    const verdict = fails('PreflightMissingAllowOriginHeader');
    expect(judge(refusedPreflight({ status: 400 }))).toMatchObject([verdict, verdict]);
  });

  it('leaves two answers where only the credentials mode decides', () => {
    const open = either(because('PreflightWildcardOriginNotAllowed'), because('PreflightInvalidStatus'));
    expect(judge(refusedPreflight(WILDCARD_404))).toMatchObject([open, open]);
  });

  it('is judged by elimination when one mode would have let it pass', () => {
    const responseHeaders = { ...WILDCARD, 'Access-Control-Allow-Headers': 'x-a' };
    const verdict = { ...fails('PreflightWildcardOriginNotAllowed'), credentials: 'include' };
    expect(judge(refusedPreflight({ status: 204, responseHeaders }))).toEqual([verdict, verdict]);
  });

  it('passed when the request went out, even if that failed then', () => {
    const url = handshakeUrl();
    const [question] = refusedPreflight({
      url,
      status: 204,
      responseHeaders: { ...WILDCARD, 'Access-Control-Allow-Headers': '*' },
    });
    const reset = entry({ url, status: 0, error: 'net::ERR_CONNECTION_RESET' });
    expect(judge([question, reset])).toMatchObject([{ ...passes, credentials: 'omit' }, dunno]);
  });

  it('was redirected, even if DevTools told of its end before it had the answer', () => {
    const verdict = fails('PreflightDisallowedRedirect');
    expect(judge(refusedPreflight({ status: 0, error: 'net::ERR_INVALID_REDIRECT' }))).toMatchObject([
      verdict,
      verdict,
    ]);
  });

  it('may come alone, and before or after its request', () => {
    const [question, request] = refusedPreflight({ status: 400 });
    const verdict = fails('PreflightMissingAllowOriginHeader');
    expect(judge([question])).toMatchObject([verdict]);
    expect(judge([request])).toMatchObject([dunno]);
    expect(judge([request, question])).toMatchObject([verdict, verdict]);
  });

  it('names the missing header that stands first in the request', () => {
    const requestHeaders = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-a,x-b' };
    const [question, request] = refusedPreflight(
      { status: 204, responseHeaders: REFLECTS, requestHeaders },
      { requestHeaders: { 'X-B': '1', 'X-A': '1' } },
    );
    // Without credentials, that is: with them there would be an earlier error.
    expect(judge([question, request])[0]?.candidates).toContainEqual(
      because('HeaderDisallowedByPreflightResponse', 'x-b'),
    );
  });

  it('belongs to the request of its own time when a URL is used again', () => {
    const url = `${SERVER}/socket.io/?EIO=4&transport=polling`;
    const allowed = { ...REFLECTS, 'Access-Control-Allow-Headers': 'x-a' };
    const asked = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-a' };
    const question = { type: 'preflight', method: 'OPTIONS', url, requestHeaders: asked } as const;
    const entries = [
      entry({ url, at: 0, status: 0, error: FAILED }),
      entry({ ...question, at: 1, status: 400 }),
      entry({ url, at: 1000, status: 0, error: 'net::ERR_CONNECTION_RESET' }),
      entry({ url, at: 2000, responseHeaders: REFLECTS }),
      entry({ ...question, at: 2001, status: 204, responseHeaders: allowed }),
      entry({ url, at: 3000, error: FAILED }),
    ];
    const refused = fails('PreflightMissingAllowOriginHeader');
    const expected = [refused, refused, dunno, passes, passes, fails('MissingAllowOriginHeader')];
    expect(judge(entries)).toMatchObject(expected);
    const exchanges = exchangesOf(entries);
    fc.assert(
      fc.property(fc.shuffledSubarray(exchanges, { minLength: exchanges.length }), (shuffled) => {
        const byKey = judgeExchanges(shuffled).toSorted((a, b) => (a.key < b.key ? -1 : 1));
        expect(byKey.map(({ cors }) => cors)).toMatchObject(expected);
      }),
      { seed: 1 },
    );
  });

  it('stays alone when its request was not captured', () => {
    const url = `${SERVER}/socket.io/?EIO=4&transport=polling`;
    const [lost] = refusedPreflight({ url, status: 400 });
    const [question] = refusedPreflight({
      url,
      at: 2001,
      status: 204,
      responseHeaders: { ...REFLECTS, 'Access-Control-Allow-Headers': 'x-a' },
    });
    const answered = { url, responseHeaders: REFLECTS };
    const entries = [lost, question, entry({ ...answered, at: 2000 }), entry({ ...answered, at: 5000 })];
    expect(judge(entries)).toMatchObject([fails('PreflightMissingAllowOriginHeader'), passes, passes, passes]);
  });

  it('is not what a page sends itself', () => {
    expect(judgeOne(entry({ method: 'OPTIONS', status: 400, error: FAILED }))).toMatchObject(
      fails('MissingAllowOriginHeader'),
    );
  });
});

describe('the credentials mode', () => {
  // Firefox marks nothing, so here the mode alone decides.
  const inFirefox = (requestHeaders: Record<string, string>) =>
    judgeOne(unmarked(entry({ responseHeaders: WILDCARD, requestHeaders }), 'firefox'));

  it('is shown by a cookie', () => {
    expect(inFirefox({ Cookie: 'io=1' })).toEqual({ ...fails('WildcardOriginNotAllowed'), credentials: 'include' });
    expect(inFirefox({})).toMatchObject(either(because('WildcardOriginNotAllowed'), none));
  });

  const userAgent = (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/${version}.0.0.0 Safari/537.36`;
  /** The first hop is answered under either mode; the second is refused at its preflight. */
  const chain = (requestHeaders: Record<string, string>) => {
    const url = handshakeUrl('http://127.0.0.1:3002');
    const first = redirected(url, { responseHeaders: REFLECTS_ALL, requestHeaders });
    const [question, request] = refusedPreflight({ ...WILDCARD_404, url, at: 7, origin: 'null' }, { at: 6 });
    return judge([first, question, request]).map(({ error, credentials }) => [error, credentials]);
  };

  it('is shown by Sec-Fetch-Storage-Access, present or absent', () => {
    const withIt = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Storage-Access': 'none' };
    const refusedWith = ['PreflightWildcardOriginNotAllowed', 'include'];
    expect(chain(withIt)).toEqual([[null, 'include'], refusedWith, refusedWith]);
    const refusedWithout = ['PreflightInvalidStatus', 'omit'];
    expect(chain({ 'Sec-Fetch-Site': 'cross-site' })).toEqual([[null, 'omit'], refusedWithout, refusedWithout]);
  });

  it.each([
    ['the site is the same', { 'Sec-Fetch-Site': 'same-site' }],
    ['the server is not trustworthy', {}],
    ['Chromium is older than the header', { 'Sec-Fetch-Site': 'cross-site', 'User-Agent': userAgent(132) }],
    ['a redirect came before', { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
  ])('is not shown by its absence where %s', (_, requestHeaders) => {
    expect(chain(requestHeaders)[0]).toEqual([null, 'unknown']);
  });

  it('is read off an answer that passed earlier on the way', () => {
    const url = handshakeUrl('http://127.0.0.1:3002');
    const first = redirected(url, { responseHeaders: WILDCARD });
    const [question, request] = refusedPreflight({ ...WILDCARD_404, url, at: 7, origin: 'null' }, { at: 6 });
    expect(judge([request, question, first])).toMatchObject([
      { error: 'PreflightInvalidStatus', credentials: 'omit' },
      { error: 'PreflightInvalidStatus', credentials: 'omit' },
      { verdict: 'pass', credentials: 'omit' },
    ]);
  });

  it('is include by default in a v1/v2 client, unless something proves otherwise', () => {
    const url = () => handshakeUrl(SERVER, 3);
    const verdict = { ...fails('PreflightWildcardOriginNotAllowed'), credentials: 'include' };
    expect(judge(refusedPreflight({ ...WILDCARD_404, url: url() }))).toEqual([verdict, verdict]);
    expect(judge(refusedPreflight({ ...WILDCARD_404, url: url() }).map(asFetch))[1]?.verdict).toBe('unknown');
    expect(judge(refusedPreflight({ ...WILDCARD_404, url: url() }), { askedByUs: true })[1]?.verdict).toBe('unknown');
    expect(judgeOne(entry({ url: url(), responseHeaders: WILDCARD }))).toEqual({ ...passes, credentials: 'omit' });
    expect(judgeOne(unmarked(entry({ url: url(), responseHeaders: WILDCARD }), 'firefox'))).toMatchObject(
      fails('WildcardOriginNotAllowed'),
    );
  });
});

describe('a redirect', () => {
  const elsewhere = 'http://127.0.0.1:3002';

  it('has to pass on every hop, and is tainted from the second foreign one on', () => {
    const url = handshakeUrl(elsewhere);
    const first = redirected(url, { responseHeaders: REFLECTS });
    const second = entry({ url, at: 5, origin: 'null', error: FAILED, responseHeaders: REFLECTS });
    expect(judge([second, first])).toMatchObject([fails('AllowOriginMismatch', PAGE), passes]);
    expect(judge([redirected(url, { error: FAILED })])).toMatchObject([fails('MissingAllowOriginHeader')]);
  });

  it('is followed with the page as origin when it starts at home', () => {
    const url = handshakeUrl();
    const first = redirected(url, {
      url: handshakeUrl(PAGE),
      origin: null,
      requestHeaders: { Host: 'localhost:3000' },
    });
    const second = entry({ url, at: 5, error: FAILED });
    expect(judge([first, second])).toMatchObject([notApplicable, fails('MissingAllowOriginHeader')]);
  });

  it('back home stays foreign', () => {
    const url = handshakeUrl(PAGE);
    const first = redirected(url, { responseHeaders: REFLECTS });
    const unsaid = { origin: 'null', requestHeaders: { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' } };
    const second = entry({ url, at: 5, error: FAILED, ...unsaid });
    expect(judge([first, second])).toMatchObject([passes, fails('MissingAllowOriginHeader')]);
    // Without request headers the origin has to be worked out.
    const stored = { ...second, request: { ...second.request, headers: [], headersSize: -1 } };
    expect(judge([first, stored])[1]).toMatchObject(fails('MissingAllowOriginHeader'));
  });

  it.each([
    ['http://user@127.0.0.1:3002/socket.io/?EIO=4&transport=polling&t=u', FAILED, 'RedirectContainsCredentials'],
    ['custom-app://x', null, 'CorsDisabledScheme'],
    ['ftp://localhost/x', FAILED, 'CorsDisabledScheme'],
  ] as const)('to %s is refused for where it leads', (location, error, expected) => {
    expect(judge([redirected(location, { error, responseHeaders: REFLECTS_ALL })])).toMatchObject([fails(expected)]);
  });

  it('from home is refused for userinfo too', () => {
    const first = redirected('http://u:p@127.0.0.1:3002/', { url: handshakeUrl(PAGE), error: FAILED });
    expect(judgeOne(first)).toMatchObject(fails('RedirectContainsCredentials'));
  });

  it('that Chromium calls unsafe is no CORS matter', () => {
    const unsafe = redirected('data:text/plain,hi', { error: 'net::ERR_UNSAFE_REDIRECT', responseHeaders: REFLECTS });
    expect(judgeOne(unsafe)).toMatchObject(dunno);
  });

  it('may have been refused by a fetch that wants none', () => {
    const refused = redirected(handshakeUrl(elsewhere), { error: FAILED, responseHeaders: WILDCARD });
    expect(judgeOne(refused)).toMatchObject(fails('WildcardOriginNotAllowed'));
    expect(judgeOne(asFetch(refused))).toMatchObject(either(because('WildcardOriginNotAllowed'), none));
    expect(judgeOne(asFetch(redirected(handshakeUrl(elsewhere), { error: FAILED })))).toMatchObject(
      fails('MissingAllowOriginHeader'),
    );
  });

  it('to its own URL is followed by another request', () => {
    const url = handshakeUrl();
    const first = redirected(url, { url, time: 1, responseHeaders: WILDCARD });
    const [question, request] = refusedPreflight({ ...WILDCARD_404, url, at: 101 }, { at: 100 });
    expect(judge([first, question, request]).map(({ credentials }) => credentials)).toEqual(['omit', 'omit', 'omit']);
  });

  it('in a ring is judged hop by hop', () => {
    const [a, b] = [handshakeUrl(), handshakeUrl()];
    const ring = [
      redirected(b, { url: a, responseHeaders: REFLECTS }),
      redirected(a, { url: b, responseHeaders: REFLECTS }),
    ];
    expect(judge(ring)).toMatchObject([passes, passes]);
  });
});

describe('where CORS does not apply', () => {
  it('at home', () => {
    expect(judgeOne(entry({ url: handshakeUrl(PAGE) }))).toEqual({ ...notApplicable, credentials: 'unknown' });
    expect(
      judgeOne(entry({ url: handshakeUrl(PAGE), origin: null, requestHeaders: { Host: 'localhost:3000' } })),
    ).toMatchObject(notApplicable);
    expect(judgeOne(entry({ url: handshakeUrl(PAGE), status: 0, error: 'net::ERR_CONNECTION_REFUSED' }))).toMatchObject(
      notApplicable,
    );
    const framed = {
      origin: null,
      requestHeaders: { Host: 'localhost:3001', 'Sec-Fetch-Site': 'same-origin', Referer: `${SERVER}/` },
    };
    expect(judgeOne(entry(framed))).toMatchObject(notApplicable);
  });

  it('to WebSockets', () => {
    const socket = socketEntry({
      messages: [message('error', 'Error during WebSocket handshake: Unexpected response code: 400', 3)],
      status: 0,
    });
    expect(judgeOne(socket)).toMatchObject(notApplicable);
  });

  it('to scripts and other requests that nobody asks to read', () => {
    const script = {
      origin: null,
      requestHeaders: { Host: 'localhost:3001', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Site': 'same-site' },
    };
    expect(judgeOne(entry({ ...script, origin: PAGE, method: 'POST' }))).toEqual({ ...passes, credentials: 'unknown' });
    expect(judgeOne(entry({ ...script, origin: PAGE, method: 'POST', error: 'net::ERR_ABORTED' }))).toMatchObject(
      passes,
    );
    expect(judgeOne(entry(script))).toMatchObject(passes);
    expect(judgeOne(entry({ ...script, error: 'net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin' }))).toMatchObject(dunno);
    expect(judgeOne(entry({ origin: null, requestHeaders: { Host: 'localhost:3001' } }))).toMatchObject(passes);
  });

  it('nothing is said of a request whose page is not known', () => {
    const item = entry({ status: 0, error: FAILED });
    const bare = { ...item, request: { ...item.request, headers: [] } };
    expect(judgeOne(bare, { pageUrl: null })).toMatchObject(dunno);
  });
});

describe.each(['firefox', 'other'] as const)('without marks (%s)', (dialect) => {
  it('the headers decide what they can', () => {
    expect(judgeOne(unmarked(entry({}), dialect))).toMatchObject(fails('MissingAllowOriginHeader'));
    expect(judgeOne(unmarked(entry({ responseHeaders: REFLECTS_ALL }), dialect))).toMatchObject(passes);
    expect(judgeOne(unmarked(entry({ responseHeaders: REFLECTS }), dialect))).toMatchObject(
      either(because('InvalidAllowCredentials'), none),
    );
  });

  it('what the client did next decides the rest', () => {
    const wildcard = unmarked(entry({ responseHeaders: WILDCARD }), dialect);
    expect(judgeOne(wildcard, {}, { usedSid: () => true })).toEqual({ ...passes, credentials: 'omit' });
    expect(judgeOne(wildcard, {}, { usedSid: () => false })).toEqual({
      ...fails('WildcardOriginNotAllowed'),
      credentials: 'include',
    });
    expect(judgeOne(wildcard, {}, { usedSid: () => null })?.verdict).toBe('unknown');
    expect(judgeOne(unmarked(entry({}), dialect), {}, { usedSid: () => true })).toMatchObject(passes);
    expect(
      judgeOne(unmarked(entry({ responseHeaders: REFLECTS_ALL }), dialect), {}, { usedSid: () => false }),
    ).toMatchObject(passes);
  });

  it('a request that went out proves its preflight, and one that followed a redirect proves that', () => {
    const url = handshakeUrl();
    const [question] = refusedPreflight({
      url,
      status: 204,
      responseHeaders: { ...WILDCARD, 'Access-Control-Allow-Headers': '*' },
    });
    const request = entry({ url, responseHeaders: REFLECTS });
    expect(judge([question, request].map((item) => unmarked(item, dialect)))).toMatchObject([
      passes,
      { ...passes, credentials: 'omit' },
    ]);
    const next = handshakeUrl('http://127.0.0.1:3002');
    const hops = [
      redirected(next, { responseHeaders: WILDCARD }),
      entry({ url: next, at: 5, origin: 'null', responseHeaders: WILDCARD }),
    ];
    expect(judge(hops.map((item) => unmarked(item, dialect)))).toMatchObject([passes, passes]);
  });

  it('a request kept back repeats its preflight', () => {
    const [question, request] = refusedPreflight({ status: 400 }).map((item) => unmarked(item, dialect));
    const verdict = fails('PreflightMissingAllowOriginHeader');
    // Firefox shows every header of a request that it never sent.
    const withHeaders = request && { ...request, request: { ...request.request, headersSize: 400 } };
    expect(judge([question, withHeaders].filter((item) => item !== undefined))).toMatchObject([verdict, verdict]);
  });

  it('the browser does not ask the client what Chromium has marked', () => {
    expect(judgeOne(entry({ responseHeaders: WILDCARD }), {}, { usedSid: () => false })).toMatchObject(passes);
  });
});

const headers = v.array(v.object({ name: v.string(), value: v.string() }));
const recorded = v.looseObject({
  startedDateTime: v.string(),
  time: v.number(),
  timings: v.record(v.string(), v.number()),
  request: v.looseObject({ method: v.string(), url: v.string(), headers, headersSize: v.number() }),
  response: v.looseObject({ status: v.number(), headers }),
});

describe('real entries of Firefox 153', () => {
  // Recorded under other URLs: the query is what makes them Engine.IO's.
  const judgeCase = (name: keyof typeof firefoxEntries): CorsOutcome[] =>
    judge(
      firefoxEntries[name].finished.flatMap((finished) => {
        // Beside each entry the recording notes when its body was fetched.
        const item = 'entry' in finished ? finished.entry : undefined;
        if (!item) return [];
        const { request, response, ...rest } = v.parse(recorded, item);
        const url = `${request.url}${request.url.includes('?') ? '&' : '?'}EIO=4&transport=polling`;
        return { ...rest, request: { ...request, url }, response };
      }),
      { pageUrl: null },
    );

  it.each([
    ['polling-ok', [passes]],
    ['no-allow-origin', [fails('MissingAllowOriginHeader')]],
    ['no-allow-origin-403', [fails('MissingAllowOriginHeader')]],
    ['other-allow-origin', [fails('AllowOriginMismatch', 'http://other.example')]],
    ['wildcard-with-credentials', [fails('WildcardOriginNotAllowed')]],
    ['credentials-not-allowed', [fails('InvalidAllowCredentials')]],
    ['preflight-ok', [passes, passes]],
    ['preflight-404', [fails('PreflightMissingAllowOriginHeader')]],
    ['preflight-500', [either(because('PreflightInvalidAllowCredentials'), because('PreflightInvalidStatus'))]],
    [
      'preflight-header-not-allowed',
      [either(because('PreflightInvalidAllowCredentials'), because('HeaderDisallowedByPreflightResponse', 'x-custom'))],
    ],
    ['preflight-redirect', [fails('PreflightDisallowedRedirect')]],
    ['preflight-refused', [dunno]],
    ['refused', [dunno]],
    ['csp-blocked', [dunno]],
  ] as const)('%s', (name, expected) => {
    expect(judgeCase(name)).toMatchObject(expected);
  });
});
