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

const DEFAULT_PATH = '/socket.io/';

/** Written by the client itself. */
const OWN_PARAMETERS = ['EIO', 'transport', 'sid', 't', 'b64'];

/**
 * Reads the URL as `io(url)` does, where a path names a namespace; but a path that is said to be Engine.IO's, or looks like it (it
 * ends in `/`, holds `socket.io` or comes with `EIO=`), is its path. Null where it is no URL of a server.
 *
 * @param path what the user says the client's `path` option is
 * @param hasTrailingSlash the client's `addTrailingSlash`: it writes one, whatever the path ends with
 */
export function parseTarget(text: string, path?: string, hasTrailingSlash = true): Target | null {
  const url = parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !/^(https?|wss?):$/.test(url.protocol) || url.hostname === '') return null;
  const server = `${url.protocol.replace('ws', 'http')}//${url.host}`;
  const query = queryOf(url);
  const own = url.pathname === '/' ? null : url.pathname;
  if (own !== null && url.searchParams.has('EIO')) return { server, query, path: own, namespace: '/' };
  const isPath = own !== null && (own.endsWith('/') || own.includes('socket.io'));
  const asked = bare(path ?? (isPath ? own : DEFAULT_PATH));
  const isNamespace = own !== null && bare(own) !== asked && !isPath;
  return { server, query, path: hasTrailingSlash ? `${asked}/` : asked, namespace: isNamespace ? own : '/' };
}

/** With a slash in front, and none at the end. */
function bare(path: string): string {
  return path.replace(/^(?!\/)/, '/').replace(/\/$/, '');
}

function queryOf({ searchParams }: URL): string {
  const rest = new URLSearchParams([...searchParams].filter(([name]) => !OWN_PARAMETERS.includes(name))).toString();
  return rest === '' ? '' : `&${rest}`;
}
