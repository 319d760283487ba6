/** Whoever answers in place of Socket.IO passes its path on, unchanged and with upgrades. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { passOnLocation } from './same-origin.ts';
import { fixFor, type StackId } from './stacks.ts';

/** Each proxy. Empty for a path that cannot stand in a configuration. */
export function passOnInProxies(context: FixContext): Fix[] {
  if (!/^\//.test(context.path) || !isNginxSafe(context.path)) return [];
  return [nginx, haproxy, apache, caddy, traefik, ingressNginx].map((write) => write(context));
}

/** What every text here is called. */
export function passOn(id: StackId, { path }: FixContext, lines: readonly string[]): Fix {
  return fixFor(id, `Pass \`${path}\` on to Socket.IO, unchanged`, lines);
}

/** A location of its own wins over the one that answers with the application's page. */
function nginx(context: FixContext): Fix {
  return passOn('nginx', context, [
    '# inside the server block, in place of another location for this path',
    '# socketio: your upstream, or the address of your server; a slash or a path after it would cut the path that is passed on',
    ...passOnLocation(context.path, 'http://socketio'),
  ]);
}

/** Sources: https://docs.haproxy.org/2.6/configuration.html, `use_backend`, and 2.3 on variables with a default */
function haproxy(context: FixContext): Fix {
  return passOn('haproxy', context, [
    '# at the end of the frontend, in place of its lines for this path and of a backend of this name; of several use_backend',
    '# lines the first counts, and no set-path or replace-path line may change the path before it',
    `use_backend socketio if { path_beg ${context.path} }`,
    '',
    ...['backend socketio', '  # the address of your server, unless the environment says another'],
    `  server node1 "\${SOCKET_IO_ADDRESS-127.0.0.1:3001}"`,
    '  timeout tunnel 60s',
  ]);
}

/**
 * Rules, since a `ProxyPass` comes after those that give the application's page (mod_rewrite is asked before mod_proxy).
 * Source: https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteflags
 */
function apache(context: FixContext): Fix {
  const pattern = `"^(${context.path.replace(/[.[\]]/g, '\\$&')}.*)"`;
  return passOn('apache', context, [
    '# in the virtual host, before its other RewriteRule lines and in place of a ProxyPass for this path',
    '# before this: Define socketio 127.0.0.1:3001 (the address of your server); needs mod_proxy_http, mod_proxy_wstunnel, mod_rewrite',
    'RewriteEngine On',
    'RewriteCond %{HTTP:Upgrade} websocket [NC]',
    `RewriteRule ${pattern} "ws://\${socketio}$1" [P,L]`,
    `RewriteRule ${pattern} "http://\${socketio}$1" [P,L]`,
    'ProxyTimeout 60',
  ]);
}

/**
 * By the path as it was asked for: Caddy runs `try_files` and `rewrite` before any `handle`.
 * Source: https://caddyserver.com/docs/caddyfile/directives#directive-order
 */
function caddy(context: FixContext): Fix {
  return passOn('caddy', context, [
    '# in the site block, in place of another handle, handle_path or reverse_proxy for this path',
    `@socketio \`{http.request.orig_uri.path}.startsWith("${context.path}")\``,
    ...block(
      'handle @socketio {',
      [
        '# the path as it was asked for, whatever try_files made of it',
        'rewrite {http.request.orig_uri.path}',
        '# the address of your server, unless the environment says another',
        'reverse_proxy {$SOCKET_IO_ADDRESS:127.0.0.1:3001}',
      ],
      '}',
    ),
  ]);
}

/** Source: https://doc.traefik.io/traefik/routing/routers/#priority */
function traefik(context: FixContext): Fix {
  return passOn('traefik', context, [
    'http:',
    '  routers:',
    '    socketio:',
    '      # before routers with a longer rule; without middlewares such as stripPrefix, which change the path',
    '      priority: 1000',
    `      rule: PathPrefix(\`${context.path}\`)`,
    '      service: socketio',
    ...(context.server.startsWith('https:') ? ['      tls: {}'] : []),
    '  services:',
    '    socketio:',
    '      loadBalancer:',
    '        servers:',
    '          # the address of your server',
    '          - url: http://127.0.0.1:3001',
  ]);
}

/** Source: https://kubernetes.github.io/ingress-nginx/examples/rewrite/ */
function ingressNginx(context: FixContext): Fix {
  return passOn('ingress-nginx', context, [
    '# an Ingress of its own: the annotation rewrite-target of another would change the path',
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    '  name: socketio',
    'spec:',
    '  ingressClassName: nginx',
    '  rules:',
    ...ingressRule(context),
  ]);
}

/** An Ingress knows hosts by name alone; without one it is for all. */
function ingressRule({ server, path }: FixContext): string[] {
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  const isName = /^([a-z\d-]+\.)+[a-z][a-z\d-]*$/.test(host);
  return [
    ...(isName ? [`    - host: ${host}`, '      http:'] : ['    - http:']),
    '        paths:',
    `          - path: ${path}`,
    '            pathType: Prefix',
    '            backend:',
    '              service:',
    '                # the Service of your server, and its port',
    '                name: socketio',
    '                port:',
    '                  number: 3001',
  ];
}
