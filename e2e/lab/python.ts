import { fileURLToPath } from 'node:url';
import { type Program, startProgram } from './program.ts';
import type { LabContext } from './scenario.ts';

/** What a python-socketio server shall be like. */
export interface PythonConfig {
  /** aiohttp by itself, an ASGI app in uvicorn, or a WSGI app in gunicorn (which has no WebSocket). */
  on?: 'aiohttp' | 'uvicorn' | 'gunicorn';
  /** Keyword arguments of the server: `cors_allowed_origins`, `transports`, `allow_upgrades`... */
  server?: Record<string, unknown>;
  /** Without slashes; `socket.io` by default. */
  path?: string;
  /** Namespaces besides `/`. */
  namespaces?: readonly string[];
  /** The only token that lets a client in; any client without it. */
  token?: string;
  /** Processes; uvicorn and gunicorn only. */
  workers?: number;
  /** uvicorn's WebSocket implementation: `none` for none. */
  ws?: 'auto' | 'none';
}

const SERVER = fileURLToPath(new URL('python/server.py', import.meta.url));

/** Starts a real python-socketio server on a free loopback port. Resolves once it answers. It allows its own origin only, by default. */
export function startPython(lab: LabContext, config: PythonConfig = {}): Promise<Program> {
  return startProgram(lab, 'python', async ({ port }) => ({
    args: [SERVER],
    env: { LAB: JSON.stringify({ ...config, port }), PYTHONDONTWRITEBYTECODE: '1' },
    isUp: answers,
  }));
}

/** A gunicorn that listens may still be loading its app: the answer of any other path shows that it is there. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
