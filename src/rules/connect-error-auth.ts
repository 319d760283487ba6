import { checkToken, renewToken } from '../fixes/auth.ts';
import { reactHook } from '../fixes/react.ts';
import { shareSession } from '../fixes/session-cookie.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Session } from '../model/session.ts';
import page from './connect-error-auth.md?raw';
import { sessionContext } from './support/context.ts';
import { hitPerNamespace, isUnknownNamespace, refusals } from './support/refusals.ts';
import { isCrossSite, unsentCookie } from './support/stickiness.ts';

/** express-session's own name for its cookie. */
const SESSION_COOKIE = [/^connect\.sid$/];

/** A session that does not come back makes every client a stranger to a middleware that goes by it. */
function sessionFix(session: Session): Fix[] {
  const unsent = unsentCookie(session, SESSION_COOKIE);
  return unsent ? shareSession(sessionContext(session), isCrossSite(unsent.next) !== false) : [];
}

export const connectErrorAuth: Rule = {
  id: 'connect-error-auth',
  severity: 'error',
  confidence: 'certain',
  rung: 10,
  page,
  check: (endpoint) =>
    hitPerNamespace(
      refusals(endpoint).filter((refusal) => !isUnknownNamespace(refusal)),
      ({ session, packet: { namespace }, message }) => ({
        params: { namespace, message: message || '(no message)' },
        fixes: [
          ...sessionFix(session),
          ...renewToken(sessionContext(session), namespace),
          ...reactHook(sessionContext(session), namespace),
          ...checkToken(sessionContext(session), namespace, message),
        ],
      }),
    ),
};
