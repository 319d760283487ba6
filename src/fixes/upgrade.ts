/** Proxies that swallow the `Upgrade` header. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, js, NGINX } from './context.ts';

/**
 * A development server that passes requests on does so for WebSocket only when told to. Empty where the page is not served by
 * the server that it connects to. Source: https://vite.dev/config/server-options#server-proxy
 */
export function proxyWebSocketInVite({ page, path }: FixContext): Fix[] {
  if (page !== null) return [];
  const proxied = `${js(path)}: { target: "http://localhost:3001", ws: true }, // target: your Socket.IO server`;
  return [
    {
      id: 'vite',
      stack: 'Vite',
      title: 'Let the development server pass WebSockets on',
      language: 'js',
      file: 'vite.config.js',
      code: ['// goes into defineConfig({ server: { proxy } })', ...block('const proxy = {', [proxied], '};')].join(
        '\n',
      ),
    },
  ];
}

/** What a location needs beside `proxy_pass`. */
export const UPGRADE_LINES = [
  'proxy_http_version 1.1;',
  'proxy_set_header Host $host;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection $connection_upgrade;',
];

/** Belongs in the http block. */
export const UPGRADE_MAP = block('map $http_upgrade $connection_upgrade {', ['default upgrade;', '"" close;'], '}');

/** nginx, with a `map`: a constant `Connection "upgrade"` breaks plain requests on some servers (uvicorn answers 400). */
export function forwardUpgrade({ path }: FixContext): Fix {
  const location = block(
    `location ${isNginxSafe(path) ? path : '/socket.io/'} {`,
    ['# proxy_pass and the other lines of this location stay as they are', ...UPGRADE_LINES],
    '}',
  );
  return {
    id: 'nginx',
    stack: NGINX,
    title: 'Forward the `Upgrade` header',
    language: 'nginx',
    file: 'nginx.conf',
    code: ['# in the http block', ...UPGRADE_MAP, '', '# in the server block', ...location].join('\n'),
  };
}
