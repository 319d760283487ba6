import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { emptyResponse } from './empty-response.ts';

const failed = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: 'net::ERR_EMPTY_RESPONSE', ...parts });

/** A reset as Firefox 153 shows it. */
const SOME_TIME = { blocked: 1, dns: 8, connect: 8, ssl: 0, send: 8, wait: 0, receive: 0 };
const inFirefox = (at: number, parts: Parameters<typeof poll>[0] = {}) =>
  poll({
    at,
    status: 0,
    dialect: 'firefox',
    source: { timings: SOME_TIME, _securityState: 'insecure' },
    ...parts,
  });

describe('empty-response', () => {
  it.each(['net::ERR_EMPTY_RESPONSE', 'net::ERR_CONNECTION_RESET', 'net::ERR_CONNECTION_CLOSED', 'socket hang up'])(
    '%s is certain',
    (error) => {
      const hit = onlyHit(emptyResponse, endpoint([failed({ error })]));
      expect(hit.confidence).toBe('certain');
      expect(fixCode(hit, 'browser-client-https')).toContain('io("https://localhost:3001")');
    },
  );

  it('has no such advice where TLS is used already', () => {
    expect(onlyHit(emptyResponse, endpoint([failed({ server: 'https://chat.example' })])).fixes).toEqual([]);
  });

  it('is likely in Firefox where it happens again', () => {
    expect(onlyHit(emptyResponse, endpoint([inFirefox(0)], [inFirefox(1_300)])).confidence).toBe('likely');
  });

  it.each([
    ['a request that the page gave up: once', endpoint([inFirefox(0)])],
    ['two at once', endpoint([inFirefox(0)], [inFirefox(20)])],
    ['its twin was answered', endpoint([inFirefox(0)], openedByPolling('SID0000000000000AAAA', 1_200))],
    [
      'another machine',
      endpoint([inFirefox(0, { server: 'http://a.example' })], [inFirefox(1_300, { server: 'http://a.example' })]),
    ],
  ])('is silent in Firefox on %s', (_, seen) => {
    expect(hitsOf(emptyResponse, seen)).toEqual([]);
  });

  it('is silent on a session whose server goes away, on a healthy connection, and on other errors', () => {
    const cut = failed({ sid: 'SID0000000000000AAAA', at: 40 });
    expect(hitsOf(emptyResponse, endpoint([...openedByPolling(), cut]))).toEqual([]);
    for (const error of ['', 'net::ERR_CONNECTION_REFUSED', 'net::ERR_FAILED', 'net::ERR_ABORTED'])
      expect(hitsOf(emptyResponse, endpoint([failed({ error })]))).toEqual([]);
  });

  it('is over once anything answers', () => {
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && emptyResponse.isOver?.(later)).toBe(true);
  });
});
