/** Caches that may give the answer to one origin to another: Socket.IO's answers are for one client only. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { fixFor } from './stacks.ts';

/** Headers that keep every cache out, and a proxy that does not override them. */
export function forbidCaching({ path }: FixContext): Fix[] {
  const headers = ['headers["cache-control"] = "no-store";', 'headers["vary"] = "Origin";'];
  const node = fixFor('node-v4', 'Send `Cache-Control: no-store` and `Vary: Origin`', [
    '// io: your Socket.IO server. v4.8 does this by itself with a list of origins; then a CDN drops what it sends',
    ...block('io.engine.on("headers", (headers) => {', headers, '});'),
  ]);
  return isNginxSafe(path) ? [node, nginxWithoutCache(path)] : [node];
}

function nginxWithoutCache(path: string): Fix {
  return fixFor('nginx', `Keep \`${path}\` out of the cache`, [
    `# inside location ${path} { }, in place of its proxy_cache, proxy_ignore_headers and of proxy_hide_header for Cache-Control and Vary`,
    'proxy_cache off;',
  ]);
}
