/** Several processes behind one address: every request of a session has to reach the one that made it. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext } from './context.ts';
import { stickyCluster } from './node-cluster.ts';
import { connect } from './socket-client.ts';
import { nodeServers, pythonServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** nginx, by the client's address. */
export function stickyNginx(): Fix {
  return fixFor('nginx', 'Send each client to the same process again', [
    '# inside the upstream block, before its servers',
    '# behind another proxy all clients share its address: hash a cookie or the forwarded address there',
    'hash $remote_addr consistent;',
  ]);
}

/** HAProxy, by the client's address: a page that sends no cookies keeps none. */
function stickyHaproxyByAddress(): Fix {
  return fixFor('haproxy', 'Send each client to the same process again, by its address', [
    '# in the backend, in place of its balance line',
    'balance source',
    'hash-type consistent',
  ]);
}

/** HAProxy, by a cookie of its own. @param attributes further ones of the cookie */
function stickyHaproxyByCookie(attributes = ''): Fix {
  return fixFor('haproxy', 'Send each client to the same process again, by a cookie', [
    '# in the backend, before its servers, in place of its balance line',
    'balance roundrobin',
    `cookie SERVERID insert indirect nocache dynamic${attributes}`,
    'dynamic-cookie-key any-secret-of-your-own',
  ]);
}

/** Apache's balancer, by a cookie of its own. Source: https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html */
function stickyApache(attributes = ''): Fix {
  return fixFor('apache', 'Send each client to the same process again, by a cookie', [
    '# inside <Proxy "balancer://...">, whose BalancerMember lines each have a route=',
    `Header add Set-Cookie "SERVERID=.%{BALANCER_WORKER_ROUTE}e; Path=/${attributes}" env=BALANCER_ROUTE_CHANGED`,
    'ProxySet stickysession=SERVERID',
  ]);
}

/** Proxies that need no more than an option for it. A cookie of the hosts' balancers goes to no other site by itself. */
function stickyElsewhere({ page, credentials }: FixContext, isCrossSite: boolean): Fix[] {
  if (page !== null && credentials !== 'include') return [stickyCaddy(), byHash()];
  return [stickyCaddy(), traefikCookie(isCrossSite), ingressCookie(isCrossSite), ...(isCrossSite ? [] : HOSTED)];
}

function stickyCaddy(): Fix {
  return fixFor('caddy', 'Send each client to the same process again, by its address', [
    '# inside reverse_proxy { }, in place of its lb_policy line',
    'lb_policy ip_hash',
  ]);
}

/** Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-nginx-upstream-hashing */
function byHash(): Fix {
  return fixFor('ingress-nginx', 'Send each client to the same pod again, by its address', [
    'metadata:',
    '  annotations:',
    '    nginx.ingress.kubernetes.io/upstream-hash-by: "$binary_remote_addr"',
  ]);
}

/** Source: https://kubernetes.github.io/ingress-nginx/examples/affinity/cookie/ */
function ingressCookie(isCrossSite: boolean): Fix {
  return fixFor('ingress-nginx', 'Send each client to the same pod again, by a cookie', [
    'metadata:',
    '  annotations:',
    '    nginx.ingress.kubernetes.io/affinity: "cookie"',
    '    nginx.ingress.kubernetes.io/affinity-mode: "persistent"',
    '    nginx.ingress.kubernetes.io/session-cookie-name: "route"',
    ...(isCrossSite
      ? [
          '    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"',
          '    nginx.ingress.kubernetes.io/session-cookie-secure: "true"',
        ]
      : []),
  ]);
}

/** Source: https://doc.traefik.io/traefik/routing/services/#sticky-sessions */
function traefikCookie(isCrossSite: boolean): Fix {
  return fixFor('traefik', 'Send each client to the same process again, by a cookie', [
    'http:',
    '  services:',
    '    socketio:',
    '      loadBalancer:',
    '        sticky:',
    '          cookie:',
    '            name: server_id',
    '            httpOnly: true',
    ...(isCrossSite ? ['            sameSite: none', '            secure: true'] : []),
    '        servers:',
    '          # your processes',
    '          - url: http://127.0.0.1:3001',
    '          - url: http://127.0.0.1:3002',
  ]);
}

