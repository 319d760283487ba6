/** A server that sends the browser elsewhere: ask at the final address. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext } from './context.ts';
import { connect } from './socket-client.ts';

/**
 * The client at the redirect's target. Empty when the target is no Engine.IO URL any more (a login page, say): going there
 * would not help.
 */
export function connectToTarget(context: FixContext, redirectUrl: string): Fix[] {
  if (!URL.canParse(redirectUrl)) return [];
  const { origin, pathname, searchParams } = new URL(redirectUrl);
  if (!searchParams.has('EIO')) return [];
  return [
    {
      id: 'browser-client',
      stack: BROWSER_CLIENT,
      title: `Connect to \`${origin}\` directly`,
      language: 'js',
      file: 'client.js',
      code: connect({ ...context, server: origin, path: pathname }).join('\n'),
      executed: false,
    },
  ];
}
