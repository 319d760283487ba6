/** Caches that may give the answer to one origin to another: Socket.IO's answers are for one client only. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, indent, isDefaultPath, isNginxSafe, js, pathInPython } from './context.ts';
import { onNodeServer } from './handlers.ts';
import { fixFor, type StackId } from './stacks.ts';

const TITLE = 'Send `Cache-Control: no-store` and `Vary: Origin`';

/** Headers that keep every cache out, and proxies that do not override them. */
export function forbidCaching(context: FixContext): Fix[] {
  return [...onNode(), ...onOlderNode(context), ...inPython(context), ...inProxies(context)];
}

/** Where `io.engine` has that event: from 4.1 on. */
function onNode(): Fix[] {
  const headers = ['headers["cache-control"] = "no-store";', 'headers["vary"] = "Origin";'];
  const listener = (engine: string) => block(`${engine}.on("headers", (headers) => {`, headers, '});');
  const note = 'v4.8 does this by itself with a list of origins; then a CDN drops what it sends';
  const lines = [`// io: your Socket.IO server (4.1 or later). ${note}`, ...listener('io.engine')];
  return [
    ...onNodeServer(TITLE, lines, null).filter(({ id }) => id !== 'node-v3'),
    fixFor('nestjs', TITLE, [
      `// a method of your gateway; ${note}`,
      '// in a gateway with a namespace: server.server.engine',
      ...block('afterInit(server: Server) {', listener('server.engine'), '}'),
    ]),
  ];
}

/** Before that event: on the HTTP server, whose answers Socket.IO 2 and 3 complete. */
function onOlderNode({ path, eio }: FixContext): Fix[] {
  const stacks: StackId[] = eio === 3 ? ['node-v3', 'node-v2'] : ['node-v3'];
  const lines = [
    '// after Socket.IO was attached to httpServer: it puts itself before all listeners that are there',
    ...block(
      'httpServer.prependListener("request", (req, res) => {',
      [
        `if (!req.url.startsWith(${js(path)})) return;`,
        'res.setHeader("Cache-Control", "no-store");',
        'res.setHeader("Vary", "Origin");',
      ],
      '});',
    ),
  ];
  return stacks.map((id) => fixFor(id, TITLE, lines));
}

/** python-socketio answers for a list of origins, and says neither. */
function inPython(context: FixContext): Fix[] {
  const { path, eio } = context;
  if (eio === 3) return [];
  const options = isDefaultPath(path) ? '' : `, socketio_path=${pathInPython(context)}`;
  const isOurs = (asked: string) => `${asked}.startswith(${js(path)})`;
  return [
    fixFor('aiohttp', TITLE, [
      '# app: your aiohttp application',
      'async def forbid_caching(request, response):',
      ...indent(
        [
          `if ${isOurs('request.path')}:`,
          '    response.headers["Cache-Control"] = "no-store"',
          '    response.headers["Vary"] = "Origin"',
        ],
        2,
      ),
      '',
      'app.on_response_prepare.append(forbid_caching)',
    ]),
    fixFor('asgi', TITLE, [
      'def forbid_caching(app):',
      ...indent(asgiBody(isOurs), 2),
      '',
      '# sio: your server; an application of your own comes second: socketio.ASGIApp(sio, your_app)',
      `app = forbid_caching(socketio.ASGIApp(sio${options}))`,
    ]),
    fixFor('flask', TITLE, [
      '# after SocketIO(app): it answers before Flask does, so that after_request() does not reach it',
      'def forbid_caching(wsgi_app):',
      ...indent(wsgiBody(isOurs), 2),
      '',
      'app.wsgi_app = forbid_caching(app.wsgi_app)',
    ]),
  ];
}

function asgiBody(isOurs: (asked: string) => string): string[] {
  return [
    'async def asked(scope, receive, send):',
    '    async def answer(message):',
    `        if message["type"] == "http.response.start" and ${isOurs('scope["path"]')}:`,
    '            more = [(b"cache-control", b"no-store"), (b"vary", b"Origin")]',
    '            message = {**message, "headers": [*message["headers"], *more]}',
    '        await send(message)',
    '',
    '    await app(scope, receive, answer)',
    '',
    'return asked',
  ];
}

function wsgiBody(isOurs: (asked: string) => string): string[] {
  return [
    'def asked(environ, start_response):',
    '    def answer(status, headers, *rest):',
    `        ours = ${isOurs('environ["PATH_INFO"]')}`,
    '        more = [("Cache-Control", "no-store"), ("Vary", "Origin")] if ours else []',
    '        return start_response(status, [*headers, *more], *rest)',
    '',
    '    return wsgi_app(environ, answer)',
    '',
    'return asked',
  ];
}

/** HAProxy's cache says that it is there only where it gives an answer out again, and no two addresses of a client are alike. */
function inProxies({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const title = `Keep \`${path}\` out of the cache`;
  return [
    fixFor('nginx', title, [
      `# inside location ${path} { }, in place of its proxy_cache, proxy_ignore_headers and of proxy_hide_header for Cache-Control and Vary`,
      'proxy_cache off;',
    ]),
    fixFor('apache', title, [
      '# in the virtual host, in place of the Cache… lines for that path and of Header lines for Cache-Control and Vary',
      `CacheDisable ${path}`,
    ]),
  ];
}
