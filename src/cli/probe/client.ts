/**
 * What a Socket.IO client asks, in its order, as long as the answers let it go on; then it says goodbye. Source: Engine.IO protocol
 * (https://socket.io/docs/v4/engine-io-protocol/) and engine.io-client.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECT_WAIT_MS, HANDSHAKE_WAIT_MS, UPGRADE_WAIT_MS } from '../../model/waits.ts';
import { decodeSocketPacket } from '../../protocol/packets.ts';
import {
  decodeFrame,
  decodePollingBody,
  type EnginePacket,
  type OpenPacket,
  readOpenPacket,
} from '../../protocol/payload.ts';
import type { Browser, Outcome } from './browser.ts';
import { isMixedContent } from './site.ts';
import { nowMs } from './wire.ts';
import type { WireSocket } from './wire-socket.ts';

export interface ClientPlan {
  /** `http(s)://host[:port]` of the server. */
  server: string;
  path: string;
  /** Further parameters of every URL, with `&` in front; or `''`. */
  query: string;
  eio: 3 | 4;
  /** The first is what it begins with; from polling it goes on to WebSocket, if the server offers it. */
  transports: 'polling,websocket' | 'polling' | 'websocket';
  namespace: string;
  /** JSON of the CONNECT packet's payload; null for none. */
  auth: string | null;
}

/** A rule that waits speaks once its time is over, so a little more than that is waited, ms. */
const MARGIN_MS = 300;
const ANSWER_PATIENCE_MS = HANDSHAKE_WAIT_MS + MARGIN_MS;
const CONNECT_PATIENCE_MS = CONNECT_WAIT_MS + MARGIN_MS;
const PROBE_PATIENCE_MS = UPGRADE_WAIT_MS + MARGIN_MS;

/** How long an upgraded connection is looked at, ms: some are cut at once. */
const LOOK_MS = 300;

/** An upgrade that fails leaves polling as it was: a request this much later shows that, ms. */
const WENT_ON_MS = 1_100;

/** How far an attempt came. */
export type Progress =
  /** No session: refused, hidden from the page, or no Engine.IO at all. */
  | 'not-opened'
  /** There was a session, and a request of it was refused. */
  | 'lost'
  | 'opened';

export interface Attempt {
  progress: Progress;
  /** What the handshake over polling was answered with. */
  handshake: Outcome | null;
}

/** Connects once, looks, and disconnects. */
export async function connectOnce(browser: Browser, plan: ClientPlan): Promise<Attempt> {
  // Of a WebSocket that a browser does not send nothing would be seen.
  const isSocket = plan.transports === 'websocket' && !isMixedContent(browser.origin, plan.server);
  if (isSocket) return { progress: await connectOverSocket(browser, plan), handshake: null };
  const handshake = await askHandshake(browser, plan, plan.eio);
  const open = openPacketOf(handshake, plan.eio);
  if (!open) return { progress: 'not-opened', handshake };
  const session = new PollingSession(browser, plan, open);
  return { progress: await session.run(), handshake };
}

/** A handshake under an origin or in a protocol revision that is not the client's; what it opens is closed again. */
export async function askBeside(browser: Browser, plan: ClientPlan, eio: 3 | 4, origin: string): Promise<Outcome> {
  const beside = { origin };
  const answer = await browser.ask({ url: pollingUrl(plan, eio, null), patienceMs: ANSWER_PATIENCE_MS, beside });
  const open = openPacketOf(answer, eio);
  const url = open && pollingUrl(plan, eio, open.sid);
  if (url)
    await browser.ask({ method: 'POST', url, body: payload(['1'], eio), patienceMs: ANSWER_PATIENCE_MS, beside });
  return answer;
}

/** The `open` packet that the page could read; null otherwise. */
export function openPacketOf(answer: Outcome, eio: number): OpenPacket | null {
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  return readOpenPacket(decodePollingBody(answer.text, eio)?.[0]);
}

function askHandshake(browser: Browser, plan: ClientPlan, eio: 3 | 4): Promise<Outcome> {
  return browser.ask({ url: pollingUrl(plan, eio, null), patienceMs: ANSWER_PATIENCE_MS });
}

let stamp = 0;

/** The client makes polling URLs unique, so that no cache answers them. */
function pollingUrl({ server, path, query }: ClientPlan, eio: number, sid: string | null): string {
  stamp += 1;
  const t = `${Date.now().toString(36)}${stamp.toString(36)}`.slice(-8);
  const session = sid === null ? '' : `&sid=${encodeURIComponent(sid)}`;
  return `${server}${path}?EIO=${eio}&transport=polling&t=${t}${session}${query}`;
}

function socketUrl({ server, path, query, eio }: ClientPlan, sid: string | null): string {
  const session = sid === null ? '' : `&sid=${encodeURIComponent(sid)}`;
  return `${server.replace(/^http/, 'ws')}${path}?EIO=${eio}&transport=websocket${session}${query}`;
}

/** Packets of one request, framed as the protocol revision has it. */
function payload(packets: readonly string[], eio: number): string {
  return eio === 3 ? packets.map((packet) => `${packet.length}:${packet}`).join('') : packets.join('\x1e');
}

/** A v2 server joins `/` by itself; since then every namespace is asked for. Null where nothing is to be asked. */
function connectPacket({ eio, namespace, auth }: ClientPlan): string | null {
  if (eio === 3 && namespace === '/') return null;
  const name = namespace === '/' ? '' : `${namespace},`;
  return `40${name}${eio === 4 ? (auth ?? '') : ''}`;
}

