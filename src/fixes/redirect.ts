/** A server that sends the browser elsewhere: ask at the final address, or keep the path out of the redirect. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import type { FixContext } from './context.ts';
import { keepSlashInNext, serveBesideNext } from './next.ts';
import { connect } from './socket-client.ts';
import { fixFor } from './stacks.ts';

/**
 * The client at the redirect's target. Empty when the target is no Engine.IO URL any more (a login page, say): going there
 * would not help.
 */
export function connectToTarget(context: FixContext, redirectUrl: string): Fix[] {
  if (!URL.canParse(redirectUrl)) return [];
  const { origin, pathname, searchParams } = new URL(redirectUrl);
  if (!searchParams.has('EIO')) return [];
  const lines = connect({ ...context, server: origin, path: pathname });
  const fix = fixFor('browser-client', `Connect to \`${origin}\` directly`, lines);
  return [withBefore(fix, connect(context).join('\n'))];
}

/** The web framework takes the trailing slash away, which Socket.IO's path needs (Next.js does so by default). */
export function keepTrailingSlash(context: FixContext): Fix[] {
  return [
    ...serveBesideNext(context),
    keepSlashInNext(),
    fixFor('browser-client', 'Ask without the trailing slash (4.6 and later; the server takes the same option)', [
      '// the server needs the same option: addTrailingSlash: false',
      ...connect({ ...context, path: context.path.replace(/(.)\/+$/, '$1') }),
    ]),
  ];
}
