/** Which stack the user probably has, as far as answers tell: its fix comes first, and the user may choose another. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Fix } from '../../model/finding.ts';
import { headerValue } from '../../model/headers.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { PROXIES, type Runtime, runtimeOf, SETUPS } from '../../model/sides.ts';
import { engineError } from './engine-errors.ts';
import { bodyText, isSuccess, mayBeEngineIo, mediaType, statusOf } from './exchanges.ts';

type Fingerprint = NonNullable<Session['server']>;

/** Headers that name a stack, or several that look alike. The first that matches counts for its group. */
const TELLING: readonly { header: string; value: RegExp; stacks: readonly string[] }[] = [
  { header: 'Server', value: /uvicorn|hypercorn|daphne/i, stacks: ['asgi'] },
  { header: 'Server', value: /aiohttp/i, stacks: ['aiohttp'] },
  { header: 'Server', value: /werkzeug|gunicorn|gevent|eventlet/i, stacks: ['flask'] },
  { header: 'X-Powered-By', value: /next\.js/i, stacks: ['next'] },
  { header: 'X-Powered-By', value: /express/i, stacks: ['express', 'nestjs'] },
  { header: 'Server', value: /^(nginx|openresty)/i, stacks: ['nginx', 'ingress-nginx'] },
  { header: 'Server', value: /^apache/i, stacks: ['apache'] },
  { header: 'Server', value: /caddy/i, stacks: ['caddy'] },
  { header: 'Via', value: /caddy/i, stacks: ['caddy'] },
  { header: 'Server', value: /^awselb/i, stacks: ['alb'] },
  { header: 'Via', value: /vegur|heroku/i, stacks: ['heroku'] },
  { header: 'Server', value: /^cloudflare/i, stacks: ['cloudflare'] },
];

/** Fixes of one group stand for each other; which group comes first is the rule's to say. */
const GROUPS: readonly (readonly string[])[] = [[...SETUPS.node, ...SETUPS.python], PROXIES];

/** Ids of stacks, the likeliest first. */
export function likelyStacks(endpoint: Endpoint): string[] {
  return [...stacksInHeaders(endpoint), ...fingerprints(endpoint).flatMap(setupsOf)];
}

/** Every finding asks, and long captures have thousands of answers. */
const inHeaders = new WeakMap<Endpoint, string[]>();

/** Those that headers name, and no `open` packet contradicts. */
export function stacksInHeaders(endpoint: Endpoint): string[] {
  const stacks = inHeaders.get(endpoint) ?? readStacks(endpoint);
  inHeaders.set(endpoint, stacks);
  return stacks;
}

function readStacks(endpoint: Endpoint): string[] {
  const servers = fingerprints(endpoint);
  const answers = endpoint.sessions.flatMap(({ exchanges }) => exchanges.filter(({ response }) => response !== null));
  const named = TELLING.flatMap(({ header, value, stacks }) =>
    answers.some((answer) => value.test(namedIn(answer, header))) ? stacks : [],
  );
  return named.filter((id) => servers.length === 0 || servers.some((server) => fits(id, server)));
}

/**
 * Engine.IO answers before Express and Next.js see the request (engine.io `lib/server.ts`, `attach`): on an answer of its own,
 * their header is that of a gateway or of a development server before it.
 */
function namedIn(answer: JudgedExchange, header: string): string {
  const value = headerValue(answer.response?.headers ?? [], header) ?? '';
  return value !== '' && header === 'X-Powered-By' && isEngineAnswer(answer) ? '' : value;
}

function isEngineAnswer(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling') return exchange.kind === 'websocket' && statusOf(exchange) === 101;
  if (!isSuccess(exchange)) return /^\d$/.test(String(engineError(exchange)?.code));
  const isKnown = exchange.target.sid !== null || bodyText(exchange) !== null || mediaType(exchange) === 'text/plain';
  return isKnown && mayBeEngineIo(exchange);
}

function fingerprints({ sessions }: Endpoint): Fingerprint[] {
  return sessions.flatMap(({ server }) => server ?? []);
}

function setupsOf({ name, version }: Fingerprint): readonly string[] {
  if (name === 'python-socketio') return SETUPS.python;
  if (name !== 'Socket.IO (Node)') return [];
  return version === '3.x' ? ['node-v3'] : version === '<3' ? ['node-v2'] : ['node-v4'];
}

/** Whether a server of that kind, and of that age, may be set up so. The frameworks' own texts are for v4. */
function fits(id: string, server: Fingerprint): boolean {
  const runtime = runtimeOf(id);
  if (runtime === null || runtimeOfServer(server) === null) return true;
  const [setup = ''] = setupsOf(server);
  return runtime === runtimeOfServer(server) && ((setup !== 'node-v2' && setup !== 'node-v3') || id === setup);
}

function runtimeOfServer({ name }: Fingerprint): Runtime | null {
  if (name === 'python-socketio') return 'python';
  return name === 'Socket.IO (Node)' ? 'node' : null;
}

/** What every `open` packet of the endpoint says that it runs on; null where there is none, or they do not agree. */
export function runtimeSeen(endpoint: Endpoint): Runtime | null {
  const [first, ...others] = new Set(fingerprints(endpoint).map(runtimeOfServer));
  return others.length === 0 ? (first ?? null) : null;
}

/** The fixes that such a server can take. A header is no reason to leave one out: it may be another's, or wrong. */
export function fixesFor(runtime: Runtime | null, fixes: readonly Fix[]): Fix[] {
  const fitting = fixes.filter(({ id }) => runtime === null || (runtimeOf(id) ?? runtime) === runtime);
  // A fault that only the other kind has shows that the server is another by now.
  return fitting.length > 0 ? fitting : [...fixes];
}

/** The fixes, those of likely stacks first among their like. */
export function byLikelihood(fixes: readonly Fix[], likely: readonly string[]): Fix[] {
  const rank = ({ id }: Fix) => (likely.includes(id) ? likely.indexOf(id) : likely.length);
  const queues = new Map<string, Fix[]>();
  for (const fix of fixes) queues.set(groupOf(fix), [...(queues.get(groupOf(fix)) ?? []), fix]);
  for (const queue of queues.values()) queue.sort((a, b) => rank(a) - rank(b));
  return fixes.flatMap((fix) => queues.get(groupOf(fix))?.shift() ?? []);
}

/** What goes around the fault stands for nothing else. */
function groupOf({ id, workaround }: Fix): string {
  const group = GROUPS.findIndex((ids) => ids.includes(id));
  return workaround || group < 0 ? id : `group ${group}`;
}