function goodbye({ namespace }: ClientPlan): string {
  return namespace === '/' ? '41' : `41${namespace},`;
}

/** What the server has said of the namespace. */
type Verdict = 'joined' | 'rejected';
/** Nothing of it: it kept silent, or spoke nonsense. `lost`: it refused a request. */
type Heard = Verdict | 'nothing' | 'lost';

/** A bare `40` is a v2 server's, on which a v4 client gives up: it counts as said. */
function verdictOf(packet: EnginePacket | null, plan: ClientPlan): Verdict | null {
  const said = packet && decodeSocketPacket(packet);
  if (said?.namespace !== plan.namespace.split('?')[0]) return null;
  if (said?.type === 'CONNECT_ERROR') return 'rejected';
  return said?.type === 'CONNECT' ? 'joined' : null;
}

/** A connection that began over polling. */
class PollingSession {
  constructor(
    private readonly browser: Browser,
    private readonly plan: ClientPlan,
    private readonly open: OpenPacket,
  ) {}

  async run(): Promise<Progress> {
    const heard = (await this.speak()) ? await this.listen() : 'lost';
    // The poll that was broken off took the session along.
    if (heard === 'nothing') return 'opened';
    if (heard === 'lost' || heard === 'rejected') {
      await this.post(['1']);
      return heard === 'lost' ? 'lost' : 'opened';
    }
    const mayUpgrade = this.plan.transports !== 'polling' && this.open.upgrades.includes('websocket');
    if (mayUpgrade && (await this.upgrade())) return 'opened';
    if (mayUpgrade) await sleep(WENT_ON_MS);
    await this.post([goodbye(this.plan), '1']);
    return 'opened';
  }

  /** The first follow-up. A v2 client has nothing to say yet but its heartbeat. */
  private async speak(): Promise<boolean> {
    const answer = await this.post([connectPacket(this.plan) ?? '2']);
    return answer.kind === 'answered' && answer.status === 200;
  }

  /** The second: polls until the namespace is joined or refused. */
  private async listen(): Promise<Heard> {
    const deadlineMs = nowMs() + CONNECT_PATIENCE_MS;
    while (nowMs() < deadlineMs) {
      const url = pollingUrl(this.plan, this.plan.eio, this.open.sid);
      const answer = await this.browser.ask({ url, patienceMs: deadlineMs - nowMs() });
      if (answer.kind === 'pending') return 'nothing';
      if (answer.kind !== 'answered' || answer.status !== 200) return 'lost';
      const packets = decodePollingBody(answer.text, this.plan.eio);
      if (packets === null || packets.some(({ type }) => type === 'close')) return 'nothing';
      const verdict = packets.map((packet) => this.verdictOf(packet)).find((found) => found !== null);
      if (verdict) return verdict;
      if (packets.some(({ type }) => type === 'ping')) await this.post(['3']);
    }
    return 'nothing';
  }

  private verdictOf(packet: EnginePacket): Verdict | null {
    if (connectPacket(this.plan) !== null) return verdictOf(packet, this.plan);
    return packet.type === 'pong' ? 'joined' : null;
  }

  /** Whether the connection has moved to the WebSocket, and was closed there. */
  private upgrade(): Promise<boolean> {
    return this.browser.withSocket(socketUrl(this.plan, this.open.sid), ANSWER_PATIENCE_MS, async (socket) => {
      if (socket.answer === null || socket.hasEnded) return false;
      socket.send('2probe');
      if ((await socket.next(PROBE_PATIENCE_MS)) !== '3probe') return false;
      socket.send('5');
      await stay(socket, LOOK_MS);
      socket.send(goodbye(this.plan));
      return true;
    });
  }

  private post(packets: string[]): Promise<Outcome> {
    const url = pollingUrl(this.plan, this.plan.eio, this.open.sid);
    const body = payload(packets, this.plan.eio);
    return this.browser.ask({ method: 'POST', url, body, patienceMs: ANSWER_PATIENCE_MS });
  }
}

/** A connection of a client that uses WebSocket alone. */
function connectOverSocket(browser: Browser, plan: ClientPlan): Promise<Progress> {
  return browser.withSocket(socketUrl(plan, null), ANSWER_PATIENCE_MS, async (socket) => {
    if (socket.answer === null || socket.hasEnded) return 'not-opened';
    const first = await socket.next(ANSWER_PATIENCE_MS);
    if (first === null || readOpenPacket(decodeFrame(first, plan.eio) ?? undefined) === null) return 'not-opened';
    const connect = connectPacket(plan);
    if (connect !== null) socket.send(connect);
    if ((await awaitVerdict(socket, plan)) !== 'joined') return 'opened';
    await stay(socket, LOOK_MS);
    socket.send(goodbye(plan));
    return 'opened';
  });
}

async function awaitVerdict(socket: WireSocket, plan: ClientPlan): Promise<Verdict | null> {
  const deadlineMs = nowMs() + CONNECT_PATIENCE_MS;
  while (nowMs() < deadlineMs) {
    const text = await socket.next(deadlineMs - nowMs());
    const verdict = text === null ? null : verdictOf(decodeFrame(text, plan.eio), plan);
    if (text === null || verdict) return verdict;
    if (text === '2') socket.send('3');
  }
  return null;
}

/** Listens for a while, and answers heartbeats. */
async function stay(socket: WireSocket, forMs: number): Promise<void> {
  const deadlineMs = nowMs() + forMs;
  while (nowMs() < deadlineMs) {
    const text = await socket.next(deadlineMs - nowMs());
    if (text === null) return;
    if (text === '2') socket.send('3');
  }
}
