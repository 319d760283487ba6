/** One Engine.IO packet of a connection, as the panel lists it. Not part of a report: it may hold the page's own data. */
import * as v from 'valibot';

export const packetSchema = v.object({
  /** Milliseconds since the epoch. */
  atMs: v.number(),
  direction: v.picklist(['send', 'receive']),
  transport: v.picklist(['polling', 'websocket']),
  /** Engine.IO packet type (https://socket.io/docs/v4/engine-io-protocol/#protocol). */
  engine: v.picklist(['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop']),
  /** Socket.IO packet type; null where the packet carries none. */
  socket: v.nullable(
    v.picklist(['CONNECT', 'DISCONNECT', 'EVENT', 'ACK', 'CONNECT_ERROR', 'BINARY_EVENT', 'BINARY_ACK']),
  ),
  namespace: v.nullable(v.string()),
  /** Name of an event. */
  event: v.nullable(v.string()),
  ackId: v.nullable(v.number()),
  binary: v.boolean(),
  /** Bytes of the packet's data, without the type digit. */
  size: v.number(),
  /** The data, cut to `MAX_PACKET_TEXT`; base64 where `binary`. */
  text: v.string(),
  /** Milliseconds since the packet that this one answers (a heartbeat's other half, an acknowledged event); null for none. */
  answersAfterMs: v.nullable(v.number()),
  exchange: v.string(),
});
export type ListedPacket = v.InferOutput<typeof packetSchema>;

/** UTF-16 units. */
export const MAX_PACKET_TEXT = 4_096;
