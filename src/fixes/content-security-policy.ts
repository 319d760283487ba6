/** The page's own policy: it has to list the server, for both schemes that a connection uses. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';

/**
 * `connect-src` with the server for polling (http) and for WebSocket (ws), beside what is allowed already.
 *
 * @param sources what the deciding directive allows now
 */
export function allowInPolicy({ server }: FixContext, sources: readonly string[]): Fix[] {
  const kept = sources.filter((source) => source.toLowerCase() !== "'none'");
  const all = [...new Set([...kept, server, server.replace(/^http/, 'ws')])];
  return [
    {
      id: 'csp',
      stack: 'Any web server',
      title: 'Allow the server in `connect-src`, for `http` and for `ws`',
      language: 'text',
      file: 'response header of the page',
      code: `Content-Security-Policy: connect-src ${all.join(' ')}`,
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
          block('contentSecurityPolicy: {', [`directives: { connectSrc: [${all.map(js).join(', ')}] },`], '},'),
          '}),',
        ),
        ');',
      ).join('\n'),
    },
  ];
}
