/** A server that says nothing: asked from a terminal, with and without what is in between. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isNginxSafe, portOf } from './context.ts';

/** curl against the server itself, at the port that it listens on: behind a proxy that is another than the one in the URL. */
export function askFromTerminal({ server, path, eio }: FixContext): Fix {
  const port = isDirect(server) ? portOf(server) : 3000;
  const url = `http://127.0.0.1:${port}${isNginxSafe(path) ? path : '/socket.io/'}`;
  return {
    id: 'terminal',
    stack: 'Terminal',
    title: 'Ask the server past the proxy, from its own machine',
    language: 'sh',
    file: 'terminal',
    code: [
      `# ${port}: the port that Socket.IO itself listens on, on its own machine`,
      '# an answer at once: what is in between holds it; none: the server itself hangs',
      `curl -i --max-time 5 "${url}?EIO=${eio ?? 4}&transport=polling"`,
    ].join('\n'),
  };
}

/** Plain HTTP on a port of its own, as a server has it while it is developed. */
function isDirect(server: string): boolean {
  return server.startsWith('http:') && portOf(server) !== 80;
}
