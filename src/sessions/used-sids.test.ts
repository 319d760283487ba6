/** What the page did with a sid, where the browser marks nothing: shapes of entries as measured in Firefox 153. */
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import type { Diagnosis } from '../model/report.ts';
import { engineWith } from '../testing/diagnose.ts';
import { type EntryParts, entry, handshakeUrl, openBody, PAGE, records, sidUrl, T0 } from '../testing/entries.ts';

const WILDCARD = { 'Access-Control-Allow-Origin': '*' };
const RULE = 'cors-wildcard-with-credentials';

/** Without Chromium's marks, and with Firefox's. */
function inFirefox(item: HarEntry): HarEntry {
  const { _initiator, _resourceType, response, ...rest } = item;
  const { _error, ...shown } = response;
  return { ...rest, response: shown, _securityState: 'insecure' };
}

/** A handshake that gave out `sid`; `at` in ms after `T0`. */
function offer(sid: string, at: number, parts: EntryParts = {}): HarEntry {
  return inFirefox(entry({ body: openBody(sid), responseHeaders: WILDCARD, at, ...parts }));
}

function use(sid: string, at: number): HarEntry {
  const request = { url: sidUrl(sid), body: '40{"sid":"SOCKET"}', responseHeaders: WILDCARD };
  return inFirefox(entry({ ...request, at }));
}

function tick(at: number): LogRecord {
  return { kind: 'tick', seq: 9_000 + at, atMs: T0 + at };
}

/** The diagnosis at a time, in ms after `T0`; null: of a file, which has no clock but its entries. */
function diagnosisAt(at: number | null, ...entries: HarEntry[]): Diagnosis {
  return engineWith([...records(entries), ...(at === null ? [] : [tick(at)])]).diagnose().diagnosis;
}

function findingsAt(at: number | null, ...entries: HarEntry[]): string[] {
  return diagnosisAt(at, ...entries).findings.map(({ rule, state }) => `${rule} ${state}`);
}

describe('a sid that was not used', () => {
  it('proves after a while that the page could not read it', () => {
    const handshake = offer('AAAA', 0);
    expect(findingsAt(null, handshake)).toEqual([]);
    expect(findingsAt(2_000, handshake)).toEqual([]);
    expect(findingsAt(4_000, handshake)).toEqual([`${RULE} active`]);
  });

  it('proves nothing where the page says that it did use it, though no request that did was recorded', () => {
    const handshake: HarEntry = { ...offer('AAAA', 0), _sidUsed: true };
    expect(findingsAt(4_000, handshake)).toEqual([]);
    const { har } = engineWith(records([offer('AAAA', 0), handshake])).buildReport({
      redact: true,
      notes: '',
      createdAtMs: T0,
      version: '0.0.0',
    });
    expect(findingsAt(4_000, ...har.log.entries)).toEqual([]);
  });

  it('makes the engine ask to be woken, once', () => {
    const engine = engineWith(records([offer('AAAA', 0)]));
    const { wakeAtMs } = engine.diagnose();
    expect(wakeAtMs).toBeGreaterThan(T0 + 2_000);
    expect(wakeAtMs).toBeLessThan(T0 + 5_000);
    engine.add([{ kind: 'tick', seq: 900, atMs: wakeAtMs ?? 0 }]);
    const { diagnosis, wakeAtMs: next } = engine.diagnose();
    expect(diagnosis.summary).toMatchObject({ status: 'failing', rootCause: RULE });
    expect(next).toBeNull();
  });

  it('in a file: a later entry proves that the time has passed', () => {
    expect(findingsAt(null, offer('AAAA', 0), offer('BBBB', 500))).toEqual([]);
    expect(findingsAt(null, offer('AAAA', 0), offer('BBBB', 1_500))).toEqual([`${RULE} active`]);
    const elsewhere = inFirefox(
      entry({ url: 'http://localhost:9/socket.io/?EIO=4&transport=polling&t=z', at: 60_000 }),
    );
    expect(findingsAt(null, offer('AAAA', 0), elsewhere)).toContain(`${RULE} active`);
  });

  it('proves nothing while the answer, or one that takes as long, may be under way', () => {
    const slow = offer('AAAA', 0, { time: 6_000 });
    expect(findingsAt(6_500, slow)).toEqual([]);
    expect(findingsAt(10_000, slow)).toEqual([]);
    expect(findingsAt(16_000, slow)).toEqual([`${RULE} active`]);
  });

  it('leaves the fault active while it is still open whether the newest attempt shows it', () => {
    const { summary, findings } = diagnosisAt(5_100, offer('AAAA', 0), offer('BBBB', 1_500), offer('CCCC', 5_000));
    expect(summary).toMatchObject({ status: 'failing', rootCause: RULE });
    expect(findings.map(({ state }) => state)).toEqual(['active']);
  });

  it('is one that React’s StrictMode has discarded, when another of that moment is used', () => {
    expect(findingsAt(60_000, offer('AAAA', 0), offer('BBBB', 20), use('BBBB', 40))).toEqual([]);
    // Discarded or not: nobody could read these two.
    expect(findingsAt(60_000, offer('AAAA', 0), offer('BBBB', 20))).toEqual([`${RULE} active`]);
  });

  it('is discarded too when it is the only one among others that were used', () => {
    const works = [offer('AAAA', 0), use('AAAA', 10)];
    expect(findingsAt(60_000, ...works, offer('BBBB', 8_000))).toEqual([]);
    expect(findingsAt(60_000, offer('BBBB', 0), offer('CCCC', 8_000), use('CCCC', 8_010))).toEqual([]);
    expect(findingsAt(60_000, ...works, offer('BBBB', 8_000), offer('CCCC', 9_500))).toEqual([`${RULE} active`]);
  });

  it('is not missed because an open connection of the same page polls all the time', () => {
    const chatter = Array.from({ length: 40 }, (_, index) => use('AAAA', 10 + index * 300));
    const refused = [offer('BBBB', 5_000), offer('CCCC', 6_500)];
    expect(findingsAt(20_000, offer('AAAA', 0), ...chatter, ...refused)).toContain(`${RULE} active`);
  });

  it('was not meant to be, when the panel itself asked', () => {
    const asked = records([offer('AAAA', 0)]).map((record) => ({ ...record, askedByUs: true }));
    const { diagnosis, wakeAtMs } = engineWith([...asked, tick(60_000)]).diagnose();
    expect(diagnosis.exchanges.map(({ cors }) => cors.verdict)).toEqual(['unknown']);
    expect(wakeAtMs).toBeNull();
  });

  it('says nothing in Chromium, which marks what it keeps from the page', () => {
    expect(findingsAt(60_000, entry({ body: openBody('AAAA'), responseHeaders: WILDCARD }))).toEqual([]);
  });
});

