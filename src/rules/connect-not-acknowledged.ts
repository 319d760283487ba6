import { answerConnect } from '../fixes/auth.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, SeenPacket, Session } from '../model/session.ts';
import { CONNECT_WAIT_MS, isInboundVisible, unansweredConnects } from '../model/waits.ts';
import page from './connect-not-acknowledged.md?raw';
import { sessionContext } from './support/context.ts';
import { observed } from './support/exchanges.ts';
import { saidGoodbye } from './support/liveness.ts';

/**
 * Until when the session is known to have been there, ms since the epoch: its own last sign of life; of the newest one, the
 * clock (an earlier one may have been left together with its page).
 */
function knownUntil(session: Session, { sessions, nowMs }: Endpoint): number {
  return session === sessions.at(-1) && session.endedMs === null ? nowMs : session.lastActivityMs;
}

function isOverdue(packet: SeenPacket, session: Session, endpoint: Endpoint): boolean {
  return (
    knownUntil(session, endpoint) - packet.atMs >= CONNECT_WAIT_MS &&
    isInboundVisible(observed(session), packet.atMs) &&
    !saidGoodbye(session)
  );
}

interface Overdue {
  session: Session;
  packet: SeenPacket;
}

function hitOf(group: Overdue[]): Hit[] {
  const latest = group.at(-1);
  if (!latest) return [];
  const { session, packet } = latest;
  return [
    {
      sessions: [...new Set(group.map((overdue) => overdue.session.key))],
      exchanges: [...new Set(group.map((overdue) => overdue.packet.exchange))],
      namespace: packet.namespace,
      params: { server: session.endpoint.origin, namespace: packet.namespace, wait: String(CONNECT_WAIT_MS / 1000) },
      evidence: [
        {
          exchange: packet.exchange,
          where: 'packet',
          name: `answer to CONNECT ${packet.namespace}`,
          expected: `CONNECT ${packet.namespace}`,
          actual: null,
        },
      ],
      fixes: answerConnect(sessionContext(session), packet.namespace),
    },
  ];
}

export const connectNotAcknowledged: Rule = {
  id: 'connect-not-acknowledged',
  severity: 'error',
  confidence: 'likely',
  rung: 10,
  page,
  check(endpoint) {
    const overdue = endpoint.sessions.flatMap((session) =>
      unansweredConnects(session.packets)
        .filter((packet) => isOverdue(packet, session, endpoint))
        .map((packet) => ({ session, packet })),
    );
    const names = new Set(overdue.map(({ packet }) => packet.namespace));
    return [...names].flatMap((name) => hitOf(overdue.filter(({ packet }) => packet.namespace === name)));
  },
  // A refusal is an answer, too.
  isOver: ({ namespaces }, _transport, namespace) =>
    namespaces.some(({ name, state }) => name === namespace && state !== 'connecting'),
};
