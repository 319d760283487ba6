/** A service worker has no use for Socket.IO's requests: it leaves them to the network. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';

/** The first line of its `fetch` listener. */
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
        '// first of all: without respondWith() the browser sends the request itself',
        `if (new URL(event.request.url).pathname.startsWith(${js(path)})) return;`,
        '// what the listener does with all other requests stays as it is',
      ],
      '});',
    ).join('\n'),
  };
}
