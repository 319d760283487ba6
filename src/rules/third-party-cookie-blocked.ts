import { socketWithoutSticky, stickyByAddress } from '../fixes/stickiness.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { oneHit } from './support/sightings.ts';
import {
  cookieEvidence,
  isCrossSite,
  mayCrossSites,
  sendsCredentials,
  type UnsentCookie,
  unsentCookies,
} from './support/stickiness.ts';
import page from './third-party-cookie-blocked.md?raw';

function isKeptBack(unsent: UnsentCookie): boolean {
  return isCrossSite(unsent.next) === true && mayCrossSites(unsent.cookie) && sendsCredentials(unsent) === true;
}

export const thirdPartyCookieBlocked: Rule = {
  id: 'third-party-cookie-blocked',
  severity: 'warning',
  confidence: 'hint',
  rung: 8,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(unsentCookies(endpoint).filter(isKeptBack), (unsent) => ({
      params: { server: unsent.next.target.origin, cookie: unsent.cookie.name },
      evidence: cookieEvidence(unsent, null),
      fixes: [...stickyByAddress(), socketWithoutSticky(fixContext(unsent.next))],
    })),
};
