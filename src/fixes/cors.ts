/** CORS answered by the server: which origins, with or without cookies, which headers. Never `origin: true`, never `*` with cookies. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, block, type FixContext, isNginxSafe, js, NGINX, NODE_V4 } from './context.ts';
import { connect } from './socket-client.ts';
import { IMPORT_SERVER, newServer, type ServerNeeds } from './socket-server.ts';

/** `cors` on `new Server`. Express `app.use(cors())` and NestJS `enableCors()` do not reach Socket.IO. */
export function enableCors(context: FixContext, needs: ServerNeeds = {}, title = addOriginTitle(context)): Fix {
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title,
    language: 'js',
    file: 'server.js',
    code: [IMPORT_SERVER, '', ...newServer(context, needs)].join('\n'),
    executed: false,
  };
}

function addOriginTitle({ page }: FixContext): string {
  return page === null ? 'Set `cors.origin`' : `Add \`${page}\` to \`cors.origin\``;
}

/** A v2 server answers preflights only through `handlePreflightRequest`; the headers of the other answers are right already. */
export function answerPreflightV2(context: FixContext, requestedHeaders: readonly string[]): Fix {
  const headers = [
    `"Access-Control-Allow-Origin": ${js(context.page ?? context.server)},`,
    `"Access-Control-Allow-Headers": ${js(requestedHeaders.join(', '))},`,
    '"Access-Control-Allow-Credentials": "true",',
  ];
  const handler = block(
    'handlePreflightRequest: (req, res) => {',
    [...block('res.writeHead(200, {', headers, '});'), 'res.end();'],
    '},',
  );
  return {
    id: 'node-v2',
    stack: 'Node.js Socket.IO v2',
    title: 'Answer preflights with `handlePreflightRequest`',
    language: 'js',
    file: 'server.js',
    code: block('const io = require("socket.io")(httpServer, {', handler, '});').join('\n'),
    executed: false,
  };
}

/**
 * The client without the headers that only a server can send; what else was in `extraHeaders` goes where no preflight is
 * needed. A v2 client has no `auth`.
 */
export function dropHeaders(context: FixContext, headers: readonly string[], others: readonly string[]): Fix {
  const names = headers.map((name) => `\`${name}\``).join(', ');
  const rest = others.map((name) => `${js(name)}: ${js(`<value of ${name}>`)},`);
  const options = rest.length === 0 ? [] : context.eio === 3 ? v2Headers(rest) : block('auth: {', rest, '},');
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: `Remove ${names} from \`extraHeaders\``,
    language: 'js',
    file: 'client.js',
    code: ['// a client cannot allow itself anything: only the server sends Access-Control-Allow-* headers']
      .concat(connect(context, options))
      .join('\n'),
    executed: false,
  };
}

function v2Headers(headers: readonly string[]): string[] {
  return block('transportOptions: {', block('polling: {', block('extraHeaders: {', headers, '},'), '},'), '},');
}

/** What a custom header carries can travel in the CONNECT packet, which needs no preflight (and reaches WebSocket, too). */
export function sendAsAuth(context: FixContext, headers: readonly string[]): Fix[] {
  const custom = headers.filter((name) => name !== 'content-type');
  if (context.eio === 3 || custom.length === 0) return [];
  const auth = block(
    'auth: {',
    custom.map((name) => `${js(name)}: ${js(`<value of ${name}>`)},`),
    '},',
  );
  return [
    {
      id: 'browser-client',
      stack: BROWSER_CLIENT,
      title: `Send ${custom.map((name) => `\`${name}\``).join(', ')} in \`auth\` instead of \`extraHeaders\``,
      language: 'js',
      file: 'client.js',
      code: [
        '// no extraHeaders: `auth` travels in the CONNECT packet, without a preflight',
        ...connect(context, auth),
        `// on the server: socket.handshake.auth[${js(custom[0] ?? '')}]`,
      ].join('\n'),
      executed: false,
    },
  ];
}

/** Two parties add CORS headers: nginx becomes the only one, with values that fit this page. */
export function onlyNginxAnswers(context: FixContext, { allowedHeaders = [] }: ServerNeeds = {}): Fix[] {
  const { page, path } = context;
  if (page === null || ![page, path, ...allowedHeaders].every(isNginxSafe)) return [];
  const cookies = context.credentials !== 'omit' || context.eio === 3;
  const lines = [
    '# in place of any other add_header Access-Control-…; proxy_pass and the rest stay as they are',
    '# nginx alone answers for CORS: what the server behind it sends is dropped',
    'proxy_hide_header Access-Control-Allow-Origin;',
    'proxy_hide_header Access-Control-Allow-Credentials;',
    `add_header Access-Control-Allow-Origin "${page}" always;`,
    ...(cookies ? ['add_header Access-Control-Allow-Credentials "true" always;'] : []),
    ...nginxHeaders(allowedHeaders),
  ];
  return [
    {
      id: 'nginx',
      stack: NGINX,
      title: 'Let nginx alone send the CORS headers',
      language: 'nginx',
      file: 'nginx.conf',
      code: block(`location ${path} {`, lines, '}').join('\n'),
      executed: false,
    },
  ];
}

function nginxHeaders(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    'proxy_hide_header Access-Control-Allow-Headers;',
    `add_header Access-Control-Allow-Headers "${names.join(', ')}" always;`,
  ];
}

/** The same from the other side: Socket.IO is the only one, and the proxy adds nothing. */
export function onlySocketIoAnswers(context: FixContext, needs: ServerNeeds): Fix {
  const fix = enableCors(context, needs, 'Let Socket.IO alone send the CORS headers');
  return {
    ...fix,
    code: `// and let no proxy add or hide an Access-Control-* header (nginx: add_header, proxy_hide_header)\n${fix.code}`,
  };
}
