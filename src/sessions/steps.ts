/** The timeline of a session in words: one step for each thing that happened to it. */
import type { JudgedExchange } from '../model/exchange.ts';
import type { SeenPacket, Step, StepKind, StepOutcome } from '../model/session.ts';
import { isOpenedSocket } from '../model/web-socket.ts';
import { connectErrorMessage } from '../protocol/packets.ts';
import { openPacketOf } from './group.ts';
import type { SeenEnginePacket } from './packets.ts';

/** Describes what happened, in order of time. Runs of successful polls, sends and heartbeats are one step each. */
export function describeSteps(
  exchanges: readonly JudgedExchange[],
  engine: readonly SeenEnginePacket[],
  packets: readonly SeenPacket[],
  opened: boolean,
): Step[] {
  const preflights = exchanges.filter((exchange) => exchange.kind === 'preflight');
  const requests = exchanges.filter((exchange) => exchange.kind !== 'preflight');
  const taken = new Set<string>();
  const steps = requests.flatMap((request) => {
    const preflight = preflights.find((candidate) => candidate.url === request.url && !taken.has(candidate.key));
    if (preflight) taken.add(preflight.key);
    return requestSteps(request, preflight, opened);
  });
  const alone = preflights
    .filter((preflight) => !taken.has(preflight.key))
    .map((preflight) => preflightStep(preflight, null));
  const all = [
    ...steps,
    ...alone,
    ...connectSteps(packets),
    ...heartbeatSteps(engine),
    ...closeSteps(engine, exchanges),
  ];
  return joinRuns(all.sort((a, b) => a.atMs - b.atMs));
}

/** A preflight and its request are one step, which the preflight names when it is the one that failed. */
function requestSteps(request: JudgedExchange, preflight: JudgedExchange | undefined, opened: boolean): Step[] {
  if (preflight && preflight.cors.verdict !== 'pass' && request.outcome === 'failed')
    return [preflightStep(preflight, request)];
  const step = requestStep(request, opened);
  if (preflight) {
    step.exchanges.unshift(preflight.key);
    step.text = `Preflight (OPTIONS) answered ${preflight.response?.status ?? 'nothing'} and allowed it. ${step.text}`;
  }
  return request.kind === 'websocket' ? [step, ...probeSteps(request)] : [step];
}

function preflightStep(preflight: JudgedExchange, request: JudgedExchange | null): Step {
  const status = preflight.response?.status;
  const failed = request !== null || preflight.cors.verdict !== 'pass';
  const answer = status === undefined ? `got no answer${errorText(preflight)}` : `was answered ${status}`;
  return {
    kind: 'preflight',
    outcome: failed ? 'failed' : 'ok',
    exchanges: [preflight.key, ...(request ? [request.key] : [])],
    atMs: Math.min(preflight.startedMs, request?.startedMs ?? preflight.startedMs),
    text: failed
      ? `Preflight (OPTIONS) ${answer}, so the browser did not send the ${requestedMethod(preflight, request)}.`
      : `Preflight (OPTIONS) ${answer} and allowed the request.`,
  };
}

function requestedMethod(preflight: JudgedExchange, request: JudgedExchange | null): string {
  const asked = preflight.requestHeaders.find(
    (header) => header.name.toLowerCase() === 'access-control-request-method',
  );
  return asked?.value ?? request?.method ?? 'request';
}

const REQUEST_WORDS: Record<'handshake' | 'poll' | 'send' | 'upgrade', string> = {
  handshake: 'Handshake',
  poll: 'Poll',
  send: 'Send',
  upgrade: 'Upgrade to WebSocket',
};

function requestStep(request: JudgedExchange, opened: boolean): Step {
  const kind = requestKind(request);
  const outcome = requestOutcome(request, opened);
  return {
    kind,
    outcome,
    exchanges: [request.key],
    atMs: request.startedMs,
    text: `${REQUEST_WORDS[kind]} (${request.kind === 'websocket' ? 'WebSocket' : request.method}) ${answerText(request, outcome)}.`,
  };
}

function requestKind(request: JudgedExchange): 'handshake' | 'poll' | 'send' | 'upgrade' {
  if (request.target.sid === null) return 'handshake';
  if (request.kind === 'websocket') return 'upgrade';
  return request.method === 'POST' ? 'send' : 'poll';
}

function requestOutcome(request: JudgedExchange, opened: boolean): StepOutcome {
  if (request.outcome === 'pending') return 'pending';
  if (request.outcome === 'blocked' || request.outcome === 'failed' || request.cors.verdict === 'fail') return 'failed';
  const status = request.response?.status ?? 0;
  if (request.kind === 'websocket') return isOpenedSocket(request) ? 'ok' : 'failed';
  // Revalidated: the page gets the answer that the browser has kept.
  if (status >= 300 && status !== 304) return 'failed';
  if (request.target.sid !== null) return 'ok';
  if (openPacketOf(request)) return opened ? 'ok' : request.cors.verdict === 'unknown' ? 'hidden' : 'failed';
  const isRead = ['text', 'empty'].includes(request.response?.body.state ?? '');
  return isRead ? 'failed' : opened ? 'ok' : 'hidden';
}

