import { checkToken, renewToken } from '../fixes/auth.ts';
import { reactHook } from '../fixes/react.ts';
import type { Rule } from '../model/rule.ts';
import page from './connect-error-auth.md?raw';
import { sessionContext } from './support/context.ts';
import { hitPerNamespace, isUnknownNamespace, refusals } from './support/refusals.ts';

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
          ...renewToken(sessionContext(session), namespace),
          ...reactHook(sessionContext(session), namespace),
          ...checkToken(sessionContext(session), namespace, message),
        ],
      }),
    ),
};
