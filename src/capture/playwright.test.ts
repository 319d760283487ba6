/** What Playwright 1.65 recorded of pages whose faults are known (e2e/lab). */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../engine/engine.ts';
import recorded from '../testing/playwright-entries.json' with { type: 'json' };
import { readHar } from './har-file.ts';

function diagnose(entries: unknown[]) {
  const { records, environment, page, limits } = readHar(
    { log: { creator: { name: 'Playwright', version: '1.65.1' }, entries } },
    'test.har',
  );
  const engine = createEngine({ environment, page });
  engine.add(records);
  return { ...engine.diagnose().diagnosis, fileLimits: limits.map(({ code }) => code) };
}

describe('a HAR of Playwright', () => {
  it('says that nothing listens', () => {
    const { summary, exchanges } = diagnose(recorded.refused);
    expect(summary).toMatchObject({ status: 'failing', rootCause: 'connection-refused' });
    expect(exchanges).toMatchObject([{ status: 0, error: 'net::ERR_CONNECTION_REFUSED' }]);
  });

  it('does not show why a request was blocked, and says so', () => {
    const { summary, exchanges, fileLimits } = diagnose(recorded.blocked);
    expect(summary).toMatchObject({ status: 'failing', rootCause: null });
    expect(exchanges[0]?.cors.verdict).toBe('unknown');
    expect(fileLimits).toEqual(['playwright-har']);
  });

  it('has the status of a refused upgrade', () => {
    const { findings } = diagnose(recorded.upgrade400);
    expect(findings.map(({ rule }) => rule)).toContain('ws-upgrade-400-proxy');
  });

  it('has the frames of a WebSocket, in its own unit of time', () => {
    const { summary, sessions } = diagnose(recorded.websocket);
    expect(summary.status).toBe('healthy');
    const [session] = sessions;
    expect(session).toMatchObject({ transport: 'websocket', namespaces: [{ name: '/', state: 'connected' }] });
    expect(session?.startedAt.slice(0, 13)).toBe(session?.steps.at(-1)?.at.slice(0, 13));
  });
});