/** Hosts whose balancer is sticky once it is told to be, by a cookie. Sources: the AWS and Heroku manuals, "sticky sessions" and "session affinity". */
const HOSTED: readonly Fix[] = [
  fixFor('alb', 'Switch stickiness on for the target group', [
    'aws elbv2 modify-target-group-attributes --target-group-arn "YOUR-TARGET-GROUP-ARN" \\',
    '  --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=lb_cookie',
  ]),
  fixFor('heroku', 'Switch session affinity on', ['heroku features:enable http-session-affinity']),
];

/** A WebSocket is one connection, so it needs no stickiness; a network that lets none through then has no fallback. */
export function socketWithoutSticky(context: FixContext): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Do without stickiness: let the client use WebSocket alone',
    language: 'js',
    file: 'client.js',
    workaround: true,
    code: [
      '// a way around: no fallback where a network lets no WebSocket through; CORS does not guard it: check the origin in allowRequest',
      ...connect(context, ['transports: ["websocket"],']),
    ].join('\n'),
  };
}

/** All of them. @param isCrossSite whether page and server are of different sites: then a cookie has to say that it may go there */
export function beSticky(context: FixContext, isCrossSite: boolean): Fix[] {
  return [
    stickyNginx(),
    ...byCookieOrAddress(context, isCrossSite),
    ...stickyElsewhere(context, isCrossSite),
    ...stickyCluster(context),
    socketWithoutSticky(context),
  ];
}

function byCookieOrAddress({ page, credentials }: FixContext, isCrossSite: boolean): Fix[] {
  if (page !== null && credentials !== 'include') return [stickyHaproxyByAddress()];
  return isCrossSite ? crossSiteProxyCookie() : [stickyHaproxyByCookie(), stickyApache()];
}

/** Whatever cookies do: by the client's address, which needs nothing of the page or of the server. */
export function stickyByAddress(): Fix[] {
  return [stickyNginx(), stickyHaproxyByAddress(), stickyCaddy(), byHash()];
}

/**
 * A proxy's own cookie, with the attributes that another site needs. `Partitioned` keeps it one for each page that uses the server,
 * which is what it is for, and gets it past browsers that block third parties' cookies.
 * Source: https://developer.mozilla.org/en-US/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
 */
export function crossSiteProxyCookie(): Fix[] {
  return [
    stickyHaproxyByCookie(' attr "SameSite=None" attr Partitioned secure'),
    stickyApache('; SameSite=None; Secure; Partitioned'),
  ];
}

/** Engine.IO's own cookie, for a proxy that is sticky by it, with attributes that another site needs. */
export function crossSiteServerCookie(context: FixContext): Fix[] {
  const title = 'Let the server’s own cookie go to another site';
  const cookie = 'cookie: { name: "io", httpOnly: true, sameSite: "none", secure: true';
  // What engine.io 4 makes cookies with knows no `Partitioned` (cookie 0.4).
  const older = '// v3 writes no Partitioned: a browser that blocks third parties’ cookies keeps this one back';
  const node = [
    ...nodeServers(context, { options: [`${cookie}, partitioned: true },`] }, title).filter((fix) => !isV3(fix)),
    ...nodeServers(context, { options: [older, `${cookie} },`] }, title).filter(isV3),
  ];
  const keyword =
    'cookie={"name": "io", "path": "/", "HttpOnly": True, "SameSite": "None", "Secure": True, "Partitioned": True},';
  return [...node, ...pythonServers(context, { arguments: [keyword] }, title)];
}

const isV3 = ({ id }: Fix) => id === 'node-v3';
