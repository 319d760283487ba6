/** The healthy matrix: which connections between real clients and real servers have to be found healthy. */
import type { ClientVersion } from '../lab/scenario.ts';

/** Every factor with its values. */
export const FACTORS = {
  client: [2, 3, 4],
  server: [2, 3, 4],
  transports: ['polling', 'websocket', 'both'],
  origin: ['same', 'cross', 'credentials'],
  route: ['direct', 'nginx', 'haproxy'],
} as const;

/** One connection: `origin: 'credentials'` is cross-origin, with cookies. */
export interface Case {
  client: ClientVersion;
  server: (typeof FACTORS.server)[number];
  transports: (typeof FACTORS.transports)[number];
  origin: (typeof FACTORS.origin)[number];
  route: (typeof FACTORS.route)[number];
}

/** Servers that a client can talk to; 2 to 3 and 4 with `allowEIO3`. Source: https://socket.io/docs/v4/client-installation/#version-compatibility */
const COMPATIBLE: Record<ClientVersion, readonly Case['server'][]> = { 2: [2, 3, 4], 3: [3, 4], 4: [3, 4] };

/** Every case there is. */
export const allCases: readonly Case[] = FACTORS.client.flatMap((client) =>
  COMPATIBLE[client].flatMap((server) =>
    FACTORS.transports.flatMap((transports) =>
      FACTORS.origin.flatMap((origin) => FACTORS.route.map((route) => ({ client, server, transports, origin, route }))),
    ),
  ),
);

/**
 * A choice in which every two values that occur together in `cases` do so: always the case next that brings most pairs that are not
 * there yet, the first of equals. The same for the same `cases`, in the same order.
 */
export function pairwise(cases: readonly Case[]): Case[] {
  const open = new Set(cases.flatMap(pairsOf));
  const chosen: Case[] = [];
  while (open.size > 0) {
    const gain = (one: Case) => pairsOf(one).filter((pair) => open.has(pair)).length;
    const best = cases.reduce((leader, one) => (gain(one) > gain(leader) ? one : leader));
    chosen.push(best);
    for (const pair of pairsOf(best)) open.delete(pair);
  }
  return chosen;
}

/** Every two values of a case. */
export function pairsOf(one: Case): string[] {
  const values = Object.entries(one).map(([factor, value]) => `${factor} ${value}`);
  return values.flatMap((first, index) => values.slice(index + 1).map((second) => `${first}, ${second}`));
}

/** `client-2-server-3-both-cross-nginx`: its name in the lab, and in the address of its page. */
export function idOf({ client, server, transports, origin, route }: Case): string {
  return `client-${client}-server-${server}-${transports}-${origin}-${route}`;
}
