/** CORS answered by the server: which origins, with or without cookies, which headers. Never `origin: true`, never `*` with cookies. */
import type { Fix } from '../model/finding.ts';
import { withBefore, withBefores } from './before.ts';
import { block, type FixContext, isNginxSafe, js } from './context.ts';
import { sameOrigin } from './same-origin.ts';
import { connect } from './socket-client.ts';
import { type CorsAnswer, nodeServers, otherOrigins, pythonServers, type ServerNeeds } from './socket-server.ts';
import { answerPreflightV2 } from './socket-server-v2.ts';
import { fixFor, withNote } from './stacks.ts';

/** `cors` of Socket.IO's own server. Express `app.use(cors())` and NestJS `enableCors()` do not reach it. */
export function enableCors(context: FixContext, needs: ServerNeeds = {}, title = addOriginTitle(context)): Fix[] {
  const older = needs.asked ? answerPreflightV2(context, needs.asked) : [];
  return [...nodeServers(context, needs, title), ...older, ...pythonServers(context, needs)];
}

/** The same, and the other forms that `cors.origin` may have. A string has no place for those that are listed already. */
export function allowOrigin(context: FixContext, needs: ServerNeeds): Fix[] {
  const [first, ...others] = enableCors(context, needs);
  const hasOthers = needs.hasList === true || (needs.alsoAllow ?? []).length > 0;
  const forms = otherOrigins(context, needs).filter(({ id }) => !(hasOthers && id === 'node-v4-string'));
  return first ? [first, ...forms, ...others] : [];
}

/** The same, or a proxy before the server that answers in its place. */
export function allowPage(context: FixContext, needs: ServerNeeds = {}, title?: string): Fix[] {
  return [...enableCors(context, needs, title), ...fromElsewhere(context, needs)];
}

/** Who else can see to it: a proxy that answers, or one that the page comes through. */
export function fromElsewhere(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  return [...onlyProxyAnswers(context, needs), ...sameOrigin(context)];
}

function addOriginTitle({ page }: FixContext): string {
  return page === null ? 'Set `cors.origin`' : `Add \`${page}\` to \`cors.origin\``;
}

/**
 * The client without the headers that only a server can send; what else was in `extraHeaders` goes where no preflight is
 * needed. A v2 client has no `auth`.
 */
export function dropHeaders(context: FixContext, headers: readonly string[], others: readonly string[]): Fix {
  const names = headers.map((name) => `\`${name}\``).join(', ');
  const rest = valuesOf(others);
  const options =
    rest.length === 0 ? [] : context.eio === 3 ? sentHeaders(context, others) : block('auth: {', rest, '},');
  const note = '// a client cannot allow itself anything: only the server sends Access-Control-Allow-* headers';
  const lines = [note, ...connect(context, options)];
  const before = [note, ...connect(context, sentHeaders(context, [...headers, ...others]))];
  return withBefore(fixFor('browser-client', `Remove ${names} from \`extraHeaders\``, lines), before.join('\n'));
}

/** Headers as a client is told to send them; their values are the user's secrets. */
function sentHeaders({ eio }: FixContext, names: readonly string[]): string[] {
  const headers = block('extraHeaders: {', valuesOf(names), '},');
  return eio === 3 ? block('transportOptions: {', block('polling: {', headers, '},'), '},') : headers;
}

function valuesOf(names: readonly string[]): string[] {
  return names.map((name) => `${js(name)}: ${js(`<value of ${name}>`)},`);
}

/** What a custom header carries can travel in the CONNECT packet, which needs no preflight (and reaches WebSocket, too). */
export function sendAsAuth(context: FixContext, headers: readonly string[]): Fix[] {
  const custom = headers.filter((name) => name !== 'content-type');
  if (context.eio === 3 || custom.length === 0) return [];
  const lines = (options: readonly string[]) => [
    '// no extraHeaders: `auth` travels in the CONNECT packet, without a preflight',
    ...connect(context, options),
    `// on the server: socket.handshake.auth[${js(custom[0] ?? '')}]`,
  ];
  const title = `Send ${custom.map((name) => `\`${name}\``).join(', ')} in \`auth\` instead of \`extraHeaders\``;
  const fix = fixFor('browser-client', title, lines(block('auth: {', valuesOf(custom), '},')));
  return [withBefore(fix, lines(sentHeaders(context, custom)).join('\n'))];
}

