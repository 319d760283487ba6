import type { FixContext } from '../../fixes/context.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Session } from '../../model/session.ts';
import { observed, originOf, responseHeader } from './exchanges.ts';

/** The user's own values, as the snippets need them. */
export function fixContext(exchange: JudgedExchange): FixContext {
  const { origin: server, path, eio } = exchange.target;
  const origin = originOf(exchange);
  const page = origin === 'null' || origin === server ? null : origin;
  return {
    server,
    path,
    page,
    credentials: exchange.cors.credentials,
    eio,
    isSocketFirst: exchange.kind === 'websocket' && exchange.target.sid === null,
    isNext: responseHeader(exchange, 'X-Powered-By') === 'Next.js',
  };
}

/** The two names that most pages use: the server's origin and the page's. */
export function parties(exchange: JudgedExchange): { server: string; page: string } {
  return { server: exchange.target.origin, page: originOf(exchange) ?? 'the page' };
}

/** The same for what happens inside a connection, where no single request decides. */
export function sessionContext(session: Session): FixContext {
  const first = observed(session).find((exchange) => exchange.kind !== 'preflight');
  const { origin: server, path } = session.endpoint;
  return first ? fixContext(first) : { server, path, page: null, credentials: 'unknown', eio: session.eio };
}
