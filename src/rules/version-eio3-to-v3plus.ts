import { allowEio3, upgradeClient } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { corsAnswer } from './support/cors.ts';
import { isGranted, mayRefuseEio3, refusesEio3 } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText } from './support/exchanges.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import page from './version-eio3-to-v3plus.md?raw';

function bodyEvidence(exchange: JudgedExchange): Evidence {
  const unread = exchange.response?.body.state === 'hidden' ? '(withheld from the page)' : '(not captured)';
  const actual = bodyText(exchange) ?? unread;
  return { exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual };
}

export const versionEio3ToV3plus: Rule = {
  id: 'version-eio3-to-v3plus',
  severity: 'error',
  confidence: 'certain',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, mayRefuseEio3), ({ exchange }) => ({
      confidence: refusesEio3(exchange) ? 'certain' : 'likely',
      params: { server: exchange.target.origin },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: '3' },
        statusEvidence(exchange, '200'),
        bodyEvidence(exchange),
      ],
      fixes: [...allowEio3(fixContext(exchange), corsAnswer(exchange)), upgradeClient(fixContext(exchange))],
      alternatives: refusesEio3(exchange) ? [] : ['transport-disabled', 'middleware-rejected'],
    })),
  isOver: overOnce(isGranted, mayRefuseEio3),
};
