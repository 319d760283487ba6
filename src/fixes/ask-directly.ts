/** A server that says nothing: asked from a terminal, with and without what is in between. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isNginxSafe } from './context.ts';

/** curl against the server itself. */
export function askFromTerminal({ server, path, eio }: FixContext): Fix {
  const safe = [server, path].every(isNginxSafe);
  const url = safe ? `${server}${path}` : 'http://localhost:3000/socket.io/';
  return {
    id: 'terminal',
    stack: 'Terminal',
    title: 'Ask the server past the proxy, from its own machine',
    language: 'sh',
    file: 'terminal',
    code: [
      '# an answer at once: what is in between holds it; none: the server itself hangs',
      `curl -i --max-time 5 "${url}?EIO=${eio ?? 4}&transport=polling"`,
    ].join('\n'),
  };
}
