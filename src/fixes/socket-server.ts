/** The server that Socket.IO's users write, in each framework: one statement that takes the place of theirs. */
import type { Fix } from '../model/finding.ts';
import { withBefores } from './before.ts';
import { block, type FixContext, indent, js, pathOption } from './context.ts';
import { fixFor } from './stacks.ts';

/** What a server is seen to answer a page of another origin now. */
export interface CorsAnswer {
  /** `Access-Control-Allow-Origin`, one value. */
  origin: string;
  /** `Access-Control-Allow-Credentials`; null when it sends none. */
  credentials: string | null;
  /** The names in `Access-Control-Allow-Headers`; null where no preflight was answered, or it sent none. */
  headers: readonly string[] | null;
}

export interface ServerNeeds {
  /** Further origins that the server allows already and should keep allowing. */
  alsoAllow?: readonly string[];
  /** There is a list already, which cannot be seen. */
  hasList?: boolean;
  /** For `cors.allowedHeaders`; without it the server allows whatever a preflight asks for. */
  allowedHeaders?: readonly string[];
  /** Headers that a preflight asked for, where that may have been a v2 server, which leaves the answer to its user. */
  asked?: readonly string[];
  /** The fault is one that no python-socketio server has: it names the page's own origin or none, and answers 400 where it refuses. */
  isNotPython?: true;
  /** How `cors.origin` names them: a list without this; `constant`: a list above the statement, which more goes by than `cors`. */
  originAs?: 'string' | 'function' | 'constant';
  /** Further options of Node.js servers, each line ending in a comma. */
  options?: readonly string[];
  /** The same for python-socketio: keyword arguments. */
  arguments?: readonly string[];
  /** What the evidence shows of the server as it is. */
  now?: ServerNow | undefined;
}

/** Options as they are set now; what is left out is taken to be as the fix has it. */
export interface ServerNow {
  /** Its CORS headers. Not what `python-socketio` sends: that names the page, or nobody. */
  answers?: CorsAnswer | undefined;
  /** In place of the further options. */
  options?: readonly string[];
  /** In place of the keyword arguments. */
  arguments?: readonly string[];
  /** It takes no v2 client. */
  refusesEio3?: boolean;
}

/** What one statement is built of. */
interface Statement extends ServerNeeds {
  /** In place of the lines of `cors` that the page needs. */
  cors?: readonly string[];
  refusesEio3?: boolean;
}

export const IMPORT_SERVER =
  'import { Server } from "socket.io"; // CommonJS: const { Server } = require("socket.io");';

/**
 * The statement, with everything that this page needs at once: path, protocol revision, origin, credentials. A fix that
 * satisfies one header only moves the error to the next.
 */
export function newServer(context: FixContext, needs: Statement = {}, httpServer = 'httpServer'): string[] {
  const options = optionsOf(context, needs);
  if (options.length === 0) return [`const io = new Server(${httpServer});`];
  return block(`const io = new Server(${httpServer}, {`, options, '});');
}

function optionsOf(context: FixContext, needs: Statement): string[] {
  return [
    ...pathOption(context),
    ...protocolOption(context, needs),
    ...corsOption(context, needs),
    ...(needs.options ?? []),
  ];
}

function protocolOption({ eio }: FixContext, { refusesEio3 }: Statement): string[] {
  return eio === 3 && !refusesEio3 ? ['allowEIO3: true, // the page uses a v2 client (EIO=3)'] : [];
}

function corsOption(context: FixContext, needs: Statement): string[] {
  return context.page === null ? [] : block('cors: {', needs.cors ?? corsLines(context, needs), '},');
}

/** What goes between the braces of `cors`. */
export function corsLines(context: FixContext, needs: ServerNeeds): string[] {
  return [...originOption(context, needs), ...credentialsOption(context), ...headersOption(needs.allowedHeaders)];
}

function originOption(context: FixContext, needs: ServerNeeds): string[] {
  if (needs.originAs === 'constant') return ['origin: allowed,'];
  if (needs.originAs === 'string') return [`origin: ${js(context.page ?? '')}, // this one alone; for more, a list`];
  const origins = `[${originsOf(context, needs).map(js).join(', ')}]`;
  const others = needs.hasList ? ' // beside those that are listed already' : '';
  if (needs.originAs !== 'function') return [`origin: ${origins},${others}`];
  return block(
    'origin: (origin, callback) => {',
    [
      `const allowed = ${origins};${others || ' // or ask your database'}`,
      '// an unknown origin gets false, and never callback(new Error(…)): since 4.6.2 that is answered 400',
      'callback(null, allowed.includes(origin));',
    ],
    '},',
  );
}

