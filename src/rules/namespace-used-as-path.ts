import { pathOfNamespace, withoutNamespace } from '../fixes/namespace.ts';
import type { Rule } from '../model/rule.ts';
import page from './namespace-used-as-path.md?raw';
import { sessionContext } from './support/context.ts';
import { isPathName } from './support/path-words.ts';
import { hitPerNamespace, isUnknownNamespace, refusals } from './support/refusals.ts';

export const namespaceUsedAsPath: Rule = {
  id: 'namespace-used-as-path',
  severity: 'error',
  confidence: 'likely',
  rung: 3,
  page,
  check: (endpoint) =>
    hitPerNamespace(
      refusals(endpoint).filter((refusal) => isUnknownNamespace(refusal) && isPathName(refusal.packet.namespace)),
      ({ session, packet: { namespace } }) => ({
        params: { namespace, server: endpoint.origin, path: endpoint.path },
        fixes: [
          ...withoutNamespace(sessionContext(session), namespace),
          pathOfNamespace(sessionContext(session), namespace),
        ],
        alternatives: ['invalid-namespace'],
      }),
    ),
};
