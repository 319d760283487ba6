/** CORS answered by the server: which origins, with or without cookies, which headers. Never `origin: true`, never `*` with cookies. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import { block, type FixContext, js } from './context.ts';
import { onlyProxyAnswers } from './proxy-cors.ts';
import { sameOrigin } from './same-origin.ts';
import { connect } from './socket-client.ts';
import { nodeServers, otherOrigins, pythonServers, type ServerNeeds } from './socket-server.ts';
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

/** The same from the other side: Socket.IO is the only one, and the proxy adds nothing. */
export function onlySocketIoAnswers(context: FixContext, needs: ServerNeeds): Fix[] {
  const note = 'and let no proxy add or hide an Access-Control-* header (nginx: add_header, proxy_hide_header)';
  return withNote(enableCors(context, needs, 'Let Socket.IO alone send the CORS headers'), note);
}
