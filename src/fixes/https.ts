/** Connections that need TLS, or have it where it is not expected. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import { type FixContext, isNginxSafe } from './context.ts';
import { wholeServers } from './program.ts';
import { connect, connectInOneLine } from './socket-client.ts';
import { fixFor } from './stacks.ts';
import { endTls } from './tls-proxy.ts';

/** The client at the same host under another scheme; the port goes where it was the old scheme's own. */
function connectOver(scheme: 'http' | 'https', context: FixContext, title: string): Fix {
  const server = context.server.replace(/^https?:/, `${scheme}:`);
  const fix = fixFor('browser-client', title, connect({ ...context, server }));
  return withBefore({ ...fix, id: `browser-client-${scheme}` }, connect(context).join('\n'));
}

/** `io("https://...")` (and with it wss). */
export function connectOverHttps(context: FixContext, title = 'Connect over `https`'): Fix {
  return connectOver('https', context, title);
}

/** `io("http://...")`, where the server speaks no TLS on that port. */
export function connectOverHttp(context: FixContext, title = 'Connect over `http`'): Fix {
  return connectOver('http', context, title);
}

/**
 * TLS under Socket.IO, of the server's own or of a proxy before it, for a client that asks over https already, or has to be told to.
 *
 * @param tellsPage the client has to change, too
 */
export function serveOverHttps(context: FixContext, tellsPage = false): Fix[] {
  const inPage = tellsPage ? [`in the page: ${connectInOneLine(context)}`] : [];
  return [
    ...wholeServers(context, 'Serve Socket.IO over `https`', inPage),
    ...endTls(context).map((fix) => ({ ...fix, code: [...inPage.map((line) => `# ${line}`), fix.code].join('\n') })),
  ];
}

/** A certificate for development that this machine's browsers trust (https://github.com/FiloSottile/mkcert). Empty where the name is odd. */
export function trustDevelopmentCertificate({ server }: FixContext): Fix[] {
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  if (host === '' || !isNginxSafe(host) || host.includes('[')) return [];
  return [
    {
      id: 'mkcert',
      stack: 'Development certificate',
      title: `Make a certificate for \`${host}\` that this machine trusts`,
      language: 'sh',
      file: 'terminal',
      code: `mkcert -install\nmkcert -key-file key.pem -cert-file cert.pem ${host}`,
    },
  ];
}
