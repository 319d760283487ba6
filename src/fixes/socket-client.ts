/** `io(url, {...})` in the page, as every client-side snippet shows it. */
import { block, type FixContext, js, pathOption } from './context.ts';

/**
 * The statement, with the options that the client needs anyway (path, cookies) and those of the fix.
 *
 * @param options further option lines, each ending in a comma
 */
export function connect(context: FixContext, options: readonly string[] = [], namespace = '/'): string[] {
  const url = urlOf(context, namespace);
  const all = optionsOf(context, options);
  if (all.length === 0) return [`const socket = io(${js(url)});`];
  return block(`const socket = io(${js(url)}, {`, all, '});');
}

/** The same in one line, for a comment that says what changes in the page. */
export function connectInOneLine(context: FixContext, options: readonly string[] = []): string {
  return connect(context, options)
    .map((line) => line.trim())
    .join(' ')
    .replace(/, }\);$/, ' });');
}

function urlOf({ server }: FixContext, namespace: string): string {
  return namespace === '/' ? server : server + namespace;
}

function optionsOf(context: FixContext, options: readonly string[]): string[] {
  const cookies = context.credentials === 'include' && context.eio !== 3 ? ['withCredentials: true,'] : [];
  return [...pathOption(context), ...transports(context, options), ...cookies, ...options];
}

/** A client that begins with WebSocket goes on doing so, unless the fix is about that. */
function transports({ isSocketFirst }: FixContext, options: readonly string[]): string[] {
  if (!isSocketFirst || options.some((line) => line.startsWith('transports:'))) return [];
  return ['transports: ["websocket"],'];
}
