import { describe, expect, it } from 'vitest';
import { entry, handshakeUrl, records } from '../testing/entries.ts';
import { createExchangeStore } from './store.ts';

describe('one request, seen several times', () => {
  it('has the answer, once that was seen: Chromium may tell of the block first', () => {
    const url = handshakeUrl();
    const sightings = records([0, 200].map((status) => entry({ url, status, error: 'net::ERR_FAILED' })));
    for (const order of [sightings, [...sightings].reverse()]) {
      const store = createExchangeStore();
      for (const sighting of order) store.add(sighting);
      expect([...store.takeChanges().values()].map((exchange) => exchange?.response?.status)).toEqual([200]);
    }
  });
});
