/**
 * Which end of a connection a fix changes, and whom it is for there, by the fix's id. Reports of other versions hold ids that
 * are not known here: of those nothing is said.
 */

/** `page`: the client, the page, whoever serves it, and the user's own machine. `around`: nothing is mended. */
export const SIDES = ['server', 'proxy', 'page', 'around'] as const;
export type Side = (typeof SIDES)[number];

export type Runtime = 'node' | 'python';

/** How a server is set up: of one rule these stand for each other. */
export const SETUPS: Readonly<Record<Runtime, readonly string[]>> = {
  node: ['node-v4', 'node-v4-string', 'node-v4-function', 'node-v3', 'node-v2', 'express', 'nestjs', 'fastify', 'next'],
  python: ['aiohttp', 'asgi', 'flask'],
};

/** What else a server of that kind alone can take. */
const IN_SERVER: Readonly<Record<Runtime, readonly string[]>> = {
  node: [
    'express-rate-limit',
    'express-session',
    'next-api',
    'node-cluster',
    'node-cluster-redis',
    'node-event-loop',
    'node-shutdown',
  ],
  python: ['python'],
};

/** Programs that stand before servers of any kind: these stand for each other, too. */
export const PROXIES: readonly string[] = [
  'nginx',
  'haproxy',
  'apache',
  'caddy',
  'traefik',
  'ingress-nginx',
  'alb',
  'heroku',
  'cloudflare',
];

const IDS: Readonly<Record<Exclude<Side, 'around'>, readonly string[]>> = {
  server: [
    ...SETUPS.node,
    ...SETUPS.python,
    ...IN_SERVER.node,
    ...IN_SERVER.python,
    // It need not be where Socket.IO is: Next.js stands before other servers, too.
    'next-config',
  ],
  proxy: [...PROXIES, 'nginx-page', 'vite', 'webpack'],
  page: [
    'browser-client',
    'browser-client-address',
    'browser-client-http',
    'browser-client-https',
    'browser-client-path',
    'browser-client-polling',
    'react',
    'service-worker',
    'csp',
    'helmet',
    'iframe',
    'serve',
    'mkcert',
    'chrome-setting',
    'terminal',
  ],
};

/** Of a fix, wherever it was read. */
interface Placed {
  id: string;
  workaround?: true | undefined;
}

/** The end that it changes; null where its id is not known. */
export function sideOf({ id, workaround }: Placed): Side | null {
  if (workaround) return 'around';
  return SIDES.find((side) => side !== 'around' && IDS[side].includes(id)) ?? null;
}

/** What the server has to run on to take the fix; null where that does not matter, or is not known. */
export function runtimeOf(id: string): Runtime | null {
  const isFor = (runtime: Runtime) => SETUPS[runtime].includes(id) || IN_SERVER[runtime].includes(id);
  if (isFor('node')) return 'node';
  return isFor('python') ? 'python' : null;
}

/** The stack that the user chose last on each side, by its name. */
export type ChosenStacks = Readonly<Record<Side, string | null>>;

export const NO_STACKS: ChosenStacks = { server: null, proxy: null, page: null, around: null };

/** The fix to open with: the first, or the one that stands for it on the stack that the user chose on that side. */
export function openingFix<F extends Placed & { stack: string }>(
  fixes: readonly F[],
  chosen: ChosenStacks,
): F | undefined {
  const [first] = fixes;
  const side = first ? sideOf(first) : null;
  if (side === null) return first;
  return fixes.find((fix) => sideOf(fix) === side && fix.stack === chosen[side]) ?? first;
}
