import type { Hit } from '../../model/finding.ts';
import type { Endpoint, SeenPacket, Session } from '../../model/session.ts';
import { connectErrorMessage } from '../../protocol/packets.ts';

/** A CONNECT_ERROR that stands: the namespace was not joined afterwards in the same session. */
export interface Refusal {
  session: Session;
  packet: SeenPacket;
  message: string;
}

/** The refusals of an endpoint in order of time. */
export function refusals(endpoint: Endpoint): Refusal[] {
  return endpoint.sessions
    .flatMap((session) =>
      session.packets
        .filter(
          (packet) => packet.type === 'CONNECT_ERROR' && packet.direction === 'receive' && stands(session, packet),
        )
        .map((packet) => ({ session, packet, message: connectErrorMessage(packet.data) })),
    )
    .sort((a, b) => a.packet.atMs - b.packet.atMs);
}

function stands(session: Session, { namespace }: SeenPacket): boolean {
  return !session.namespaces.some(({ name, state }) => name === namespace && state !== 'rejected');
}

/**
 * Whether the server does not know the namespace. Node says so in words (socket.io `lib/client.ts`); python-socketio sends
 * this bare string, and only in that case.
 */
export function isUnknownNamespace({ packet, message }: Refusal): boolean {
  return message === 'Invalid namespace' || packet.data === 'Unable to connect';
}

/** One hit for each namespace; its latest refusal gives the values. */
export function hitPerNamespace(
  seen: readonly Refusal[],
  describe: (latest: Refusal) => Omit<Hit, 'sessions' | 'exchanges' | 'evidence'>,
): Hit[] {
  const byNamespace = new Map<string, Refusal[]>();
  for (const refusal of seen) {
    const { namespace } = refusal.packet;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), refusal]);
  }
  return [...byNamespace.values()].flatMap((group) => {
    const latest = group.at(-1);
    if (!latest) return [];
    return [
      {
        ...describe(latest),
        namespace: latest.packet.namespace,
        sessions: [...new Set(group.map(({ session }) => session.key))],
        exchanges: [...new Set(group.map(({ packet }) => packet.exchange))],
        evidence: [packetEvidence(latest)],
      },
    ];
  });
}

function packetEvidence({ packet, message }: Refusal): Hit['evidence'][number] {
  const name = `CONNECT_ERROR ${packet.namespace}`;
  return { exchange: packet.exchange, where: 'packet', name, expected: `CONNECT ${packet.namespace}`, actual: message };
}
