import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { connectionRefused } from './connection-refused.ts';

const refused = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: 'net::ERR_CONNECTION_REFUSED', ...parts });

/** A refused request as Firefox 153 shows it: all headers, no time in any phase. */
const NO_TIME = { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 0, receive: 0 };
const inFirefox = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, dialect: 'firefox', source: { timings: NO_TIME, _securityState: 'insecure' }, ...parts });

describe('connection-refused', () => {
  it('starts a server on the port of the URL', () => {
    const hit = onlyHit(connectionRefused, endpoint([refused()]));
    expect(hit.confidence).toBe('certain');
    expect(hit.page.title).toContain('`3001`');
    expect(fixCode(hit, 'node-v4')).toContain('httpServer.listen(3001');
  });

  it('writes whole programs, each in its own words, and listens for others only at a name of their own', () => {
    const local = onlyHit(connectionRefused, endpoint([refused({ path: '/live/' })]));
    expect(fixCode(local, 'nestjs')).toMatch(/path: "\/live\/"[\s\S]*app\.listen\(3001\)/);
    expect(fixCode(local, 'flask')).toMatch(/path="live",\n\)\n\nsocketio\.run\(app, host="127\.0\.0\.1", port=3001\)/);
    expect(local.fixes.map(({ id }) => id)).not.toContain('nginx');
    const secure = onlyHit(connectionRefused, endpoint([refused({ server: 'https://chat.example:8443' })]));
    expect(fixCode(secure, 'asgi')).toContain('host="0.0.0.0", port=8443, ssl_certfile="cert.pem"');
    expect(fixCode(secure, 'nginx')).toContain('listen 8443 ssl;');
  });

  it('is Node.js alone for a v2 client', () => {
    const ids = onlyHit(connectionRefused, endpoint([refused({ eio: 3 })])).fixes.map(({ id }) => id);
    expect(ids).toContain('node-v2');
    expect(ids).not.toContain('aiohttp');
  });

  it('knows the port that a scheme implies', () => {
    expect(onlyHit(connectionRefused, endpoint([refused({ server: 'https://chat.example' })])).page.title).toContain(
      '`443`',
    );
  });

  it('finds the word among a WebSocket’s error texts', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_CONNECTION_REFUSED'];
    expect(onlyHit(connectionRefused, endpoint([webSocket({ socketErrors })])).confidence).toBe('certain');
  });

  it('is likely in Firefox, which has no word for it', () => {
    expect(onlyHit(connectionRefused, endpoint([inFirefox()])).confidence).toBe('likely');
  });

  it.each([
    ['TLS', { source: { timings: NO_TIME, _securityState: 'broken' } }],
    ['a reset', { source: { timings: { ...NO_TIME, connect: 8, send: 8 }, _securityState: 'insecure' } }],
    ['CSP', { source: { timings: {} } }],
    ['another machine', { server: 'http://chat.example' }],
    ['a held request of a session that was closed', { sid: 'SID0000000000000AAAA' }],
  ])('is silent in Firefox on %s', (_, parts) => {
    expect(hitsOf(connectionRefused, endpoint([inFirefox(parts)]))).toEqual([]);
  });

  it('is silent in Firefox on a request that was aborted while its twin was answered', () => {
    expect(hitsOf(connectionRefused, endpoint([inFirefox()], openedByPolling('SID0000000000000AAAA', 20)))).toEqual([]);
  });

  it('is silent in Firefox on a WebSocket, whose reset looks alike', () => {
    const socket = webSocket({
      status: 0,
      dialect: 'firefox',
      outcome: 'failed',
      source: { timings: NO_TIME, _securityState: 'insecure' },
    });
    expect(hitsOf(connectionRefused, endpoint([socket]))).toEqual([]);
  });

  it('is silent on a healthy connection and on other errors', () => {
    expect(hitsOf(connectionRefused, endpoint(openedByPolling()))).toEqual([]);
    for (const error of ['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_FAILED', 'net::ERR_EMPTY_RESPONSE', '']) {
      expect(hitsOf(connectionRefused, endpoint([refused({ error })]))).toEqual([]);
    }
  });

  it('is over once anything answers, be it with another fault', () => {
    const [answered, still] = [
      [poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })],
      [refused({ at: 9000 })],
    ].map((exchanges) => endpoint(exchanges).sessions[0]);
    expect(answered && connectionRefused.isOver?.(answered)).toBe(true);
    expect(still && connectionRefused.isOver?.(still)).toBe(false);
  });
});
