import { describe, expect, it } from 'vitest';
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import chromium from '../testing/devtools-entries/chromium-156.json' with { type: 'json' };
import firefox from '../testing/devtools-entries/firefox-153.json' with { type: 'json' };
import { engineWith } from '../testing/diagnose.ts';
import { records } from '../testing/entries.ts';

interface RecordedCase {
  finished: { entry?: HarEntry; content?: string | null }[];
  getHAR?: HarEntry[];
}

/** Live entries with their bodies, and what the list shows besides (it is of the whole page: earlier cases are left out). */
function log({ finished, getHAR = [] }: RecordedCase): EntryRecord[] {
  const live = finished.flatMap(({ entry, content = null }) => (entry ? [{ entry, content }] : []));
  const firstMs = Math.min(...live.map(({ entry }) => Date.parse(entry.startedDateTime)));
  const listed = getHAR.filter((entry) => Date.parse(entry.startedDateTime) >= firstMs);
  return [...live, ...listed.map((entry) => ({ entry, content: null }))].flatMap(({ entry, content }, index) =>
    records([entry], index + 1).map((record) => ({ ...record, body: content, pageUrl: null })),
  );
}

function findingsOf(item: RecordedCase): string[] {
  const { findings } = engineWith(log(item)).diagnose().diagnosis;
  return findings.map(({ rule, severity, confidence }) => `${rule} ${severity} ${confidence}`);
}

/** Recorded with the real client against real servers: what failed is known from how the servers were set up. */
describe('what Chromium 156 really showed', () => {
  it.each<[keyof typeof chromium, string[]]>([
    ['nocors', ['cors-not-configured error likely']],
    ['nocors_pref', ['preflight-bad-handshake-method error likely', 'extra-headers-force-preflight info hint']],
    ['wild_cred', ['cors-wildcard-with-credentials error likely']],
    // `*` on the 101: a remark, no alarm.
    ['wild_nocred', ['cswsh-exposure info hint']],
    ['good', []],
    ['mismatch', ['cors-origin-mismatch error certain']],
    ['refused', ['connection-refused error certain']],
    ['upgrade-400', ['ws-upgrade-400-proxy warning likely']],
    ['upgrade-400-websocket-only', ['no-transport-fallback error likely', 'ws-upgrade-400-proxy error likely']],
    ['csp-blocked', ['csp-connect-src error likely']],
  ])('%s: %j', (name, expected) => {
    expect(findingsOf(chromium[name] as unknown as RecordedCase)).toEqual(expected);
  });
});

/** Recorded against a plain server: only the address is changed to that of a handshake, so that the entry is looked at. */
function asHandshake(item: RecordedCase): RecordedCase {
  const finished = item.finished.map(({ entry }) => {
    if (!entry) return {};
    const { origin, protocol } = new URL(entry.request.url);
    const transport = protocol.startsWith('ws') ? 'websocket' : 'polling';
    const url = `${origin}/socket.io/?EIO=4&transport=${transport}&t=x`;
    return { entry: { ...entry, request: { ...entry.request, url } } };
  });
  return { finished };
}

describe('what Firefox 153 really showed', () => {
  it.each<[keyof typeof firefox, string[]]>([
    ['polling-ok', []],
    ['no-allow-origin', ['cors-not-configured error likely']],
    ['no-allow-origin-403', ['cors-missing-on-error info certain']],
    ['other-allow-origin', ['cors-origin-mismatch error certain']],
    ['preflight-ok', ['extra-headers-force-preflight info hint']],
    ['preflight-404', ['preflight-not-ok error certain', 'extra-headers-force-preflight info hint']],
    ['preflight-500', ['preflight-not-ok error certain', 'extra-headers-force-preflight info hint']],
    ['preflight-redirect', ['preflight-redirect error certain', 'extra-headers-force-preflight info hint']],
    ['preflight-refused', ['connection-refused error likely']],
    ['upgrade-400', ['no-transport-fallback error likely', 'ws-upgrade-400-proxy error likely']],
    ['refused', ['connection-refused error likely']],
    ['dns', []],
    ['reset', []],
    ['tls-to-http-port', ['tls-error error likely']],
    ['csp-blocked', []],
    ['upgrade-reset', []],
    ['websocket-open', []],
    ['websocket-refused-connection', []],
  ])('%s: %j', (name, expected) => {
    expect(findingsOf(asHandshake(firefox[name] as unknown as RecordedCase))).toEqual(expected);
  });
});
