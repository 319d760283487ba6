import type { OpenPacket } from './payload.ts';

/** What kind of server answered, as far as its own wire habits tell. */
export interface ServerFingerprint {
  /** `Socket.IO (Node)`, `python-socketio`, ... */
  name: string;
  /** A range such as `>=4.5`; null when only the implementation is known. */
  version: string | null;
}

/** What is known of the server beside its `open` packet. */
export interface ServerHabits {
  /** Protocol revision that the client asked for and got. */
  eio: number;
  /** Whether the handshake set the cookie `io`. */
  setsIoCookie: boolean;
  /** `Server` header of the handshake. */
  server: string | null;
  /** Whether a 101 carried `Access-Control-Allow-Origin`. */
  hasCorsOnUpgrade: boolean;
}

/** What engine.io's and python-engineio's ids look like: 15 bytes in base64 (engine.io `lib/server.ts`, base64id). */
const USUAL_SID = /^[\w-]{20}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The report's stand-in for a sid tells nothing of its form. */
const HIDDEN_SID = /redacted/;

/**
 * Reads the server's kind and version off its `open` packet and headers. Settings can be changed, so a range is only narrowed
 * by what the code of a version always writes: `maxPayload` came with 4.5, CORS headers on the 101 with 4.6, python-engineio
 * writes `pingTimeout` before `pingInterval`, netty-socketio's ids are UUIDs. An id of another form may be any server's.
 */
export function fingerprint(open: OpenPacket, habits: ServerHabits): ServerFingerprint {
  if (habits.server?.startsWith('netty-socketio') || UUID.test(open.sid))
    return { name: 'netty-socketio', version: null };
  const [timeout, interval] = [open.keys.indexOf('pingTimeout'), open.keys.indexOf('pingInterval')];
  // Node and Python always write both: the order of what is not there tells nothing.
  if (timeout < 0 || interval < 0) return { name: 'Socket.IO', version: null };
  if (timeout < interval) return { name: 'python-socketio', version: null };
  if (!USUAL_SID.test(open.sid) && !HIDDEN_SID.test(open.sid)) return { name: 'Socket.IO', version: null };
  return { name: 'Socket.IO (Node)', version: nodeVersion(open, habits) };
}

function nodeVersion({ maxPayload, pingTimeout }: OpenPacket, habits: ServerHabits): string | null {
  if (maxPayload !== null) return habits.hasCorsOnUpgrade ? '>=4.6' : '>=4.5';
  if (habits.eio === 4) return pingTimeout === 5000 ? '3.x' : '>=3 <4.5';
  return habits.setsIoCookie ? '<3' : null;
}
