import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { dnsFailure } from './dns-failure.ts';

const server = 'http://backend:3001';
const failed = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: 'net::ERR_NAME_NOT_RESOLVED', server, ...parts });

describe('dns-failure', () => {
  it('names the host without its port', () => {
    const hit = onlyHit(dnsFailure, endpoint([failed()]));
    expect(hit.confidence).toBe('certain');
    expect(hit.page.title).toContain('`backend`');
    expect(fixCode(hit, 'browser-client')).toContain(`:${3001}`);
  });

  it('keeps the server’s own scheme, and names no port that goes without saying', () => {
    const hit = onlyHit(dnsFailure, endpoint([failed({ server: 'https://backend' })]));
    expect(fixCode(hit, 'browser-client')).toMatch(/`https:\/\/\$\{location\.hostname\}`/);
  });

  it('finds the word among a WebSocket’s error texts, and Node’s in what a probe recorded', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_NAME_NOT_RESOLVED'];
    expect(onlyHit(dnsFailure, endpoint([webSocket({ server, socketErrors })])).confidence).toBe('certain');
    expect(onlyHit(dnsFailure, endpoint([failed({ error: 'getaddrinfo ENOTFOUND backend' })]))).toBeDefined();
  });

  it('is silent on a healthy connection, on other errors, and in Firefox', () => {
    expect(hitsOf(dnsFailure, endpoint(openedByPolling()))).toEqual([]);
    for (const error of ['', null, 'net::ERR_CONNECTION_REFUSED', 'net::ERR_INTERNET_DISCONNECTED'])
      expect(hitsOf(dnsFailure, endpoint([failed({ error })]))).toEqual([]);
  });

  it('is over once anything answers', () => {
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && dnsFailure.isOver?.(later)).toBe(true);
  });
});
