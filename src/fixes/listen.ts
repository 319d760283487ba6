/** Nothing listens: start it, on the port that the page asks for. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, portOf } from './context.ts';
import { wholeServers } from './program.ts';
import { endTls } from './tls-proxy.ts';

/** A server on the port in the client's URL. Where the client asks over https: with a certificate, or behind a proxy that has one. */
export function startServer(context: FixContext): Fix[] {
  const servers = wholeServers(context, `Start the server on port \`${portOf(context.server)}\``);
  return context.server.startsWith('https:') ? [...servers, ...proxiesOf(context)] : servers;
}

/** Not Apache: what it listens on is not said in its virtual host. */
function proxiesOf(context: FixContext): Fix[] {
  return endTls(context).filter(({ id }) => id !== 'apache');
}
