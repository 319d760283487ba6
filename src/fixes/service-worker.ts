/** A service worker has no use for Socket.IO's requests: it leaves them to the network. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';

/** A listener before all others, which keeps these requests from them: they stay as they are. */
export function bypassWorker({ path }: FixContext): Fix {
  return {
    id: 'service-worker',
    stack: 'Service worker',
    title: `Leave \`${path}\` to the network`,
    language: 'js',
    file: 'service-worker.js',
    code: block(
      'self.addEventListener("fetch", (event) => {',
      [
        '// at the top of the file: no listener after this one sees the request, so the browser sends it itself',
        `if (new URL(event.request.url).pathname.startsWith(${js(path)})) event.stopImmediatePropagation();`,
      ],
      '});',
    ).join('\n'),
  };
}