/** The list that `originAs: 'constant'` refers to. */
function constants(context: FixContext, needs: ServerNeeds): string[] {
  if (needs.originAs !== 'constant') return [];
  return [
    '// every origin that may connect: take out what is not yours; never "null"',
    `const allowed = [${originsOf(context, needs).map(js).join(', ')}];`,
  ];
}

function originsOf({ page }: FixContext, { alsoAllow = [] }: ServerNeeds): string[] {
  return page === null ? [] : [...new Set([page, ...alsoAllow])];
}

/**
 * Harmless with listed origins, and missing it fails a client that sends cookies: left out only when it is known to send none.
 * A v2 client sends them unless told otherwise.
 */
function credentialsOption({ credentials, eio }: FixContext): string[] {
  if (credentials === 'include' || eio === 3) return ['credentials: true, // the client sends cookies'];
  return credentials === 'omit' ? [] : ['credentials: true, // needed if the client sets withCredentials'];
}

function headersOption(headers: readonly string[] | undefined): string[] {
  return headers ? [`allowedHeaders: [${headers.map(js).join(', ')}],`] : [];
}

/** `cors` as it has to be set for the headers that were seen. An origin of its own, listed or not, is answered with that origin. */
function corsNow(context: FixContext, needs: ServerNeeds, { origin, credentials, headers }: CorsAnswer): string[] {
  const listed = origin === context.page ? `[${js(origin)}]` : js(origin);
  return [
    `origin: ${listed},`,
    ...(credentials === 'true' ? credentialsOption(context) : []),
    ...(needs.allowedHeaders && headers ? headersOption(headers) : []),
  ];
}

/** What `cors` does not do. Source: https://socket.io/docs/v4/handling-cors/ */
const WEBSOCKET_CAVEAT =
  '// CORS does not guard WebSocket: to keep other sites out there, too, check req.headers.origin in allowRequest';

function caveatOf({ page }: FixContext, { options = [] }: Statement): string[] {
  const isGuarded = options.some((line) => line.startsWith('allowRequest'));
  return page === null || isGuarded ? [] : [WEBSOCKET_CAVEAT];
}

/** One statement a framework of Node.js: all that configure the same `Server`; with it, where it was seen, what it takes the place of. */
export function nodeServers(context: FixContext, needs: ServerNeeds, title: string): Fix[] {
  const fixes = statements(context, needs, title);
  const { now } = needs;
  if (!now) return fixes;
  const { answers, refusesEio3 = false, options = needs.options ?? [] } = now;
  const cors = answers && { cors: corsNow(context, needs, answers) };
  // What the routes answer, which Express configures beside it, is another matter.
  const before = statements(context, { ...needs, ...cors, options, refusesEio3 }, title);
  return withBefores(
    fixes,
    before.filter(({ id }) => id !== 'express'),
  );
}

function statements(context: FixContext, needs: Statement, title: string): Fix[] {
  const plain = [
    IMPORT_SERVER,
    '',
    ...constants(context, needs),
    ...newServer(context, needs),
    ...caveatOf(context, needs),
  ];
  return [
    fixFor('node-v4', title, plain),
    ...express(context, needs),
    fixFor('nestjs', title, nestjs(context, needs)),
    fixFor('fastify', title, fastify(context, needs)),
    fixFor('next', title, nextServer(context, needs)),
    fixFor('node-v3', title, plain),
  ];
}

/** The same for v4 with one origin as a string, and with a function that decides: for those whose `cors.origin` is one. */
export function otherOrigins(context: FixContext, needs: ServerNeeds): Fix[] {
  if (context.page === null) return [];
  const forms = [
    ['string', `Allow \`${context.page}\` alone, with a string as \`cors.origin\``],
    ['function', 'Decide in a function, which refuses with `callback(null, false)`'],
  ] as const;
  return forms.map(([originAs, title]) => {
    const code = [IMPORT_SERVER, '', ...newServer(context, { ...needs, originAs }), WEBSOCKET_CAVEAT];
    return { ...fixFor('node-v4', title, code), id: `node-v4-${originAs}` };
  });
}

