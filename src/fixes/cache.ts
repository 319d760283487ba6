/** Caches that may give the answer to one origin to another: Socket.IO's answers are for one client only. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, NGINX, NODE_V4 } from './context.ts';

/** Headers that keep every cache out, and a proxy that does not override them. */
export function forbidCaching({ path }: FixContext): Fix[] {
  const headers = ['headers["cache-control"] = "no-store";', 'headers["vary"] = "Origin";'];
  const node: Fix = {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Send `Cache-Control: no-store` and `Vary: Origin`',
    language: 'js',
    file: 'server.js',
    code: [
      '// io: your Socket.IO server. v4.8 does this by itself with a list of origins; then a CDN drops what it sends',
      ...block('io.engine.on("headers", (headers) => {', headers, '});'),
    ].join('\n'),
  };
  return isNginxSafe(path) ? [node, nginxWithoutCache(path)] : [node];
}

function nginxWithoutCache(path: string): Fix {
  const lines = [
    '# proxy_pass and the other lines of this location stay as they are, but for',
    '# proxy_ignore_headers and proxy_hide_header of Cache-Control and Vary, which go',
    'proxy_cache off;',
  ];
  return {
    id: 'nginx',
    stack: NGINX,
    title: `Keep \`${path}\` out of the cache`,
    language: 'nginx',
    file: 'nginx.conf',
    code: block(`location ${path} {`, lines, '}').join('\n'),
  };
}
