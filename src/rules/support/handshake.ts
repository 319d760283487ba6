/** What the server announced in its `open` packet. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Session } from '../../model/session.ts';
import {
  decodeBinaryPayload,
  decodeFrame,
  decodePollingBody,
  type OpenPacket,
  readOpenPacket,
} from '../../protocol/payload.ts';
import { observed } from './exchanges.ts';

/** The exchange that carried the `open` packet, and what it says. */
export interface Handshake {
  exchange: JudgedExchange;
  open: OpenPacket;
}

/** The session's handshake; null where its answer could not be read. */
export function handshakeOf(session: Session): Handshake | null {
  for (const exchange of observed(session)) {
    const open = exchange.target.sid === null ? openPacketOf(exchange) : null;
    if (open) return { exchange, open };
  }
  return null;
}

function openPacketOf(exchange: JudgedExchange): OpenPacket | null {
  const eio = exchange.target.eio ?? 4;
  if (exchange.kind === 'websocket') {
    const first = exchange.frames.find(({ direction, binary }) => direction === 'receive' && !binary);
    return first ? readOpenPacket(decodeFrame(first.data, eio) ?? undefined) : null;
  }
  const body = exchange.response?.body;
  if (exchange.kind !== 'polling' || exchange.method !== 'GET') return null;
  if (body?.state === 'text') return readOpenPacket(decodePollingBody(body.text, eio)?.[0]);
  return body?.state === 'binary' && eio === 3 ? readOpenPacket(decodeBinaryPayload(body.base64)?.[0]) : null;
}

/** `pingInterval` and `pingTimeout`, ms; null where the server's own were not seen. */
export function heartbeatOf(session: Session): { intervalMs: number; timeoutMs: number; patienceMs: number } | null {
  const open = handshakeOf(session)?.open;
  if (typeof open?.pingInterval !== 'number' || typeof open.pingTimeout !== 'number') return null;
  const { pingInterval: intervalMs, pingTimeout: timeoutMs } = open;
  return { intervalMs, timeoutMs, patienceMs: intervalMs + timeoutMs };
}
