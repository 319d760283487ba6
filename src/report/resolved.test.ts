import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../model/har.ts';
import { reportOf } from '../testing/diagnose.ts';
import { entry, handshakeUrl, healthyEntries, records } from '../testing/entries.ts';
import { WRITERS } from './write-report.ts';

const BLOCKED = entry({ url: handshakeUrl(), error: 'net::ERR_FAILED' });
const LIMITED = entry({ url: handshakeUrl(), status: 429 });

/** An attempt that fails, and a later one that works. */
const written = (failed: HarEntry, writer: 'text' | 'markdown' | 'jira' | 'html') =>
  WRITERS[writer].write(reportOf(records([failed, ...healthyEntries('SID0000000000000AAAA', 9000)])));

describe('a finding that a later attempt went past', () => {
  it.each<['text' | 'markdown' | 'jira' | 'html', string, string]>([
    ['text', 'cors-not-configured (likely, fixed)', 'rate-limited (certain, not seen this time)'],
    ['markdown', '#### Fixed: ', '#### Not seen this time: '],
    ['jira', 'h4. Fixed: ', 'h4. Not seen this time: '],
    ['html', '<h3>Fixed: ', '<h3>Not seen this time: '],
  ])('is called fixed only where that is proven: %s', (writer, fixed, notSeen) => {
    expect(written(BLOCKED, writer)).toContain(fixed);
    expect(written(LIMITED, writer)).toContain(notSeen);
    expect(written(LIMITED, writer)).not.toContain(fixed);
  });
});
