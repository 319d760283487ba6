import type { Rule } from '../model/rule.ts';
import page from './offline-or-suspended.md?raw';
import { errorEvidence } from './support/evidence.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** What Chromium's words mean (net/base/net_error_list.h). */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/ERR_INTERNET_DISCONNECTED/, 'The machine was offline, or *Offline* was chosen in DevTools.'],
  [/ERR_NETWORK_CHANGED/, 'The machine changed its network while the request was under way.'],
  [/ERR_NETWORK_IO_SUSPENDED/, 'The machine or the page was put to sleep.'],
];

const AWAY = /ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED)/;

export const offlineOrSuspended: Rule = {
  id: 'offline-or-suspended',
  severity: 'info',
  confidence: 'certain',
  rung: 1,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => errorWord(exchange, AWAY) !== null),
      ({ exchange }) => {
        const word = errorWord(exchange, AWAY) ?? '';
        return {
          params: {
            server: exchange.target.origin,
            meaning: MEANINGS.find(([pattern]) => pattern.test(word))?.[1] ?? '',
          },
          evidence: [errorEvidence(exchange, word)],
          fixes: [],
        };
      },
    ),
  isOver: overOnceAnswered,
};
