/** python-socketio: whom it accepts, and on how many processes it runs. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isNginxSafe, js, NGINX, PYTHON } from './context.ts';

/**
 * `cors_allowed_origins` with a list; it is asked for WebSocket, too, and of a page of the same origin, which therefore
 * stays on the list.
 */
export function acceptOrigin(page: string): Fix {
  return {
    id: 'python',
    stack: PYTHON,
    title: 'Add the page’s origin to `cors_allowed_origins`',
    language: 'py',
    file: 'server.py',
    code: [
      'import socketio',
      '',
      '# the same argument for socketio.Server and for SocketIO of Flask-SocketIO',
      `sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[${js(page)}])`,
    ].join('\n'),
  };
}

/** The proxy tells the Python server under which name and scheme the page knows it. */
export function forwardHost({ path }: FixContext): Fix {
  return {
    id: 'nginx',
    stack: NGINX,
    title: 'Forward `Host` and `X-Forwarded-Proto`',
    language: 'nginx',
    file: 'nginx.conf',
    code: [
      `location ${isNginxSafe(path) ? path : '/socket.io/'} {`,
      '  # proxy_pass and the other lines of this location stay as they are',
      '  proxy_set_header Host $http_host;',
      '  proxy_set_header X-Forwarded-Proto $scheme;',
      '}',
    ].join('\n'),
  };
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