/**
 * A proxy becomes the only one that answers for CORS, with values that fit this page: two parties that answer give two headers.
 * Lines for the place that passes Socket.IO's requests on. Empty where a value cannot stand in a configuration.
 */
export function onlyProxyAnswers(context: FixContext, { allowedHeaders = [], now }: ServerNeeds = {}): Fix[] {
  const { page, path } = context;
  if (page === null || ![page, path, ...allowedHeaders].every(isNginxSafe)) return [];
  const cookies = context.credentials !== 'omit' || context.eio === 3;
  const headers: Header[] = [
    ['Access-Control-Allow-Origin', page],
    ...(cookies ? [['Access-Control-Allow-Credentials', 'true'] satisfies Header] : []),
    ...(allowedHeaders.length > 0
      ? [['Access-Control-Allow-Headers', allowedHeaders.join(', ')] satisfies Header]
      : []),
  ];
  const hidden = [
    ...new Set(['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials', ...headers.map(([name]) => name)]),
  ];
  return withBefores(proxyLines(context, headers, hidden), proxyNow(context, headers, now?.answers));
}

/** A proxy that sends what was seen, where it is the proxy that sends it; whether it drops anything did not show. */
function proxyNow(context: FixContext, wanted: readonly Header[], answers: CorsAnswer | undefined): Fix[] {
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
  return isSafe ? proxyLines(context, lines, []) : [];
}

function proxyLines({ path }: FixContext, headers: readonly Header[], dropped: readonly string[]): Fix[] {
  return [
    fixFor('nginx', 'Let nginx alone send the CORS headers', [
      `# inside location ${path} { }, in place of every other add_header and proxy_hide_header Access-Control-…`,
      '# nginx alone answers for CORS: what the server behind it sends is dropped, and this page alone may read',
      '# the answers: for several origins, take the value from a map of $http_origin',
      ...dropped.map((name) => `proxy_hide_header ${name};`),
      ...headers.map(([name, value]) => `add_header ${name} "${value}" always;`),
    ]),
    fixFor('haproxy', 'Let HAProxy alone send the CORS headers', [
      '# in the backend, in place of every other line for Access-Control-…',
      '# HAProxy alone answers for CORS: set-header drops what the server behind it sends, and this page alone may read the answers',
      ...headers.map(([name, value]) => `http-response set-header ${name} "${value}"`),
    ]),
    fixFor('apache', 'Let Apache alone send the CORS headers', [
      `# in the virtual host, in place of every other Header line for Access-Control-…`,
      '# Apache alone answers for CORS: what the server behind it sends is dropped, and this page alone may read the answers',
      ...headers.flatMap(([name, value]) => [
        ...(dropped.includes(name) ? [`Header unset ${name}`] : []),
        `Header always set ${name} "${value}"`,
      ]),
    ]),
    fixFor('caddy', 'Let Caddy alone send the CORS headers', [
      '# in the site block, in place of every other header line for Access-Control-…',
      '# Caddy alone answers for CORS: deferred, it replaces what the server behind it sends, and this page alone may read the answers',
      ...block('header {', [...headers.map(([name, value]) => `${name} "${value}"`), 'defer'], '}'),
    ]),
  ];
}

type Header = [name: string, value: string];

/** The same from the other side: Socket.IO is the only one, and the proxy adds nothing. */
export function onlySocketIoAnswers(context: FixContext, needs: ServerNeeds): Fix[] {
  const note = 'and let no proxy add or hide an Access-Control-* header (nginx: add_header, proxy_hide_header)';
  return withNote(enableCors(context, needs, 'Let Socket.IO alone send the CORS headers'), note);
}
