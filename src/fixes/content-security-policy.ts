/** The page's own policy: it has to list the server, for both schemes that a connection uses. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';

/**
 * `connect-src` with the server for polling (http) and for WebSocket (ws), beside what is allowed already.
 *
 * @param sources what the deciding directive allows now; null where the policy was not seen
 */
export function allowInPolicy({ server }: FixContext, sources: readonly string[] | null): Fix[] {
  const kept = sources?.filter(isAddress) ?? ["'self'"];
  const all = [...new Set([...kept, server, server.replace(/^http/, 'ws')])];
  const place = sources
    ? 'in place of connect-src in the policy that the page has; its other directives stay'
    : 'the policy was not seen: the last two belong to the connect-src that the page has, and the rest of it stays';
  return [
    {
      id: 'csp',
      stack: 'Any web server',
      title: 'Allow the server in `connect-src`, for `http` and for `ws`',
      language: 'text',
      file: 'response header of the page',
      code: `# ${place}\nContent-Security-Policy: connect-src ${all.join(' ')}`,
    },
    {
      id: 'helmet',
      stack: 'Express with Helmet',
      title: 'Allow the server in `connectSrc`, for `http` and for `ws`',
      language: 'js',
      file: 'server.js',
      code: block(
        'app.use(',
        block(
          'helmet({',
          block(
            'contentSecurityPolicy: {',
            [`// ${place}`, `directives: { connectSrc: [${all.map(js).join(', ')}] },`],
            '},',
          ),
          '}),',
        ),
        ');',
      ).join('\n'),
    },
  ];
}

/** Where a connection may go; what else a `default-src` holds (nonces, hashes, keywords of scripts) says nothing of that. */
function isAddress(source: string): boolean {
  return !source.startsWith("'") || source.toLowerCase() === "'self'";
}
