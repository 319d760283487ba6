/** Cookies by which a load balancer knows a client again, and which do not come back. */
import { startHaproxy } from '../../lab/haproxy.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startNodes } from '../../lab/servers.ts';
import type { Proof } from '../proof.ts';
import { each, inNode, inPython, nothing, quote, withCredentials } from './parties.ts';

/** HAProxy before two servers, sticky by this. */
const before = (backend: readonly string[]) => async (lab: LabContext, ports: readonly number[]) =>
  Number(new URL(await startHaproxy(lab, ports, { backend: ['balance roundrobin', ...backend] })).port);

type Config = Parameters<typeof startNodes>[1];
const nodes = (config: Config) => async (lab: LabContext) =>
  (await startNodes(lab, { cors: { origin: lab.page, credentials: true }, ...config })).ports;

const BY_COOKIE = 'cookie SERVERID insert indirect nocache dynamic';
const KEY = 'dynamic-cookie-key faulty';
const inHaproxy =
  (attributes = '') =>
  () =>
    ['balance roundrobin', `${BY_COOKIE}${attributes}`, KEY].join('\n');
/** Its cookies go to another site, if the browser has no objection: some block third parties' by default. */
const CROSS_SITE = ' attr "SameSite=None" secure';

/** A browser that lets third parties have cookies, whatever it is set to where it comes from. */
const allowingCookies = () => ({
  preferences: { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } },
});

export const cookies: Proof[] = [
  // The server allows credentials; the page sends none.
  {
    rule: 'sticky-cookie-not-sent',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [await before([`cookie SERVERID insert indirect nocache`])(lab, await nodes({})(lab))],
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  // Nor does the server allow them.
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`),
    { rule: 'sticky-cookie-not-sent', balancer: before(['cookie SERVERID insert indirect nocache']) },
  ),
  { rule: 'sticky-cookie-not-sent', fix: 'haproxy', subject: 'haproxy-nodes', backends: nodes({}), fault: inHaproxy() },
  {
    rule: 'sticky-cookie-not-sent',
    fix: 'caddy',
    subject: 'caddy-balancer',
    backends: nodes({}),
    fault: () => 'lb_policy cookie lb',
  },
  // The servers' own cookie is none that nginx goes by.
  {
    rule: 'sticky-cookie-not-sent',
    fix: 'nginx',
    subject: 'nginx-upstream',
    backends: nodes({ cookie: true }),
    fault: nothing,
  },

  {
    rule: 'samesite-cookie-blocked',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    isCrossSite: true,
    backends: nodes({}),
    client: withCredentials,
    fault: inHaproxy(' attr "SameSite=Lax"'),
  },
  {
    rule: 'samesite-cookie-blocked',
    fix: 'nginx',
    subject: 'nginx-upstream',
    isCrossSite: true,
    backends: nodes({ cookie: true }),
    client: withCredentials,
    fault: nothing,
  },
  {
    rule: 'samesite-cookie-blocked',
    fix: 'caddy',
    subject: 'caddy-balancer',
    isCrossSite: true,
    backends: nodes({}),
    client: withCredentials,
    fault: () => 'lb_policy cookie lb',
  },
  {
    rule: 'samesite-cookie-blocked',
    fix: 'apache',
    subject: 'apache-balancer',
    isCrossSite: true,
    backends: nodes({}),
    client: withCredentials,
    fault:
      () => `Header add Set-Cookie "SERVERID=.%{BALANCER_WORKER_ROUTE}e; Path=/; SameSite=Lax" env=BALANCER_ROUTE_CHANGED
ProxySet stickysession=SERVERID`,
  },
  // Engine.IO of v3 writes no `Partitioned`, and Chromium of some distributions keeps other cookies of third parties back.
  ...each(
    inNode(
      ({ page }) => `{ cors: { origin: ${quote(page)}, credentials: true }, cookie: { name: "io", sameSite: "lax" } }`,
    ).filter(({ fix }) => fix === 'node-v3'),
    {
      rule: 'samesite-cookie-blocked',
      isCrossSite: true,
      browser: allowingCookies,
      client: withCredentials,
      balancer: before(['cookie io prefix indirect nocache']),
    },
  ),
  ...each(
    [
      ...inNode(
        ({ page }) =>
          `{ cors: { origin: ${quote(page)}, credentials: true }, cookie: { name: "io", sameSite: "lax" } }`,
      ).filter(({ fix }) => fix !== 'node-v3'),
      ...inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], cookie="io"`),
    ],
    {
      rule: 'samesite-cookie-blocked',
      isCrossSite: true,
      client: withCredentials,
      balancer: before(['cookie io prefix indirect nocache']),
    },
  ),

  {
    rule: 'third-party-cookie-blocked',
    rootCause: 'sticky-session-missing',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    isCrossSite: true,
    blocksCookies: true,
    backends: nodes({}),
    client: withCredentials,
    fault: inHaproxy(CROSS_SITE),
  },
  {
    rule: 'third-party-cookie-blocked',
    rootCause: 'sticky-session-missing',
    fix: 'nginx',
    subject: 'nginx-upstream',
    isCrossSite: true,
    blocksCookies: true,
    backends: nodes({ cookie: { name: 'io', sameSite: 'none', secure: true } }),
    client: withCredentials,
    fault: nothing,
  },
  {
    rule: 'third-party-cookie-blocked',
    rootCause: 'sticky-session-missing',
    fix: 'caddy',
    subject: 'caddy-balancer',
    isCrossSite: true,
    blocksCookies: true,
    backends: nodes({ cookie: { name: 'io', sameSite: 'none', secure: true } }),
    client: withCredentials,
    fault: () => 'lb_policy round_robin',
  },
  {
    rule: 'third-party-cookie-blocked',
    rootCause: 'sticky-session-missing',
    fix: 'browser-client',
    subject: 'page',
    isCrossSite: true,
    blocksCookies: true,
    backends: async (lab) => [
      await before([`cookie SERVERID insert indirect nocache${CROSS_SITE}`])(lab, await nodes({})(lab)),
    ],
    fault: ({ server }) => `const socket = io(${quote(server)}, { withCredentials: true });`,
  },
];
