import type { OpenPacket } from './payload.ts';

/** What kind of server answered, as far as its own wire habits tell. */
export interface ServerFingerprint {
  /** `Socket.IO (Node)`, `python-socketio`, ... */
  name: string;
  /** A range such as `>=4.5`; null when only the implementation is known. */
  version: string | null;
}

/**
 * Reads the server's kind and version off its `open` packet. Settings can be changed, so a range is only narrowed by what
 * the code of a version always writes: `maxPayload` came with 4.5, python-engineio writes `pingTimeout` before `pingInterval`.
 *
 * @param eio the protocol revision that the client asked for and got
 */
export function fingerprint(open: OpenPacket, eio: number, setsIoCookie: boolean): ServerFingerprint {
  if (open.keys.indexOf('pingTimeout') < open.keys.indexOf('pingInterval'))
    return { name: 'python-socketio', version: null };
  if (open.maxPayload !== null) return { name: 'Socket.IO (Node)', version: '>=4.5' };
  if (eio === 4) return { name: 'Socket.IO (Node)', version: open.pingTimeout === 5000 ? '3.x' : '>=3 <4.5' };
  return { name: 'Socket.IO (Node)', version: setsIoCookie ? '<3' : null };
}
