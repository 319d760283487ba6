import { exchangeCookies, sendCookies } from '../fixes/access.ts';
import { stickyByAddress } from '../fixes/stickiness.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './sticky-cookie-not-sent.md?raw';
import { fixContext } from './support/context.ts';
import { responseHeader } from './support/exchanges.ts';
import { oneHit } from './support/sightings.ts';
import {
  cookieEvidence,
  isCrossSite,
  mayCrossSites,
  sendsCredentials,
  type UnsentCookie,
  unsentCookies,
} from './support/stickiness.ts';

/** Where credentials do go along, something else keeps the cookie back: its attributes, or the browser's settings. */
function isLeftOut(unsent: UnsentCookie): boolean {
  const isElsewhere = isCrossSite(unsent.next) === true;
  const sends = sendsCredentials(unsent);
  if (sends === null) return !isElsewhere || mayCrossSites(unsent.cookie);
  return !sends || !isElsewhere;
}

/** Where the server allows credentials already, the client alone is enough. */
function leaveForCookies(unsent: UnsentCookie): Fix[] {
  if (sendsCredentials(unsent) === true) return [];
  const context = fixContext(unsent.next);
  const isAllowed = responseHeader(unsent.handshake, 'Access-Control-Allow-Credentials') === 'true';
  return isAllowed ? sendCookies(context, 'Set `withCredentials: true`') : exchangeCookies(context);
}

export const stickyCookieNotSent: Rule = {
  id: 'sticky-cookie-not-sent',
  severity: 'error',
  confidence: 'likely',
  rung: 8,
  page,
  mayReturn: true,
  explains: ['sticky-session-missing', 'third-party-cookie-blocked', 'python-multiworker'],
  check: (endpoint) =>
    oneHit(unsentCookies(endpoint).filter(isLeftOut), (unsent) => {
      return {
        params: { server: unsent.next.target.origin, cookie: unsent.cookie.name },
        evidence: cookieEvidence(unsent, null),
        fixes: [...leaveForCookies(unsent), ...stickyByAddress()],
      };
    }),
};
