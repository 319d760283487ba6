import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { rateLimited } from './rate-limited.ts';

describe('rate-limited', () => {
  it('shows how long to wait, and leaves the path out of the limit', () => {
    const limited = poll({ status: 429, response: { 'Retry-After': '60' }, ...refusal('MissingAllowOriginHeader') });
    const hit = onlyHit(rateLimited, endpoint([limited]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Retry-After', actual: '60' }));
    expect(fixCode(hit, 'express-rate-limit')).toContain('io.engine.use(rateLimit(');
    expect(fixCode(hit, 'haproxy')).toContain('path_beg /socket.io/');
  });

  it('begins with the proxy where one was seen; a v2 server can count nothing itself', () => {
    const idsOf = (parts: Parameters<typeof poll>[0]) =>
      onlyHit(rateLimited, endpoint([poll({ status: 429, ...parts })])).fixes.map(({ id }) => id);
    expect(idsOf({})).toEqual(['express-rate-limit', 'nginx', 'haproxy']);
    expect(idsOf({ response: { Server: 'nginx' } })).toEqual(['nginx', 'haproxy', 'express-rate-limit']);
    expect(idsOf({ eio: 3 })).toEqual(['nginx', 'haproxy']);
  });

  it('sees it in the middle of a session, and on an upgrade', () => {
    const late = poll({ status: 429, sid: 'SID0000000000000AAAA', at: 30 });
    expect(hitsOf(rateLimited, endpoint([...openedByPolling(), late]))).toHaveLength(1);
    const socketErrors = ['Error during WebSocket handshake: Unexpected response code: 429'];
    expect(hitsOf(rateLimited, endpoint([webSocket({ socketErrors })]))).toHaveLength(1);
  });

  it('is silent on a healthy connection and on other statuses', () => {
    expect(hitsOf(rateLimited, endpoint(openedByPolling()))).toEqual([]);
    for (const status of [200, 400, 403, 503]) expect(hitsOf(rateLimited, endpoint([poll({ status })]))).toEqual([]);
  });
});
