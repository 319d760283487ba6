import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../model/har.ts';
import { diagnose, engineWith } from '../testing/diagnose.ts';
import { entry, handshakeUrl, openBody, PAGE, records, sidUrl, T0 } from '../testing/entries.ts';

const SID = 'SID0000000000000AAAA';
const allowed = { 'Access-Control-Allow-Origin': PAGE };

/** A request through a worker that passes it on, as Chromium 156 shows it: the page's entry, and the worker's own. */
function pair(parts: Parameters<typeof entry>[0]): HarEntry[] {
  const { at = 0, body, responseHeaders: _, ...rest } = parts ?? {};
  const page = entry({ ...rest, at, time: 30, ...(body !== undefined && { body }) });
  page.response._fetchedViaServiceWorker = true;
  const own = entry({ ...parts, at: at + 4, time: 20, body: undefined });
  return [page, { ...own, _resourceType: 'fetch', response: { ...own.response, content: { size: -1 } } }];
}

const healthy = () => [
  ...pair({ url: handshakeUrl(), body: openBody(SID), responseHeaders: allowed }),
  ...pair({ url: sidUrl(SID), at: 40, method: 'POST', requestBody: '40', body: 'ok', responseHeaders: allowed }),
  ...pair({ url: sidUrl(SID), at: 42, body: '40{"sid":"socket-1"}', responseHeaders: allowed }),
];

describe('a service worker that passes requests on', () => {
  it('makes one request of two entries', () => {
    const { summary, sessions, exchanges, findings } = diagnose(healthy());
    expect(summary).toMatchObject({ status: 'healthy', rootCause: null });
    expect(sessions).toHaveLength(1);
    expect(exchanges).toHaveLength(3);
    expect(findings).toEqual([]);
  });

  it('gives the same whatever the order, and when the report is opened again', () => {
    const log = healthy();
    const engine = engineWith(records([...log].reverse()));
    expect(engine.diagnose().diagnosis.summary.status).toBe('healthy');
    const { har } = engine.buildReport({ redact: true, notes: '', createdAtMs: T0, version: '0.0.0' });
    expect(diagnose(har.log.entries)).toMatchObject({ summary: { status: 'healthy' } });
  });

  it('says what the network’s own answer says is wrong', () => {
    const url = handshakeUrl();
    const page = entry({ url, status: 0, error: 'net::ERR_FAILED', time: 30 });
    const own = { ...entry({ url, at: 4, error: 'net::ERR_FAILED' }), _resourceType: 'fetch' };
    const { sessions, summary } = diagnose([page, own]);
    expect(summary.rootCause).toBe('cors-not-configured');
    expect(sessions).toHaveLength(1);
  });
});

describe('what is no such pair', () => {
  it('keeps a worker that got an answer and gave none', () => {
    const url = handshakeUrl();
    const page = entry({ url, status: 0, error: 'net::ERR_FAILED', time: 30 });
    const own = { ...entry({ url, at: 4, responseHeaders: allowed, body: openBody(SID) }), _resourceType: 'fetch' };
    expect(diagnose([page, own]).exchanges).toHaveLength(2);
  });

  it('keeps requests of other times and addresses', () => {
    const url = handshakeUrl();
    const page = entry({ url, status: 0, error: 'net::ERR_FAILED', time: 30 });
    const later = { ...entry({ url, at: 400, error: 'net::ERR_FAILED' }), _resourceType: 'fetch' };
    const other = { ...entry({ at: 4, error: 'net::ERR_FAILED' }), _resourceType: 'fetch' };
    expect(diagnose([page, later, other]).exchanges).toHaveLength(3);
  });
});
