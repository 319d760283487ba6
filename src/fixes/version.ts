/** Client and server of different majors: upgrade the client, or let the server accept it. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, js } from './context.ts';
import { enableCors } from './cors.ts';

/** `allowEIO3`; a v2 client sends cookies, so the page needs a listed origin and `credentials`, never `*`. */
export function allowEio3(context: FixContext): Fix {
  return enableCors({ ...context, eio: 3 }, {}, 'Accept v2 clients with `allowEIO3`');
}

/** The client at the server's major. Cross-origin, the server still has to allow the page: v3+ allows none by itself. */
export function upgradeClient({ page }: FixContext): Fix {
  const cors =
    page === null
      ? []
      : [`# on the server, v3 and later allow no other origin by themselves: cors: { origin: [${js(page)}] }`];
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Upgrade the client to `socket.io-client` v4',
    language: 'sh',
    file: 'terminal',
    code: ['npm install socket.io-client@4', ...cors].join('\n'),
    executed: false,
  };
}
