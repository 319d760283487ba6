import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { mixedContent } from './mixed-content.ts';

const unsent = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: '', page: 'https://app.example', server: 'http://chat.example:3001', ...parts });

/** As Firefox shows what it did not send: no time, no size, none of the headers of a sent request. */
const inFirefox = (parts: Parameters<typeof poll>[0] = {}) => {
  const exchange = unsent({ error: null, dialect: 'firefox', ...parts });
  const { request, response } = exchange.source;
  return {
    ...exchange,
    requestHeaders: exchange.requestHeaders.filter(({ name }) => name !== 'Sec-Fetch-Mode'),
    source: { startedDateTime: '', request, response: { ...response, bodySize: -1 }, timings: {} },
  };
};

describe('mixed-content', () => {
  it('tells the client to use https', () => {
    const hit = onlyHit(mixedContent, endpoint([unsent()]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(hit.page.title).toContain('`https://chat.example:3001`');
    expect(fixCode(hit, 'browser-client-https')).toBe('const socket = io("https://chat.example:3001");');
  });

  it('knows the page by its address where the request names no origin', () => {
    expect(onlyHit(mixedContent, endpoint([unsent({ page: 'null', pageUrl: 'https://app.example/x' })]))).toBeDefined();
  });

  it('sees it in Firefox', () => {
    expect(onlyHit(mixedContent, endpoint([inFirefox()])).confidence).toBe('certain');
    expect(hitsOf(mixedContent, endpoint([inFirefox({ page: 'http://app.example' })]))).toEqual([]);
  });

  it.each([
    ['this machine itself', { server: 'http://localhost:3001' }],
    ['this machine by its address', { server: 'http://127.0.0.1:3001' }],
    ['a page without encryption', { page: 'http://app.example' }],
    ['an encrypted server', { server: 'https://chat.example' }],
    ['a refusal by the network', { error: 'net::ERR_CONNECTION_REFUSED' }],
    ['a failed preflight', { error: 'net::ERR_FAILED' }],
    ['an answer', { status: 404 }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(mixedContent, endpoint([unsent(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection, and over once anything answers', () => {
    expect(hitsOf(mixedContent, endpoint(openedByPolling()))).toEqual([]);
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && mixedContent.isOver?.(later)).toBe(true);
  });
});
