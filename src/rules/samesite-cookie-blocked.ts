import { crossSiteProxyCookie, crossSiteServerCookie, stickyByAddress } from '../fixes/stickiness.ts';
import type { Confidence, Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './samesite-cookie-blocked.md?raw';
import { fixContext } from './support/context.ts';
import { oneHit } from './support/sightings.ts';
import {
  cookieEvidence,
  isCrossSite,
  mayCrossSites,
  type StickyCookie,
  sendsCredentials,
  type UnsentCookie,
  unsentCookies,
} from './support/stickiness.ts';

function isKeptBack({ next, cookie }: UnsentCookie): boolean {
  return isCrossSite(next) === true && !mayCrossSites(cookie);
}

/** `Strict` and `Lax` say it themselves. Without the attribute browsers differ: Chromium takes it for `Lax`. */
function confidenceOf({ sameSite }: StickyCookie): Confidence {
  return sameSite === 'strict' || sameSite === 'lax' ? 'certain' : 'likely';
}

function attributeText({ sameSite }: StickyCookie): string {
  if (sameSite === null) return 'no `SameSite` attribute, which Chromium takes for `Lax`';
  if (sameSite === 'none') return '`SameSite=None` without `Secure`, which browsers refuse';
  return sameSite === 'strict'
    ? '`SameSite=Strict`'
    : sameSite === 'lax'
      ? '`SameSite=Lax`'
      : 'a `SameSite` that is not `None`';
}

/** Attributes are enough only where cookies go along already; the address is enough in any case. */
function fixesOf(unsent: UnsentCookie): Fix[] {
  const context = fixContext(unsent.next);
  if (sendsCredentials(unsent) !== true) return stickyByAddress();
  const byAddress = stickyByAddress();
  // Socket.IO 2 writes `SameSite=Strict` into its own cookie, whatever it is told (engine.io 3, `lib/server.js`).
  if (unsent.cookie.name === 'io' && unsent.session.server?.version === '<3') return byAddress;
  if (unsent.cookie.name === 'io')
    return [...crossSiteServerCookie({ ...context, credentials: 'include' }), ...byAddress];
  const byCookie = crossSiteProxyCookie();
  return [...byCookie, ...byAddress.filter(({ id }) => byCookie.every((fix) => fix.id !== id))];
}

export const samesiteCookieBlocked: Rule = {
  id: 'samesite-cookie-blocked',
  severity: 'error',
  confidence: 'certain',
  rung: 8,
  page,
  mayReturn: true,
  explains: ['sticky-session-missing', 'third-party-cookie-blocked', 'python-multiworker'],
  check: (endpoint) =>
    oneHit(unsentCookies(endpoint).filter(isKeptBack), (unsent) => {
      return {
        confidence: confidenceOf(unsent.cookie),
        params: {
          server: unsent.next.target.origin,
          page: unsent.next.pageOrigin ?? 'the page',
          cookie: unsent.cookie.name,
          attribute: attributeText(unsent.cookie),
        },
        evidence: cookieEvidence(unsent, `${unsent.cookie.name}=…; SameSite=None; Secure`),
        fixes: fixesOf(unsent),
      };
    }),
};
