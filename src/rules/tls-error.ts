import { connectOverHttp, serveOverHttps, trustDevelopmentCertificate } from '../fixes/https.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { hostnameOf, spaceOf } from './support/addresses.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';
import page from './tls-error.md?raw';

/** Chromium (net/base/net_error_list.h), and OpenSSL's words as Node has them. */
const TLS = /ERR_(CERT|SSL|TLS|BAD_SSL)_|\bCERT_|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)_/;

/** What the word means, the first that fits. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /DATE_INVALID|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    'The certificate has expired, or the clock of one of the two is wrong.',
  ],
  [/COMMON_NAME_INVALID|ALTNAME_INVALID/, 'The certificate is for another name than the one in the URL.'],
  [
    /AUTHORITY_INVALID|SELF_SIGNED|UNABLE_TO_/,
    'The certificate is not signed by an authority that this browser knows: it is self-signed, or a link of its chain is missing.',
  ],
  [/PROTOCOL_ERROR/, 'What listens there does not speak TLS on this port.'],
];

function wordOf(exchange: JudgedExchange): string | null {
  const word = errorWord(exchange, TLS);
  if (word !== null) return word;
  const { _securityState: state } = exchange.source;
  const isBroken = exchange.dialect === 'firefox' && exchange.outcome === 'failed' && state === 'broken';
  return isBroken ? 'no secure connection' : null;
}

function isEncrypted({ target }: JudgedExchange): boolean {
  return target.scheme === 'https' || target.scheme === 'wss';
}

/** A certificate that this machine alone trusts is no cure for a name that others use. `.test`: RFC 6761, 6.2. */
function isForDevelopment(host: string): boolean {
  return spaceOf(host) !== 'public' || /\.(test|internal)$/i.test(host);
}

function fixesOf(exchange: JudgedExchange, word: string): Fix[] {
  const context = fixContext(exchange);
  const mayDoWithout = !(exchange.pageOrigin ?? 'https:').startsWith('https:');
  const own = isForDevelopment(hostnameOf(context.server)) ? trustDevelopmentCertificate(context) : [];
  if (!/PROTOCOL_ERROR/.test(word)) return [...own, ...serveOverHttps(context)];
  return [...(mayDoWithout ? [connectOverHttp(context)] : []), ...serveOverHttps(context)];
}

export const tlsError: Rule = {
  id: 'tls-error',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isEncrypted(exchange) && wordOf(exchange) !== null),
      ({ exchange }) => {
        const word = wordOf(exchange) ?? '';
        return {
          confidence: errorWord(exchange, TLS) === null ? 'likely' : 'certain',
          params: {
            server: exchange.target.origin,
            word,
            meaning:
              MEANINGS.find(([pattern]) => pattern.test(word))?.[1] ??
              'Certificate and settings of the server have to be looked at.',
          },
          evidence: [errorEvidence(exchange, word)],
          fixes: fixesOf(exchange, word),
        };
      },
    ),
  isOver: overOnceAnswered,
};
