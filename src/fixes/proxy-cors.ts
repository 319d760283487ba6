/** CORS answered by a proxy in place of the server behind it: two parties that answer give two headers. Never `*`, never reflected. */
import type { Fix } from '../model/finding.ts';
import { withBefores } from './before.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import type { CorsAnswer, ServerNeeds } from './socket-server.ts';
import { fixFor } from './stacks.ts';

type Header = [name: string, value: string];

interface Answers {
  headers: readonly Header[];
  /** Names that are taken from what the server sends. */
  dropped: readonly string[];
  /** Preflights do not reach the server. */
  takesPreflights: boolean;
}

/**
 * A proxy becomes the only one that answers for CORS, with values that fit this page. Lines for the place that passes Socket.IO's
 * requests on. Empty where a value cannot stand in a configuration.
 */
export function onlyProxyAnswers(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  return proxies(context, needs, needs.allowedHeaders ?? [], false);
}

/**
 * The same, and preflights are answered before they reach the server, which may not know them, or a login, which they could never
 * pass. No list of methods: GET and POST need none.
 */
export function onlyProxyAnswersPreflights(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  const { allowedHeaders = [] } = needs;
  // Within a session a v2 client asks leave for the type of its binary messages, too.
  const own = context.eio === 3 ? ['content-type'] : [];
  return proxies(context, needs, [...new Set([...allowedHeaders, ...own])], true);
}

function proxies(
  context: FixContext,
  { now }: ServerNeeds,
  allowed: readonly string[],
  takesPreflights: boolean,
): Fix[] {
  const { page, path } = context;
  if (page === null || ![page, path, ...allowed].every(isNginxSafe)) return [];
  const headers = headersFor(context, page, allowed);
  const usual = ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'];
  const dropped = [...new Set([...usual, ...headers.map(([name]) => name)])];
  const fixes = proxyLines(context, { headers, dropped, takesPreflights });
  return withBefores(fixes, proxyNow(context, headers, now?.answers, takesPreflights));
}

function headersFor({ credentials, eio }: FixContext, page: string, allowed: readonly string[]): Header[] {
  const cookies: Header[] = credentials !== 'omit' || eio === 3 ? [['Access-Control-Allow-Credentials', 'true']] : [];
  const names: Header[] = allowed.length > 0 ? [['Access-Control-Allow-Headers', allowed.join(', ')]] : [];
  return [['Access-Control-Allow-Origin', page], ...cookies, ...names];
}

/** A proxy that sends what was seen, where it is the proxy that sends it; whether it drops anything did not show. */
function proxyNow(
  context: FixContext,
  wanted: readonly Header[],
  answers: CorsAnswer | undefined,
  takesPreflights: boolean,
): Fix[] {
  if (!answers) return [];
  const { origin, credentials, headers } = answers;
  const seen = new Map([
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', credentials],
    ['Access-Control-Allow-Headers', headers?.join(', ') ?? null],
  ]);
  const lines = wanted.flatMap(([name]): Header[] => {
    const value = seen.get(name);
    return value ? [[name, value]] : [];
  });
  const isSafe = lines.every(([, value]) => value.split(', ').every((part) => part === '*' || isNginxSafe(part)));
  return isSafe ? proxyLines(context, { headers: lines, dropped: [], takesPreflights }) : [];
}

function proxyLines(context: FixContext, answers: Answers): Fix[] {
  const title = (name: string) =>
    answers.takesPreflights
      ? `Let ${name} alone answer for CORS, preflights as well`
      : `Let ${name} alone send the CORS headers`;
  return [
    fixFor('nginx', title('nginx'), nginx(context, answers)),
    fixFor('haproxy', title('HAProxy'), haproxy(context, answers)),
    fixFor('apache', title('Apache'), apache(context, answers)),
    fixFor('caddy', title('Caddy'), caddy(context, answers)),
  ];
}

/** `return` comes before every check of access, and inherits the headers. Source: https://nginx.org/en/docs/dev/development_guide.html#http_phases */
function nginx({ path }: FixContext, { headers, dropped, takesPreflights }: Answers): string[] {
  const others = takesPreflights ? ' and if ($request_method …)' : '';
  return [
    `# inside location ${path} { }, in place of every other add_header and proxy_hide_header Access-Control-…${others}`,
    '# nginx alone answers for CORS: what the server behind it sends is dropped, and this page alone may read',
    '# the answers: for several origins, take the value from a map of $http_origin, and add Vary: Origin',
    ...dropped.map((name) => `proxy_hide_header ${name};`),
    ...headers.map(([name, value]) => `add_header ${name} "${value}" always;`),
    ...(takesPreflights ? block('if ($request_method = OPTIONS) {', ['return 204;'], '}') : []),
  ];
}

/**
 * For Socket.IO's path alone, as everywhere here: other routes may not be this page's to read. `http-response` does not reach what HAProxy
 * answers itself. Source: https://docs.haproxy.org/2.6/configuration.html#http-after-response
 */
function haproxy({ path }: FixContext, { headers, takesPreflights }: Answers): string[] {
  const set = takesPreflights ? 'http-after-response set-header' : 'http-response set-header';
  return [
    takesPreflights
      ? '# in the backend, above every other http-request line, and in place of other lines for Access-Control-… or METH_OPTIONS there; HAProxy 2.2 and later'
      : '# in the backend, in place of other lines for Access-Control-… there',
    '# HAProxy alone answers for CORS: set-header drops what the server behind it sends, and this page alone may read the answers',
    'http-request set-var(txn.path) path',
    ...(takesPreflights ? [`http-request return status 204 if METH_OPTIONS { path_beg ${path} }`] : []),
    ...headers.map(([name, value]) => `${set} ${name} "${value}" if { var(txn.path) -m beg ${path} }`),
  ];
}

/** Rewriting comes before every check of access. Source: https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_r */
function apache({ path }: FixContext, { headers, dropped, takesPreflights }: Answers): string[] {
  const answer = [
    'RewriteEngine On',
    'RewriteCond %{REQUEST_METHOD} "=OPTIONS"',
    `RewriteCond %{REQUEST_URI} "=${path}"`,
    'RewriteRule ^ - [R=204,L]',
  ];
  return [
    takesPreflights
      ? `# in the virtual host, above what redirects, and in place of other lines for Access-Control-… or OPTIONS that reach ${path}`
      : `# in the virtual host, in place of other Header lines for Access-Control-… that reach ${path}`,
    '# Apache alone answers for CORS: what the server behind it sends is dropped, and this page alone may read the answers',
    ...(takesPreflights ? answer : []),
    ...block(
      `<Location "${path}">`,
      headers.flatMap(([name, value]) => [
        ...(dropped.includes(name) ? [`Header unset ${name}`] : []),
        `Header always set ${name} "${value}"`,
      ]),
      '</Location>',
    ),
  ];
}

function caddy({ path }: FixContext, { headers, takesPreflights }: Answers): string[] {
  const matcher = block('@preflight {', ['method OPTIONS', `path ${path}*`], '}');
  return [
    takesPreflights
      ? `# in the site block, in place of other lines for Access-Control-… or OPTIONS that reach ${path}`
      : `# in the site block, in place of other header lines for Access-Control-… that reach ${path}`,
    '# Caddy alone answers for CORS: deferred, it replaces what the server behind it sends, and this page alone may read the answers',
    ...(takesPreflights ? matcher : []),
    ...block(`header ${path}* {`, [...headers.map(([name, value]) => `${name} "${value}"`), 'defer'], '}'),
    ...(takesPreflights ? ['respond @preflight 204'] : []),
  ];
}
