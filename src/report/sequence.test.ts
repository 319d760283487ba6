import { expect, it } from 'vitest';
import type { HarEntry } from '../model/har.ts';
import { reportOf } from '../testing/diagnose.ts';
import { entry, handshakeUrl, message, openBody, PAGE, records, sidUrl, socketEntry } from '../testing/entries.ts';
import { type Sequence, sequenceOf } from './sequence.ts';

const ALLOWED = { 'Access-Control-Allow-Origin': PAGE };

/** Of the first session of these entries. */
function sequence(...entries: HarEntry[]): Sequence {
  const report = reportOf(records(entries));
  const [session] = report.sessions;
  if (!session) throw new Error('no session');
  return sequenceOf(report, session);
}

/** `from>to label`, a failure marked by `!`. */
function drawn({ messages }: Sequence): string[] {
  return messages.map(({ kind, from, to, label, outcome }) => {
    const words = outcome === 'failed' ? `!${label}` : label;
    return kind === 'note' ? words : `${from}>${to} ${words}`;
  });
}

it('draws an answer that the browser withheld as the one that failed', () => {
  expect(drawn(sequence(entry({ error: 'net::ERR_FAILED' })))).toEqual([
    'browser>server GET handshake',
    'server>browser !200, withheld from the page: MissingAllowOriginHeader',
  ]);
});

it('draws a request without an answer as lost', () => {
  expect(drawn(sequence(entry({ status: 0, error: 'net::ERR_CONNECTION_REFUSED' })))).toEqual([
    'browser>server !GET handshake',
    '!no answer: net::ERR_CONNECTION_REFUSED',
  ]);
});

it('does not draw a request that its preflight kept from being sent', () => {
  const url = handshakeUrl();
  const asked = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-a' };
  expect(
    drawn(
      sequence(
        entry({ url, status: 0, error: 'net::ERR_FAILED' }),
        entry({ url, method: 'OPTIONS', type: 'preflight', status: 400, requestHeaders: asked }),
      ),
    ),
  ).toEqual(['browser>server OPTIONS preflight', expect.stringMatching(/^server>browser !400, withheld/)]);
});

it('ends at the proxy where that gave up on the server, and nowhere else', () => {
  const answered = (status: number) => entry({ status, responseHeaders: { ...ALLOWED, Server: 'nginx/1.22.1' } });
  const refused = sequence(answered(502));
  expect(refused.proxy).toBe('nginx');
  expect(drawn(refused)).toEqual(['browser>proxy GET handshake', 'proxy>browser !502']);
  expect(drawn(sequence(answered(400)))).toEqual(['browser>server GET handshake', 'server>browser !400']);
  expect(sequence(entry({ status: 502 })).proxy).toBeNull();
});

it('reads the status of a refused upgrade out of the browser’s error text', () => {
  const sid = 'SID0000000000000AAAA';
  const text = 'Error during WebSocket handshake: Unexpected response code: 400';
  const upgrade = socketEntry({
    url: sidUrl(sid, 'websocket'),
    at: 12,
    status: 0,
    endsAfter: 8,
    messages: [message('error', text, 20)],
  });
  const shown = drawn(sequence(entry({ responseHeaders: ALLOWED, body: openBody(sid) }), upgrade));
  expect(shown).toContain('browser>server WebSocket upgrade');
  expect(shown).toContain('server>browser !400 instead of 101');
});

it('leaves out the middle of a long session, but nothing that failed', () => {
  const report = reportOf(records([entry({ error: 'net::ERR_FAILED' })]));
  const [session] = report.sessions;
  const [first] = session?.steps ?? [];
  if (!session || !first) throw new Error('no step');
  const steps = Array.from({ length: 100 }, (_, index) => ({
    ...first,
    kind: 'close' as const,
    outcome: index === 50 ? ('failed' as const) : ('ok' as const),
    text: `step ${index + 1}`,
  }));
  const { messages, omitted } = sequenceOf(report, { ...session, steps });
  expect(messages.filter(({ outcome }) => outcome === 'failed').map(({ label }) => label)).toEqual(['step 51']);
  expect(messages.at(0)?.label).toBe('step 1');
  expect(messages.at(-1)?.label).toBe('step 100');
  expect(messages.length + omitted).toBe(100);
});
