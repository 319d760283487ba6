/** Ways around a server that cannot be changed: the page and Socket.IO share an origin, so that no browser asks for leave. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isDefaultPath, isNginxSafe, js } from './context.ts';
import { fixFor } from './stacks.ts';

/** Empty where the page has the server's origin already, or none. */
export function sameOrigin(context: FixContext): Fix[] {
  if (context.page === null) return [];
  const around = [throughVite(context), throughWebpack(context), ...throughNginx(context)];
  return around.map((fix) => ({ ...fix, workaround: true }));
}

/** What the page then says: no address, so it asks where it came from. */
function client({ path }: FixContext): string {
  return isDefaultPath(path) ? 'const socket = io();' : `const socket = io({ path: ${js(path)} });`;
}

/** Source: https://vite.dev/config/server-options#server-proxy */
function throughVite(context: FixContext): Fix {
  const entry = `${js(context.path)}: { target: ${js(context.server)}, changeOrigin: true, ws: true },`;
  return fixFor('vite', 'While developing, let Vite pass Socket.IO on: the page asks its own origin', [
    '// a way around, for development only: where the page is deployed, its host has to do the same',
    `// in the page: ${client(context)}`,
    'import { defineConfig } from "vite";',
    '',
    ...block('export default defineConfig({', block('server: {', block('proxy: {', [entry], '},'), '},'), '});'),
  ]);
}

/** Source: https://webpack.js.org/configuration/dev-server/#devserverproxy */
function throughWebpack(context: FixContext): Fix {
  const { path, server } = context;
  const entry = `{ context: [${js(path)}], target: ${js(server)}, changeOrigin: true, ws: true },`;
  return fixFor('webpack', 'While developing, let webpack’s server pass Socket.IO on: the page asks its own origin', [
    '// a way around, for development only: where the page is deployed, its host has to do the same',
    `// in the page: ${client(context)}`,
    ...block('module.exports = {', block('devServer: {', block('proxy: [', [entry], '],'), '},'), '};'),
  ]);
}

/** A location that needs no `map`: it passes the client's own Connection header on. */
export function passOnLocation(path: string, server: string): string[] {
  const lines = [
    `proxy_pass ${server};`,
    'proxy_http_version 1.1;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $http_connection;',
    'proxy_read_timeout 60s;',
    // nginx names no host in TLS by itself, and most servers need it. Source: https://nginx.org/en/docs/http/ngx_http_proxy_module.html
    ...(server.startsWith('https:') ? ['proxy_ssl_server_name on;'] : []),
  ];
  return block(`location ${path} {`, lines, '}');
}

/** The nginx that serves the page. */
function throughNginx(context: FixContext): Fix[] {
  const { path, server } = context;
  if (![path, server].every(isNginxSafe)) return [];
  const fix = fixFor('nginx', 'Let the nginx that serves the page pass Socket.IO on: the page asks its own origin', [
    '# a way around, inside the server block that serves the page',
    `# in the page: ${client(context)}`,
    ...passOnLocation(path, server),
  ]);
  return [{ ...fix, id: 'nginx-page' }];
}
