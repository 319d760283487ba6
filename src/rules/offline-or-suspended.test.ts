import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { offlineOrSuspended } from './offline-or-suspended.ts';

describe('offline-or-suspended', () => {
  it.each([
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NETWORK_CHANGED', 'changed its network'],
    ['net::ERR_NETWORK_IO_SUSPENDED', 'put to sleep'],
  ])('%s: a remark', (error, meaning) => {
    const hit = onlyHit(offlineOrSuspended, endpoint([poll({ status: 0, error })]));
    expect(hit).toMatchObject({ severity: 'info', confidence: 'certain', fixes: [] });
    expect(hit.page.explanation).toContain(meaning);
  });

  it('finds the word among a WebSocket’s error texts', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_INTERNET_DISCONNECTED'];
    expect(hitsOf(offlineOrSuspended, endpoint([webSocket({ socketErrors })]))).toHaveLength(1);
  });

  it('is silent on a healthy connection and on other errors', () => {
    expect(hitsOf(offlineOrSuspended, endpoint(openedByPolling()))).toEqual([]);
    for (const error of ['', 'net::ERR_NAME_NOT_RESOLVED', 'net::ERR_CONNECTION_RESET'])
      expect(hitsOf(offlineOrSuspended, endpoint([poll({ status: 0, error })]))).toEqual([]);
  });
});
