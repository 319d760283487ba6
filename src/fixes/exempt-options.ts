/** Preflights carry no cookies and no `Authorization`: whatever checks those has to let OPTIONS through. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { enableCors } from './cors.ts';
import type { ServerNeeds } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/**
 * A proxy asks for a password for every method but OPTIONS, which Socket.IO then answers by its `cors` option. Nothing of the
 * server's own: its answer to a preflight comes before whatever could check there. Empty for an odd path.
 */
export function exemptOptions({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const title = 'Ask for the password on every method but OPTIONS';
  return [
    fixFor('nginx', title, nginxBasicAuth(path)),
    fixFor('haproxy', title, [
      '# in the frontend or backend that asks, above its http-request auth',
      `http-request allow if METH_OPTIONS { path_beg ${path} }`,
    ]),
    fixFor('apache', title, [
      '# in the virtual host, below the section that asks: it takes the place of that section’s Require lines',
      ...block(
        `<Location "${path}">`,
        ['Require method OPTIONS', '# or what you require now', 'Require valid-user'],
        '</Location>',
      ),
    ]),
  ];
}

/**
 * A middleware of the server's own (`io.engine.use()`, from 4.6 on) comes after Socket.IO's own answer, which the `cors` option
 * alone turns on. Not for v3, which has no such middleware and asks `allowRequest` after the method: with `cors` or without it, it
 * refuses no preflight for who asks.
 */
export function answerBeforeMiddleware(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  const title = 'Let Socket.IO answer the preflight, before any io.engine.use() of yours';
  return enableCors(context, { ...needs, isNotPython: true }, title).filter(({ id }) => id !== 'node-v3');
}

function nginxBasicAuth(path: string): string[] {
  const guarded = block(
    'limit_except OPTIONS {',
    ['auth_basic "restricted";', '# beside nginx.conf', 'auth_basic_user_file .htpasswd;'],
    '}',
  );
  return [`# inside location ${path} { }, in place of its auth_basic lines`, 'auth_basic off;', ...guarded];
}
