/** Preflights carry no cookies and no `Authorization`: whatever checks those has to let OPTIONS through. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, NGINX } from './context.ts';
import { enableCors } from './cors.ts';
import type { ServerNeeds } from './socket-server.ts';

/** nginx asks for a password for every method but OPTIONS, which Socket.IO then answers by its `cors` option. */
export function exemptOptions(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  return [...nginxBasicAuth(context), ...enableCors(context, needs, 'Let Socket.IO answer the preflight')];
}

function nginxBasicAuth({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const guarded = block(
    'limit_except OPTIONS {',
    ['auth_basic "restricted";', 'auth_basic_user_file /etc/nginx/.htpasswd;'],
    '}',
  );
  return [
    {
      id: 'nginx',
      stack: NGINX,
      title: 'Ask for the password on every method but OPTIONS',
      language: 'nginx',
      file: 'nginx.conf',
      code: block(
        `location ${path} {`,
        ['# proxy_pass and the other lines of this location stay as they are', 'auth_basic off;', ...guarded],
        '}',
      ).join('\n'),
    },
  ];
}
