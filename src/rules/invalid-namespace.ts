import { defineNamespace, pathOfNamespace } from '../fixes/namespace.ts';
import type { Rule } from '../model/rule.ts';
import page from './invalid-namespace.md?raw';
import { sessionContext } from './support/context.ts';
import { mayBePath } from './support/path-words.ts';
import { hitPerNamespace, isUnknownNamespace, refusals } from './support/refusals.ts';

export const invalidNamespace: Rule = {
  id: 'invalid-namespace',
  severity: 'error',
  confidence: 'certain',
  rung: 10,
  page,
  check: (endpoint) =>
    hitPerNamespace(refusals(endpoint).filter(isUnknownNamespace), ({ session, packet: { namespace } }) => {
      const isPathLike = mayBePath(namespace);
      return {
        params: { namespace, server: endpoint.origin },
        fixes: [
          ...defineNamespace(sessionContext(session), namespace),
          ...(isPathLike ? [pathOfNamespace(sessionContext(session), namespace)] : []),
        ],
        alternatives: isPathLike ? ['namespace-used-as-path'] : [],
      };
    }),
};