/** The REST routes' CORS and Socket.IO's own, from one list: neither reaches the other. */
function express(context: FixContext, needs: Statement): Fix[] {
  if (context.page === null) return [];
  const others = [...pathOption(context), ...protocolOption(context, needs), ...(needs.options ?? [])];
  const lines = [
    'import cors from "cors";',
    IMPORT_SERVER,
    '',
    ...constants(context, needs),
    ...block('const corsOptions = {', corsLines(context, needs), '};'),
    'app.use(cors(corsOptions)); // answers for your own routes, and not for Socket.IO',
    ...block('const io = new Server(httpServer, {', [...others, 'cors: corsOptions,'], '});'),
    ...caveatOf(context, needs),
  ];
  return [fixFor('express', `Allow \`${context.page}\` on the routes and on Socket.IO`, lines)];
}

function nestjs(context: FixContext, needs: Statement): string[] {
  const options = optionsOf(context, needs);
  const decorator = options.length === 0 ? ['@WebSocketGateway()'] : block('@WebSocketGateway({', options, '})');
  return [
    '// above the class of your gateway: app.enableCors() does not reach it; with several on one port and path the options of',
    '// the first that Nest loads count, and the others’ are ignored',
    ...constants(context, needs),
    ...decorator,
  ];
}

function fastify(context: FixContext, needs: Statement): string[] {
  return [
    IMPORT_SERVER,
    '',
    '// app: your Fastify instance; @fastify/cors does not reach Socket.IO. With the plugin fastify-socket.io give it these options',
    '// in app.register(), and no second Server beside it',
    ...constants(context, needs),
    ...newServer(context, needs, 'app.server'),
  ];
}

function nextServer(context: FixContext, needs: Statement): string[] {
  return [
    'import { createServer } from "node:http";',
    'import next from "next";',
    IMPORT_SERVER,
    '',
    'const app = next({ dev: process.env.NODE_ENV !== "production" });',
    'await app.prepare();',
    'const httpServer = createServer(app.getRequestHandler());',
    ...constants(context, needs),
    ...newServer(context, needs),
    `httpServer.listen(process.env.PORT ?? ${namedPort(context.server)});`,
  ];
}

/** The port in the URL; where it has none, a proxy has the scheme's own, and Next.js its default. */
function namedPort(server: string): number {
  return Number(URL.canParse(server) && new URL(server).port) || 3000;
}

/** The same for python-socketio, which asks its list for WebSocket, too. None for a v2 client: its versions speak one protocol. */
export function pythonServers(context: FixContext, needs: ServerNeeds, title = acceptTitle(context)): Fix[] {
  if (context.eio === 3 || needs.isNotPython) return [];
  const fixes = pythonStatements(context, needs, title);
  const now = needs.now?.arguments;
  return now ? withBefores(fixes, pythonStatements(context, { ...needs, arguments: now }, title)) : fixes;
}

function pythonStatements(context: FixContext, needs: ServerNeeds, title: string): Fix[] {
  const origins = originsOf(context, needs);
  const list = origins.length === 0 ? [] : [`cors_allowed_origins=[${origins.map(js).join(', ')}],`];
  const keywords = [...list, ...(needs.arguments ?? [])];
  return [
    fixFor('aiohttp', title, ['import socketio', '', ...asyncServer('aiohttp', keywords)]),
    fixFor('asgi', title, ['import socketio', '', ...asyncServer('asgi', keywords)]),
    fixFor('flask', title, [
      'from flask_socketio import SocketIO',
      '',
      ...call('socketio = SocketIO(', ['app,', ...keywords]),
    ]),
  ];
}

function acceptTitle({ page }: FixContext): string {
  return page === null ? 'Set up the server' : `Add \`${page}\` to \`cors_allowed_origins\``;
}

function asyncServer(mode: string, keywords: readonly string[]): string[] {
  return call('sio = socketio.AsyncServer(', [`async_mode="${mode}",`, ...keywords]);
}

function call(head: string, lines: readonly string[]): string[] {
  return [head, ...indent(lines, 2), ')'];
}
