/** What stands before Socket.IO and turns its requests away: a login, a limit. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { connect, connectInOneLine } from './socket-client.ts';
import { nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

const ITS_OWN_CHECK = '# Socket.IO has to check its clients itself then: io.use((socket, next) => ...)';

/** A proxy asks nobody for a password or a login on Socket.IO's path; Socket.IO checks its clients itself. Empty for an odd path. */
export function exemptPath({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const title = `Take \`${path}\` out of the check, and let Socket.IO check its clients`;
  return [
    fixFor('nginx', title, [
      `# inside location ${path} { }, in place of its auth_ lines; where / has them, it needs a location of its own`,
      ITS_OWN_CHECK,
      'auth_basic off;',
      'auth_request off;',
    ]),
    fixFor('haproxy', title, [
      '# in the frontend or backend that checks, above its http-request auth, deny or redirect: those below are skipped for this path',
      ITS_OWN_CHECK,
      `http-request allow if { path_beg ${path} }`,
    ]),
    fixFor('apache', title, [
      '# in the virtual host, below the section that checks: it takes the place of that section’s Require lines',
      ITS_OWN_CHECK,
      ...block(`<Location "${path}">`, ['Require all granted'], '</Location>'),
    ]),
  ];
}

/** The same where a rewriting proxy redirects, as the query shows that it keeps: it checks nobody, so no Require line helps. */
export function exemptFromRewriting(context: FixContext): Fix[] {
  const { path } = context;
  return exemptPath(context).flatMap((fix) => {
    if (fix.id === 'nginx') return [];
    if (fix.id === 'haproxy') return [fix];
    return fixFor('apache', fix.title, [
      '# in the virtual host, above the RewriteRule that redirects, and below the one that passes WebSocket on',
      ITS_OWN_CHECK,
      'RewriteEngine On',
      `RewriteCond %{REQUEST_URI} "=${path}"`,
      'RewriteRule ^ - [END]',
    ]);
  });
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

/**
 * Polling makes several requests a second at times: a limit meant for a REST interface does not suit it. Behind a proxy nothing
 * is lost where the proxy stops counting: the server itself can count handshakes.
 */
export function exemptFromLimit(context: FixContext, isBehindProxy: boolean): Fix[] {
  const proxies = exemptInProxies(context);
  // io.engine.use() came with Socket.IO 4.6, and where a proxy counts, it counts on.
  if (context.eio === 3) return proxies;
  return isBehindProxy ? [...proxies, limitHandshakes()] : [limitHandshakes(), ...proxies];
}

/** Source: https://socket.io/docs/v4/server-api/#engineuse, https://express-rate-limit.mintlify.app/reference/configuration */
function limitHandshakes(): Fix {
  const options = [
    'skip: (req) => /[?&]sid=/.test(req.url), // polls and messages of a connection: polling makes many',
    'limit: 100, // handshakes of one address in windowMs: a minute unless you set it',
    '// there is no Express in io.engine.use(): no req.ip, no res.status(); behind a proxy: the address that it forwards',
    'keyGenerator: (req) => ipKeyGenerator(req.socket.remoteAddress ?? ""),',
    'handler: (req, res) => { res.writeHead(429); res.end("Too many requests"); },',
    'validate: false,',
  ];
  const code = [
    'import { ipKeyGenerator, rateLimit } from "express-rate-limit";',
    '',
    '// app.use() counts your routes alone: Socket.IO’s requests pass by it',
    ...block('io.engine.use(rateLimit({', options, '}));'),
  ];
  return {
    id: 'express-rate-limit',
    stack: 'express-rate-limit',
    title: 'Count handshakes, and not every request of a connection',
    language: 'js',
    file: 'server.js',
    code: code.join('\n'),
  };
}

/** Sources: nginx `ngx_http_limit_req_module` and `ngx_http_limit_conn_module` (1.17.1, 1.17.6), HAProxy "http-request allow". */
function exemptInProxies({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const title = `Leave \`${path}\` out of the limit, and count handshakes in the server`;
  return [
    fixFor('nginx', title, [
      `# inside location ${path} { }; where / has the limit, it needs a location of its own`,
      '# counted as before, and turned away no more',
      'limit_req_dry_run on;',
      'limit_conn_dry_run on;',
    ]),
    fixFor('haproxy', title, [
      '# before the line with deny_status 429, and after the http-request lines that Socket.IO needs: those below are skipped',
      `http-request allow if { path_beg ${path} }`,
    ]),
  ];
}
