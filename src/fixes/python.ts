/** python-socketio: whom it accepts, and on how many processes it runs. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isNginxSafe, js, PYTHON } from './context.ts';
import { pythonServers } from './socket-server.ts';
import { fixFor, withNote } from './stacks.ts';

/**
 * `cors_allowed_origins` with a list; it is asked for WebSocket, too, and of a page of the same origin, which therefore
 * stays on the list.
 */
export function acceptOrigin(context: FixContext, page: string): Fix[] {
  const fixes = pythonServers({ ...context, page, eio: null }, {});
  // It asks for the version after the origin: the list alone would only move the error.
  return context.eio === 3 ? withNote(fixes, OLD_CLIENT) : fixes;
}

const OLD_CLIENT = 'the page’s client (EIO=3) is too old for this server, too: npm install socket.io-client@4 there';

/** The proxy tells the Python server under which name and scheme the page knows it. */
export function forwardHost({ path }: FixContext): Fix {
  return fixFor('nginx', 'Forward `Host` and `X-Forwarded-Proto`', [
    `# inside location ${isNginxSafe(path) ? path : '/socket.io/'} { }, in place of lines for the same headers`,
    'proxy_set_header Host $http_host;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
  ]);
}

/** A session lives in one process. */
export function oneWorker(): Fix {
  return {
    id: 'python',
    stack: PYTHON,
    title: 'Run one worker, and more instances behind a sticky proxy',
    language: 'sh',
    file: 'terminal',
    code: [
      '# one worker a process: gunicorn cannot send a client to the same worker again',
      'gunicorn -k uvicorn.workers.UvicornWorker -w 1 server:app',
      '# uvicorn alone: uvicorn --workers 1 server:app; eventlet, gevent or threads: gunicorn -w 1 with that worker class',
      '# more than one instance: a port each, and a proxy in front that is sticky',
    ].join('\n'),
  };
}

/**
 * Nothing but the web framework's own middleware answers for CORS, as FastAPI's and Starlette's `CORSMiddleware` does for all that it
 * contains. python-socketio's check of origins, which WebSocket has nothing else for, ends with it.
 * Source: https://python-socketio.readthedocs.io/en/stable/server.html#cross-origin-controls
 */
export function onlyMiddlewareAnswers({ page, server }: FixContext): Fix {
  const origins = [...new Set([page ?? server, server])].map(js).join(', ');
  return fixFor('asgi', 'Where `CORSMiddleware` answers already, let python-socketio send no CORS headers', [
    'import socketio',
    'from socketio.exceptions import ConnectionRefusedError',
    '',
    '# []: neither headers nor a check of its own; CORSMiddleware needs the page in allow_origins',
    'sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[])',
    '',
    '',
    '# CORS does not guard WebSocket: here other sites are kept out; your own connect handler goes on from there',
    '@sio.on("connect")',
    'async def check_origin(sid, environ, auth):',
    `    if environ.get("HTTP_ORIGIN") not in [None, ${origins}]:`,
    '        raise ConnectionRefusedError("origin not allowed")',
  ]);
}
