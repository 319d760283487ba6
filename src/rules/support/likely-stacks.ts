/** Which stack the user probably has, as far as answers tell: its fix comes first, and the user may choose another. */
import type { Fix } from '../../model/finding.ts';
import { headerValue } from '../../model/headers.ts';
import type { Endpoint } from '../../model/session.ts';

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
const GROUPS: Readonly<Record<string, string>> = {
  ...group('server', [
    'node-v4',
    'node-v4-string',
    'node-v4-function',
    'node-v3',
    'node-v2',
    'express',
    'nestjs',
    'fastify',
    'next',
    'aiohttp',
    'asgi',
    'flask',
  ]),
  ...group('proxy', ['nginx', 'haproxy', 'apache', 'caddy', 'traefik', 'ingress-nginx', 'alb', 'heroku', 'cloudflare']),
};

function group(name: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, name]));
}

/** Ids of stacks, the likeliest first. */
export function likelyStacks({ sessions }: Endpoint): string[] {
  const headers = sessions.flatMap(({ exchanges }) => exchanges.map(({ response }) => response?.headers ?? []));
  const named = TELLING.flatMap(({ header, value, stacks }) =>
    headers.some((each) => value.test(headerValue(each, header) ?? '')) ? stacks : [],
  );
  return [...named, ...sessions.flatMap(({ server }) => (server ? ofServer(server) : []))];
}

function ofServer({ name, version }: { name: string; version: string | null }): string[] {
  if (name === 'python-socketio') return ['aiohttp', 'asgi', 'flask'];
  if (name !== 'Socket.IO (Node)') return [];
  return version === '3.x' ? ['node-v3'] : version === '<3' ? ['node-v2'] : ['node-v4'];
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
  return workaround ? id : (GROUPS[id] ?? id);
}