describe('a sid that was used', () => {
  it('proves that the page could read it', () => {
    const { findings, sessions, exchanges } = diagnosisAt(60_000, offer('AAAA', 0), use('AAAA', 10));
    expect(findings).toEqual([]);
    expect(sessions).toHaveLength(1);
    expect(exchanges[0]?.cors).toMatchObject({ verdict: 'pass', credentials: 'omit' });
  });

  it('came with a 304: the browser had the answer, and the 304 need not repeat its headers', () => {
    const revalidated = offer('AAAA', 0, {
      status: 304,
      responseHeaders: {},
      requestHeaders: { 'If-None-Match': '"1"' },
    });
    const { sessions, exchanges } = diagnosisAt(60_000, revalidated, use('AAAA', 10));
    expect(exchanges[0]?.cors.verdict).toBe('pass');
    expect(sessions[0]?.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'handshake ok',
      'poll ok',
      'connect ok',
    ]);
  });
});

it('a 304 whose sid was not used blames no header that it leaves out', () => {
  const revalidated = offer('AAAA', 0, {
    status: 304,
    responseHeaders: {},
    requestHeaders: { 'If-None-Match': '"1"' },
  });
  const { exchanges } = diagnosisAt(60_000, revalidated);
  expect(exchanges[0]?.cors).toMatchObject({ verdict: 'unknown', error: null });
});

describe('a request that its preflight kept back', () => {
  const url = handshakeUrl();
  const question = (responseHeaders: Record<string, string>, status: number) =>
    inFirefox(
      entry({
        url,
        method: 'OPTIONS',
        requestHeaders: { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' },
        responseHeaders,
        status,
      }),
    );
  /** As Firefox lists it, for ever: like one that waits for its answer. */
  const listed = { ...inFirefox(entry({ url, status: 0, requestHeaders: { 'x-token': '1' } })), timings: {} };
  const untyped = { ...listed, response: { ...listed.response, content: { size: 0, mimeType: '' } } };

  it.each([
    ['the preflight alone', [question({}, 400)]],
    ['both', [question({}, 400), untyped]],
    ['both, where the reason is one of two', [question({ 'Access-Control-Allow-Origin': PAGE }, 204), untyped]],
  ])('has failed, whatever is listed: %s', (_, entries) => {
    const { summary, sessions } = diagnosisAt(1_000, ...entries);
    expect(summary.status).toBe('failing');
    expect(sessions).toMatchObject([
      { state: 'failed', clientError: 'xhr poll error', steps: [{ outcome: 'failed' }] },
    ]);
  });

  it('waits, when the preflight let it go', () => {
    const allowed = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Credentials': 'true' };
    const { sessions } = diagnosisAt(
      1_000,
      question({ ...allowed, 'Access-Control-Allow-Headers': 'x-token' }, 204),
      untyped,
    );
    expect(sessions).toMatchObject([{ state: 'connecting', clientError: null }]);
  });
});

it('an entry with the headers of an answer and no status is no failure: Firefox has lost the rest', () => {
  const torn = inFirefox(entry({ status: 0, responseHeaders: { ...WILDCARD, 'Content-Length': '118' } }));
  expect(diagnosisAt(60_000, torn).sessions).toEqual([]);
});
