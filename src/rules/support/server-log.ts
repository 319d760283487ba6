/** Whose log would tell more: that of the server which answered, as far as its answers tell. */
import type { ServerLog } from '../../fixes/dig-deeper.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { runtimeOf } from '../../model/sides.ts';
import { mayRefuseEio3 } from './engine-errors.ts';
import { stacksInHeaders } from './likely-stacks.ts';
import { hidesPlainRefusal, pythonRefusal } from './python.ts';

/** Socket.IO for Node.js where nothing tells of another. */
export function serverLogOf(endpoint: Endpoint, session: Session): ServerLog {
  const server = session.server ?? endpoint.sessions.findLast((each) => each.server !== null)?.server ?? null;
  if (server?.name === 'netty-socketio') return null;
  if (server === null ? looksLikePython(endpoint, session) : server.name === 'python-socketio') return 'python';
  return mayLackEvents(endpoint, session) ? 'node' : 'node-with-events';
}

function looksLikePython(endpoint: Endpoint, session: Session): boolean {
  if (session.exchanges.some((exchange) => pythonRefusal(exchange) !== null || hidesPlainRefusal(exchange)))
    return true;
  const [named] = stacksInHeaders(endpoint).flatMap((id) => runtimeOf(id) ?? []);
  return named === 'python';
}

/** A server that a v2 client can talk to, or that is of v3: unless something shows that it is of v4. */
function mayLackEvents(endpoint: Endpoint, session: Session): boolean {
  const versions = endpoint.sessions.flatMap(({ server }) => server?.version ?? []);
  if (versions.some((version) => version.startsWith('>='))) return false;
  if (versions.length > 0) return true;
  return session.eio === 3 && !session.exchanges.some(mayRefuseEio3);
}
