/** Python servers that cannot speak WebSocket until a library for it is installed. */
import type { Fix } from '../model/finding.ts';

function install(id: string, stack: string, title: string, command: string): Fix {
  return { id, stack, title, language: 'sh', file: 'terminal', code: command };
}

/** For WSGI servers. Source: https://python-socketio.readthedocs.io/en/latest/server.html#deployment-strategies */
export function installSimpleWebsocket(): Fix {
  return install('python', 'python-socketio', 'Install a WebSocket library for Python', 'pip install simple-websocket');
}

/** uvicorn alone brings none. Source: https://www.uvicorn.org/#quickstart */
export function installUvicornStandard(): Fix {
  return install(
    'python',
    'uvicorn',
    'Install uvicorn together with WebSocket support',
    'pip install "uvicorn[standard]"',
  );
}