function answerText(request: JudgedExchange, outcome: StepOutcome): string {
  const status = request.response?.status;
  if (outcome === 'pending') return 'is waiting for an answer';
  const refused = refusedStatus(request);
  if (refused !== null) return `was answered ${refused} instead of 101`;
  if (status === undefined) return `got no answer${errorText(request)}`;
  if (request.outcome === 'blocked' || request.cors.verdict === 'fail') {
    return `was answered ${status}, but the browser withheld the answer from the page`;
  }
  if (outcome === 'failed' && status === 200)
    return 'was answered 200 with something that is not an Engine.IO handshake';
  if (outcome === 'hidden' && openPacketOf(request))
    return `was answered ${status}; whether the page could read the answer cannot be told`;
  return outcome === 'hidden'
    ? `was answered ${status}; what the answer says was not captured`
    : `was answered ${status}`;
}

/** The status of a refused upgrade: Firefox keeps it, Chromium names it in its error text; null when neither does. */
function refusedStatus(request: JudgedExchange): string | null {
  if (request.kind !== 'websocket') return null;
  const status = request.response?.status;
  if (status !== undefined) return isOpenedSocket(request) ? null : String(status);
  return request.socketErrors.map((text) => /Unexpected response code: (\d{3})/.exec(text)?.[1]).find(Boolean) ?? null;
}

function errorText(exchange: JudgedExchange): string {
  const text = exchange.socketErrors.find((error) => error !== '') ?? exchange.error;
  if (text) return ` (${text})`;
  if (exchange.socketErrors.includes('')) return ' (the browser withholds the reason)';
  return exchange.error === '' ? ' (the browser itself refused to send it)' : '';
}

function probeSteps(request: JudgedExchange): Step[] {
  const probe = request.frames.find((frame) => frame.direction === 'send' && frame.data === '2probe');
  if (!probe) return [];
  const answered = request.frames.some((frame) => frame.direction === 'receive' && frame.data === '3probe');
  const outcome: StepOutcome = answered ? 'ok' : request.ended ? 'failed' : 'pending';
  const text = answered
    ? 'The probe came back: the connection moves to WebSocket.'
    : 'The probe did not come back over WebSocket.';
  return [{ kind: 'probe', outcome, exchanges: [request.key], atMs: probe.atMs, text }];
}

function connectSteps(packets: readonly SeenPacket[]): Step[] {
  return packets.flatMap((packet): Step[] => {
    const step = (outcome: StepOutcome, text: string): Step[] => [
      { kind: 'connect', outcome, exchanges: [packet.exchange], atMs: packet.atMs, text },
    ];
    if (packet.direction !== 'receive') return [];
    if (packet.type === 'CONNECT') return step('ok', `Joined namespace ${packet.namespace}.`);
    if (packet.type !== 'CONNECT_ERROR') return [];
    return step('failed', `The server refused namespace ${packet.namespace}: “${connectErrorMessage(packet.data)}”.`);
  });
}

function heartbeatSteps(engine: readonly SeenEnginePacket[]): Step[] {
  return engine
    .filter((packet) => packet.type === 'ping' && packet.data !== 'probe')
    .map((packet) => ({
      kind: 'heartbeat',
      outcome: 'ok',
      exchanges: [packet.exchange],
      atMs: packet.atMs,
      text: `Heartbeat: the ${packet.direction === 'send' ? 'client' : 'server'} pinged.`,
    }));
}

function closeSteps(engine: readonly SeenEnginePacket[], exchanges: readonly JudgedExchange[]): Step[] {
  const close = engine.find((packet) => packet.type === 'close');
  const step = (exchange: string, atMs: number, text: string): Step => ({
    kind: 'close',
    outcome: 'ok',
    exchanges: [exchange],
    atMs,
    text,
  });
  if (close)
    return [
      step(
        close.exchange,
        close.atMs,
        `The ${close.direction === 'send' ? 'client' : 'server'} closed the connection.`,
      ),
    ];
  const socket = exchanges.find((exchange) => isOpenedSocket(exchange) && exchange.ended);
  return socket ? [step(socket.key, socket.startedMs + (socket.durationMs ?? 0), 'The WebSocket closed.')] : [];
}

const FOLDABLE = new Set<StepKind>(['poll', 'send', 'heartbeat']);
const RUN_WORDS: Partial<Record<StepKind, string>> = {
  poll: 'polls answered',
  send: 'sends answered',
  heartbeat: 'heartbeats',
};

/** A healthy connection polls for hours: a run of alike successes reads better as one line. */
function joinRuns(steps: Step[]): Step[] {
  const joined: (Step & { count: number })[] = [];
  for (const step of steps) {
    const last = joined.at(-1);
    if (last && last.kind === step.kind && step.outcome === 'ok' && last.outcome === 'ok' && FOLDABLE.has(step.kind)) {
      last.count += 1;
      last.exchanges = [...new Set([...last.exchanges, ...step.exchanges])];
      last.text = `${last.count} ${RUN_WORDS[step.kind]}.`;
    } else {
      joined.push({ ...step, count: 1 });
    }
  }
  return joined.map(({ count: _, ...step }) => step);
}
