import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, PAGE, poll, preflight, webSocket } from '../testing/endpoint.ts';
import { T0 } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { localNetworkAccess } from './local-network-access.ts';

const WORD = 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS';
const nameless = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: 'net::ERR_FAILED', page: 'https://app.example', ...parts });

function viaWorker(exchange: JudgedExchange): JudgedExchange {
  const { source } = exchange;
  return { ...exchange, source: { ...source, response: { ...source.response, _fetchedViaServiceWorker: true } } };
}

describe('local-network-access', () => {
  it.each([
    ['a WebSocket', webSocket({ socketErrors: [`Error in connection establishment: ${WORD}`] })],
    ['a preflight', preflight({ status: 0, error: WORD })],
    ['an older Chromium', poll({ status: 0, error: 'net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS' })],
  ])('goes by the word: %s', (_, exchange) => {
    expect(onlyHit(localNetworkAccess, endpoint([exchange]))).toMatchObject({ confidence: 'likely', alternatives: [] });
  });

  it.each(['http://localhost:3001', 'http://192.168.1.7:3001', 'http://[::1]:3001', 'https://printer.local'])(
    'is a hint where only the addresses tell: %s',
    (server) => {
      const hit = onlyHit(localNetworkAccess, endpoint([nameless({ server })]));
      expect(hit).toMatchObject({ confidence: 'hint', alternatives: ['cors-not-configured'] });
    },
  );

  it('knows a page that wants to be treated as public', () => {
    const policy = 'treat-as-public-address';
    const seen = { ...endpoint([nameless({ page: PAGE })]), documents: [{ url: PAGE, startedMs: T0, policy }] };
    expect(hitsOf(localNetworkAccess, seen)).toHaveLength(1);
    expect(hitsOf(localNetworkAccess, endpoint([nameless({ page: PAGE })]))).toEqual([]);
  });

  it('is silent on a failed preflight’s request, on a worker’s answer, and on public servers', () => {
    const sent = nameless();
    const asked = { ...preflight({ status: 404, page: 'https://app.example' }), url: sent.url };
    expect(hitsOf(localNetworkAccess, endpoint([asked, sent]))).toEqual([]);
    expect(hitsOf(localNetworkAccess, endpoint([viaWorker(nameless())]))).toEqual([]);
    expect(hitsOf(localNetworkAccess, endpoint([nameless({ server: 'https://chat.example' })]))).toEqual([]);
    expect(hitsOf(localNetworkAccess, endpoint([nameless({ server: 'https://172.32.0.1' })]))).toEqual([]);
  });

  it('is silent on a healthy connection and on other errors', () => {
    expect(hitsOf(localNetworkAccess, endpoint(openedByPolling()))).toEqual([]);
    expect(hitsOf(localNetworkAccess, endpoint([nameless({ error: 'net::ERR_CONNECTION_REFUSED' })]))).toEqual([]);
  });
});
