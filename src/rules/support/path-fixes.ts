/** Fixes for an endpoint at whose path something else answers: the server, the client, or a proxy in between. */
import { passOnInVite, passOnInWebpack } from '../../fixes/dev-server.ts';
import { askAtDefaultPath, serveAtPath } from '../../fixes/path.ts';
import { passOnInProxies } from '../../fixes/proxy.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Fix } from '../../model/finding.ts';
import { fixContext } from './context.ts';
import { cameThroughProxy, isPathChanged, proxyOfPage } from './who-answered.ts';

/** Everybody who can have the fault, the likeliest first. */
export function reachPath(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  const ends = [...serveAtPath(context), ...askAtDefaultPath(context)];
  const proxies = [...proxiesFor(exchange), ...devServers(exchange)];
  // No server behind can help: the proxy gave its own page, or asked it for another path.
  if (isPathChanged(exchange) || proxyOfPage(exchange) !== null) return [...proxies, ...askAtDefaultPath(context)];
  const seen = cameThroughProxy(exchange) ? 1 : 0;
  return [...proxies.slice(0, seen), ...ends, ...proxies.slice(seen)];
}

/** Proxies that pass the path on, the one first whose page the answer is. A `Server` header that names another orders them later. */
export function proxiesFor(exchange: JudgedExchange): Fix[] {
  const own = proxyOfPage(exchange);
  const fixes = passOnInProxies(fixContext(exchange));
  return [...fixes.filter(({ id }) => id === own), ...fixes.filter(({ id }) => id !== own)];
}

/** Development servers, where the page comes from whoever is asked. */
export function devServers(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  return context.page === null ? [passOnInVite(context), passOnInWebpack(context)] : [];
}
