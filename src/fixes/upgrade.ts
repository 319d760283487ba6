/** Proxies that swallow the `Upgrade` header. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isLoopback, isNginxSafe, js, portOf } from './context.ts';
import { fixFor } from './stacks.ts';

/**
 * A development server that passes requests on does so for WebSocket only when told to. Empty where the page is not served by
 * the server that it connects to. Source: https://vite.dev/config/server-options#server-proxy
 */
export function proxyWebSocketInVite({ page, path }: FixContext): Fix[] {
  if (page !== null) return [];
  return [
    fixFor('vite', 'Let the development server pass WebSockets on', [
      '// goes into defineConfig({ server: { proxy } })',
      ...block(
        'const proxy = {',
        [`${js(path)}: { target: "http://localhost:3001", ws: true }, // target: your Socket.IO server`],
        '};',
      ),
    ]),
  ];
}

/** What a location needs beside `proxy_pass`. */
export const UPGRADE_LINES = [
  'proxy_http_version 1.1;',
  'proxy_set_header Host $http_host;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection $connection_upgrade;',
];

/** Belongs in the http block. */
export const UPGRADE_MAP = block('map $http_upgrade $connection_upgrade {', ['default upgrade;', '"" close;'], '}');

/** Each proxy as it has to be for WebSocket. @param innocent ids of those that cannot have the fault */
export function forwardUpgrade(context: FixContext, innocent: readonly string[] = []): Fix[] {
  const fixes = [
    fixFor('nginx', 'Forward the `Upgrade` header', nginxServer(context)),
    fixFor('apache', 'Tunnel WebSockets', apacheTunnel(context)),
    fixFor('haproxy', 'Leave `Upgrade` and `Connection` alone', [
      '# in the backend, in place of every line that changes Upgrade or Connection, refuses upgrades or sends them elsewhere:',
      '# HAProxy passes WebSockets on by itself',
      '# above pingInterval + pingTimeout, by default 45 s: in place of a shorter one',
      'timeout tunnel 60s',
    ]),
    fixFor('cloudflare', 'Switch WebSockets on', [
      '// in the zone’s settings: Network, then WebSockets: On',
      '// (by its API: PATCH /zones/{zone}/settings/websockets with {"value": "on"})',
    ]),
  ];
  return fixes.filter(({ id }) => !innocent.includes(id));
}

/**
 * The whole server block, and the `map` before it: a constant `Connection "upgrade"` breaks plain requests on some servers (uvicorn
 * answers 400). @param certificate directives for it. Sources: https://nginx.org/en/docs/http/websocket.html, https://socket.io/docs/v4/reverse-proxy/
 */
export function nginxServer(context: FixContext, certificate = KNOWN_CERTIFICATE): string[] {
  const location = [
    '# your upstream, or the address of your server',
    'proxy_pass http://socketio;',
    ...UPGRADE_LINES,
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
    '# above pingInterval + pingTimeout, by default 45 s: more where yours are more',
    'proxy_read_timeout 60s;',
  ];
  return [
    '# inside http { }',
    ...UPGRADE_MAP,
    '',
    ...block(
      'server {',
      [
        ...listen(context, certificate),
        '# your other locations stay as they are',
        ...block(`location ${isNginxSafe(context.path) ? context.path : '/socket.io/'} {`, location, '}'),
      ],
      '}',
    ),
  ];
}

const KNOWN_CERTIFICATE = ['# ssl_certificate and ssl_certificate_key stay as they are'];

function listen({ server }: FixContext, certificate: readonly string[]): string[] {
  const { hostname, protocol } = URL.canParse(server) ? new URL(server) : { hostname: '', protocol: 'http:' };
  const [tls, lines] = protocol === 'https:' ? [' ssl', certificate] : ['', []];
  const port = portOf(server);
  if (isLoopback(hostname)) return [...lines, `listen ${hostname}:${port}${tls};`];
  const place = hostname.startsWith('[') ? `[::]:${port}` : port;
  return [...lines, `listen ${place}${tls};`, ...(isNginxSafe(hostname) ? [`server_name ${hostname};`] : [])];
}

/** Source: https://socket.io/docs/v4/reverse-proxy/#apache-httpd. What httpd takes for itself in a path is left to the user. */
function apacheTunnel({ path }: FixContext): string[] {
  const place = isNginxSafe(path) ? path : '/socket.io/';
  return [
    '# before this: Define socketio 127.0.0.1:3001 (the address of your server); needs mod_proxy_http, mod_proxy_wstunnel, mod_rewrite',
    'RewriteEngine On',
    'RewriteCond %{HTTP:Upgrade} websocket [NC]',
    `RewriteCond %{REQUEST_URI} ^${place.replace(/[.[\]]/g, '\\$&')}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
    'RewriteRule ^/?(.*) "ws://${socketio}/$1" [P,L]',
    `ProxyPass ${place} http://\${socketio}${place}`,
    '# above pingInterval + pingTimeout, by default 45 s: in place of a shorter one',
    'ProxyTimeout 60',
  ];
}
