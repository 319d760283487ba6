/** What stands before Socket.IO and turns its requests away: a login, a limit. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import { block, type FixContext, isNginxSafe, js, NGINX } from './context.ts';
import { connect, connectInOneLine } from './socket-client.ts';
import { nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** nginx asks nobody for a password on Socket.IO's path; Socket.IO checks its clients itself. Empty for an odd path. */
export function exemptPath({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const lines = [
    `# inside location ${path} { }, in place of its auth_ lines; where / has them, it needs a location of its own`,
    '# Socket.IO has to check its clients itself then: io.use((socket, next) => ...)',
    'auth_basic off;',
    'auth_request off;',
  ];
  return [
    {
      id: 'nginx',
      stack: NGINX,
      title: `Take \`${path}\` out of the check, and let Socket.IO check its clients`,
      language: 'nginx',
      file: 'nginx.conf',
      code: lines.join('\n'),
    },
  ];
}

/** The client with the page's cookies. Empty where it sends them already: same origin, or `withCredentials`. */
export function sendCookies(context: FixContext, title: string): Fix[] {
  if (context.page === null || context.credentials === 'include' || context.eio === 3) return [];
  const fix = fixFor('browser-client', title, connect({ ...context, credentials: 'include' }));
  return [withBefore(fix, context.credentials === 'omit' ? connect(context).join('\n') : null)];
}

/**
 * Leave for cookies on both sides, where the server's answer gives none yet: the client alone would only move the error to CORS.
 * A Python server gives it always.
 */
export function exchangeCookies(context: FixContext): Fix[] {
  if (context.page === null || context.eio === 3) return [];
  const both = { ...context, credentials: 'include' as const };
  const servers = nodeServers(both, {}, 'Allow cookies on the server, and send them from the page');
  return servers.map((fix) => ({ ...fix, code: `// in the page: ${connectInOneLine(both)}\n${fix.code}` }));
}

/** Polling makes several requests a second at times: a limit meant for a REST interface does not suit it. */
export function exemptFromLimit({ path }: FixContext): Fix[] {
  return [
    {
      id: 'express-rate-limit',
      stack: 'express-rate-limit',
      title: `Leave \`${path}\` out of the limit`,
      language: 'js',
      file: 'server.js',
      code: block(
        'app.use(rateLimit({',
        [`skip: (req) => req.url.startsWith(${js(path)}), // url: there in io.engine.use(), too`],
        '}));',
      ).join('\n'),
    },
  ];
}
