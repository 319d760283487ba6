/** What snippets are filled with, and how values of the user's traffic get into code without breaking it. */
import type { CredentialsMode } from '../cors/outcome.ts';

/** The user's own values. */
export interface FixContext {
  /** Origin of the Socket.IO server, `http://localhost:3001`. */
  server: string;
  /** Path of the Engine.IO endpoint, `/socket.io/`. */
  path: string;
  /** Origin that has to be allowed; null when the page is same-origin, opaque or unknown. */
  page: string | null;
  /** Whether the client sends cookies. */
  credentials: CredentialsMode;
  /** Engine.IO revision that the client speaks. */
  eio: number | null;
  /** The client began with WebSocket: over polling it would meet CORS checks that it never had to pass. */
  isSocketFirst?: boolean;
  /** Next.js answers there. */
  isNext?: boolean;
}

export const NODE_V4 = 'Node.js Socket.IO v4';
export const BROWSER_CLIENT = 'Browser client';
export const PYTHON = 'python-socketio';

const DEFAULT_PATH = '/socket.io/';

/** A JavaScript string literal, in which nothing ends a line: it may stand in a comment, where U+2028 and U+2029 would. */
export function js(value: string): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

/** Indents every line by two spaces a level. */
export function indent(lines: readonly string[], level = 1): string[] {
  return lines.map((line) => '  '.repeat(level) + line);
}

/** `{` … `}` over the given property lines. */
export function block(head: string, lines: readonly string[], tail: string): string[] {
  return [head, ...indent(lines), tail];
}

/** The `path` option, only where it is not the default. Both ends add a slash to its end unless told not to (4.6 and later). */
export function pathOption({ path }: FixContext): string[] {
  if (isDefaultPath(path)) return [];
  return path.endsWith('/') ? [`path: ${js(path)},`] : [`path: ${js(path)},`, 'addTrailingSlash: false,'];
}

/** Whether both ends agree on this path without being told. */
export function isDefaultPath(path: string): boolean {
  return path === DEFAULT_PATH;
}

/** The path as python-socketio's `socketio_path` has it: a literal, without the slashes at its ends. */
export function pathInPython({ path }: FixContext): string {
  return js(path.replace(/^\/+|\/+$/g, ''));
}

/** TCP port of an origin: the scheme's own where it names none. */
export function portOf(origin: string): number {
  if (!URL.canParse(origin)) return 80;
  const { port, protocol } = new URL(origin);
  return port ? Number(port) : protocol === 'https:' ? 443 : 80;
}

/** Whether a host's name is for this machine alone. */
export function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** What a server listens on, as JavaScript: plain HTTP is never on the port of https, where a proxy is before it. */
export function listenPort(server: string): string {
  const isBehindProxy = server.startsWith('https:') && portOf(server) === 443;
  return isBehindProxy ? 'process.env.PORT ?? 3000' : String(portOf(server));
}

/** Whether a value can stand in an nginx string: no quote, no variable, no end of statement. */
export function isNginxSafe(value: string): boolean {
  return /^[\w.:/[\]-]+$/.test(value);
}
