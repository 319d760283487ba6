import { defineNamespace, pathOfNamespace } from '../fixes/namespace.ts';
import type { Rule } from '../model/rule.ts';
import page from './invalid-namespace.md?raw';
import { sessionContext } from './support/context.ts';
import { hitPerNamespace, isUnknownNamespace, refusals } from './support/refusals.ts';

/** Names that people give to paths: `/api/socket`, `/ws`, `/socket.io`. */
const LOOKS_LIKE_PATH = /\/.+\/|^\/(api|ws|wss|socket|sockets|socket\.io|realtime)\b/i;

export const invalidNamespace: Rule = {
  id: 'invalid-namespace',
  severity: 'error',
  confidence: 'certain',
  rung: 10,
  page,
  check: (endpoint) =>
    hitPerNamespace(refusals(endpoint).filter(isUnknownNamespace), ({ session, packet: { namespace } }) => {
      const isPathLike = LOOKS_LIKE_PATH.test(namespace);
      return {
        params: { namespace, server: endpoint.origin },
        fixes: [
          defineNamespace(namespace),
          ...(isPathLike ? [pathOfNamespace(sessionContext(session), namespace)] : []),
        ],
        alternatives: isPathLike ? ['namespace-used-as-path'] : [],
      };
    }),
};
