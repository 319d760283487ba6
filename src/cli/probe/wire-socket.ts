/** One WebSocket on the wire, and what Chromium's DevTools would show of it. */
import type { ClientRequest } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import type { ProbeAnswer } from '../../capture/probe.ts';
import type { HarHeader, HarWebSocketMessage } from '../../model/har.ts';
import { chromiumSocketError } from './net-errors.ts';
import { headOf, lookup, MAX_BODY, nowMs, type WireRequest } from './wire.ts';

/** A WebSocket, or what became of the attempt to open one. */
export interface WireSocket {
  /** What was sent, with the headers that the handshake adds. */
  readonly headers: HarHeader[];
  /** The 101; null where the handshake failed or got no answer. */
  readonly answer: ProbeAnswer | null;
  /** Frames and error texts so far. */
  readonly messages: HarWebSocketMessage[];
  readonly hasEnded: boolean;
  /** When the handshake was sent, and when it was over; ms since the epoch, null while it is open. */
  readonly startedMs: number;
  readonly endedMs: number | null;
  send(text: string): void;
  /** The next text from the server that was not given out yet; null when none comes in time, or none will. */
  next(patienceMs: number): Promise<string | null>;
  close(): Promise<void>;
}

/** How long the server has to close its side, ms. */
const CLOSE_MS = 500;

/** Opens a WebSocket; resolves once it is open, has failed, or has kept the probe waiting too long. */
export function openWireSocket(request: WireRequest): Promise<WireSocket> {
  const line = new Line(request);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      line.giveUp();
      resolve(line);
    }, request.patienceMs);
    line.whenDecided(() => {
      clearTimeout(timer);
      resolve(line);
    });
  });
}

class Line implements WireSocket {
  headers: HarHeader[];
  answer: ProbeAnswer | null = null;
  messages: HarWebSocketMessage[] = [];
  startedMs = nowMs();
  endedMs: number | null = null;
  private isConnected = false;
  private readonly inbox: string[] = [];
  private readonly socket: WebSocket;
  private wake = () => {};

  constructor({ url, headers }: WireRequest) {
    this.headers = headers;
    this.socket = new WebSocket(url, {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      agent: false,
      lookup,
      maxPayload: MAX_BODY,
      finishRequest: (request) => this.sent(request),
    });
    this.socket.on('upgrade', (response) => {
      this.answer = headOf(response);
    });
    this.socket.on('message', (data, isBinary) => this.received(bytesOf(data), isBinary));
    this.socket.on('unexpected-response', (request, response) => {
      this.fail(`Error during WebSocket handshake: Unexpected response code: ${response.statusCode}`);
      request.destroy();
    });
    this.socket.on('error', (error) => this.fail(chromiumSocketError(error, this.isConnected)));
    this.socket.on('close', () => this.end());
  }

  whenDecided(then: () => void): void {
    this.socket.once('open', then);
    this.socket.once('unexpected-response', then);
    this.socket.once('error', then);
  }

  send(text: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.note('send', 1, text);
    this.socket.send(text);
  }

  async next(patienceMs: number): Promise<string | null> {
    const deadlineMs = nowMs() + patienceMs;
    while (this.inbox.length === 0 && !this.hasEnded && nowMs() < deadlineMs) await this.news(deadlineMs - nowMs());
    return this.inbox.shift() ?? null;
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    this.socket.close();
    await this.news(CLOSE_MS);
    this.socket.terminate();
    this.end();
  }

  get hasEnded(): boolean {
    return this.endedMs !== null;
  }

  /** What the probe itself breaks off is no failure. */
  giveUp(): void {
    this.end();
    this.socket.terminate();
  }

  private news(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private sent(request: ClientRequest): void {
    this.headers = request.getRawHeaderNames().map((name) => ({ name, value: String(request.getHeader(name)) }));
    request.on('socket', (wire) => {
      wire.once('connect', () => {
        this.isConnected = true;
      });
    });
    // What came before is the probe's own time.
    this.startedMs = nowMs();
    request.end();
  }

  private received(bytes: Buffer, isBinary: boolean): void {
    this.note('receive', isBinary ? 2 : 1, bytes.toString(isBinary ? 'base64' : 'utf8'));
    if (!isBinary) this.inbox.push(bytes.toString('utf8'));
    this.wake();
  }

  private fail(text: string): void {
    if (this.hasEnded) return;
    this.note('error', -1, text);
    this.end();
  }

  private end(): void {
    this.endedMs ??= nowMs();
    this.wake();
  }

  private note(type: HarWebSocketMessage['type'], opcode: number, data: string): void {
    this.messages.push({ type, opcode, data, time: nowMs() / 1000 });
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
