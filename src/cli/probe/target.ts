/** What the user wrote as URL -> what a client would make of it. */
import { parseUrl } from '../../protocol/url.ts';

export interface Target {
  /** `http(s)://host[:port]`. */
  server: string;
  path: string;
  namespace: string;
  /** Parameters of the URL, which a client sends with every request; with `&` in front, or `''`. */
  query: string;
}

export const DEFAULT_PATH = '/socket.io/';

/** Written by the client itself. */
const OWN_PARAMETERS = ['EIO', 'transport', 'sid', 't', 'b64'];

/**
 * Reads the URL as `io(url)` does, where a path names a namespace; but a path that is said to be Engine.IO's, or looks like it (it
 * ends in `/`, holds `socket.io` or comes with `EIO=`), is its path. Null where it is no URL of a server.
 *
 * @param path what the user says the `path` option is
 */
export function parseTarget(text: string, path?: string): Target | null {
  const url = parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !/^(https?|wss?):$/.test(url.protocol) || url.hostname === '') return null;
  const server = `${url.protocol.replace('ws', 'http')}//${url.host}`;
  const query = queryOf(url);
  const own = url.pathname === '/' ? null : url.pathname;
  if (path !== undefined) {
    const asked = path.startsWith('/') ? path : `/${path}`;
    return { server, query, path: asked, namespace: own === null || bare(own) === bare(asked) ? '/' : own };
  }
  if (own === null) return { server, query, path: DEFAULT_PATH, namespace: '/' };
  const isPath = own.endsWith('/') || own.includes('socket.io') || url.searchParams.has('EIO');
  if (!isPath) return { server, query, path: DEFAULT_PATH, namespace: own };
  const isWhole = own.endsWith('/') || url.searchParams.has('EIO');
  return { server, query, path: isWhole ? own : `${own}/`, namespace: '/' };
}

function bare(path: string): string {
  return path.replace(/\/$/, '');
}

function queryOf({ searchParams }: URL): string {
  const rest = new URLSearchParams([...searchParams].filter(([name]) => !OWN_PARAMETERS.includes(name))).toString();
  return rest === '' ? '' : `&${rest}`;
}
