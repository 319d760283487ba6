import type { ServerFingerprint } from '../protocol/fingerprint.ts';
import type { SocketPacket } from '../protocol/packets.ts';
import type { CallSite, JudgedExchange } from './exchange.ts';

export type StepKind =
  | 'preflight'
  | 'handshake'
  | 'poll'
  | 'send'
  | 'upgrade'
  | 'probe'
  | 'connect'
  | 'heartbeat'
  | 'close';
export type StepOutcome = 'ok' | 'failed' | 'pending' | 'hidden';

/** One thing that happened to a connection, in words. A preflight and its request are two exchanges and one step. */
export interface Step {
  kind: StepKind;
  outcome: StepOutcome;
  exchanges: string[];
  atMs: number;
  /** One plain sentence in the field's terms. */
  text: string;
}

export interface NamespaceState {
  name: string;
  state: 'connecting' | 'connected' | 'rejected' | 'disconnected';
  /** Message of the CONNECT_ERROR, when there was one. */
  message: string | null;
}

/** A Socket.IO packet, where and when it was seen. */
export interface SeenPacket extends SocketPacket {
  direction: 'send' | 'receive';
  atMs: number;
  exchange: string;
}

export type SessionState = 'connecting' | 'connected' | 'failed' | 'closed';

/**
 * One connection attempt: handshake, polls, posts, preflights, upgrade and close, found by sid, endpoint, page and time.
 * Attempts that fail alike are folded into one.
 */
export interface Session {
  key: string;
  endpoint: EndpointRef;
  sid: string | null;
  eio: number | null;
  /** The transport in use (or last in use); null when none ever carried a packet. */
  transport: 'polling' | 'websocket' | 'webtransport' | null;
  state: SessionState;
  /** Whether the Engine.IO session was ever open: the server's `open` packet reached the client. */
  opened: boolean;
  /** Identical failed attempts folded into this one, itself included. */
  attempts: number;
  startedMs: number;
  /** Null while something is under way. */
  endedMs: number | null;
  lastActivityMs: number;
  pageUrl: string | null;
  server: ServerFingerprint | null;
  /** What the client's `connect_error` says in this case; null when it says nothing (connected, or still waiting). */
  clientError: string | null;
  callSite: CallSite | null;
  namespaces: NamespaceState[];
  packets: SeenPacket[];
  steps: Step[];
  /** In order of their start. A folded session keeps those of every attempt. */
  exchanges: JudgedExchange[];
  /** Those of the attempt that stands for the folded ones (the latest). */
  latest: JudgedExchange[];
}

export interface EndpointRef {
  key: string;
  /** `http://localhost:3001/socket.io/` */
  url: string;
  origin: string;
  path: string;
  pageOrigin: string | null;
}

/** Another answer of the same server that names an allowed origin, seen beside the Engine.IO traffic: a REST route, a 404 page. */
export interface Neighbour {
  url: string;
  status: number;
  /** The `Access-Control-Allow-Origin` it carries. */
  allowOrigin: string;
}

/** A document of the page: its policies decide what the page may connect to. */
export interface PageDocument {
  /** Without query and fragment. */
  url: string;
  startedMs: number;
  /** Its `Content-Security-Policy`, from header and markup, as far as it decides about connections; `''` when it has none. */
  policy: string;
}

/** A redirect of another path or server that led to this one. */
export interface Arrival {
  /** The address that was asked. */
  from: string;
  status: number;
  to: string;
  atMs: number;
}

/** All that is known of one server path as used by one page: what a rule is given. */
export interface Endpoint extends EndpointRef {
  /** In order of their start. */
  sessions: Session[];
  /** Answers of the same server to the same page beside Engine.IO, those that carry `Access-Control-Allow-Origin`. */
  neighbours: Neighbour[];
  /** What a probe asked beside the client's requests: from another page, or in another protocol revision. */
  beside: JudgedExchange[];
  /** Documents of the page's origin that were seen, in order of time. */
  documents: PageDocument[];
  /** Redirects from elsewhere to this endpoint, in order of time. */
  arrivals: Arrival[];
  /** The capture's clock, ms since the epoch: what has not come by then is judged as not come yet. */
  nowMs: number;
}
