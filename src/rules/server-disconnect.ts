import { reconnectByHand } from '../fixes/lifecycle.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, SeenPacket, Session } from '../model/session.ts';
import page from './server-disconnect.md?raw';
import { sessionContext } from './support/context.ts';

interface Ending {
  session: Session;
  packet: SeenPacket;
}

/** DISCONNECT of the server that stands: the namespace was not joined again in the same session. */
function endings(endpoint: Endpoint): Ending[] {
  return endpoint.sessions
    .flatMap((session) =>
      session.packets
        .filter(
          ({ type, direction, namespace }) =>
            type === 'DISCONNECT' &&
            direction === 'receive' &&
            session.namespaces.some(({ name, state }) => name === namespace && state === 'disconnected'),
        )
        .map((packet) => ({ session, packet })),
    )
    .sort((a, b) => a.packet.atMs - b.packet.atMs);
}

function hitOf(group: Ending[]): Hit[] {
  const latest = group.at(-1);
  if (!latest) return [];
  const { session, packet } = latest;
  return [
    {
      sessions: [...new Set(group.map((ending) => ending.session.key))],
      exchanges: [...new Set(group.map((ending) => ending.packet.exchange))],
      namespace: packet.namespace,
      params: { server: session.endpoint.origin, namespace: packet.namespace },
      evidence: [
        {
          exchange: packet.exchange,
          where: 'packet',
          name: 'from the server',
          expected: null,
          actual: `DISCONNECT ${packet.namespace}`,
        },
      ],
      fixes: [reconnectByHand(sessionContext(session), packet.namespace)],
    },
  ];
}

export const serverDisconnect: Rule = {
  id: 'server-disconnect',
  severity: 'warning',
  confidence: 'certain',
  rung: 11,
  page,
  mayReturn: true,
  check(endpoint) {
    const seen = endings(endpoint);
    const names = new Set(seen.map(({ packet }) => packet.namespace));
    return [...names].flatMap((name) => hitOf(seen.filter(({ packet }) => packet.namespace === name)));
  },
};
