/** Preflights carry no cookies and no `Authorization`: whatever checks those has to let OPTIONS through. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { enableCors } from './cors.ts';
import type { ServerNeeds } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/**
 * nginx asks for a password for every method but OPTIONS, which Socket.IO then answers by its `cors` option. A middleware of its own
 * (`io.engine.use()`, from 4.6 on) comes after that: there the option alone is enough.
 */
export function exemptOptions(context: FixContext, needs: ServerNeeds = {}): Fix[] {
  return [...nginxBasicAuth(context), ...answerFirst(context, needs)];
}

function answerFirst(context: FixContext, needs: ServerNeeds): Fix[] {
  const title = 'Let Socket.IO answer the preflight, before any io.engine.use() of yours';
  return enableCors(context, { ...needs, isNotPython: true }, title).filter(({ id }) => id !== 'node-v3');
}

function nginxBasicAuth({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const guarded = block(
    'limit_except OPTIONS {',
    ['auth_basic "restricted";', '# beside nginx.conf', 'auth_basic_user_file .htpasswd;'],
    '}',
  );
  return [
    fixFor('nginx', 'Ask for the password on every method but OPTIONS', [
      `# inside location ${path} { }, in place of its auth_basic lines`,
      'auth_basic off;',
      ...guarded,
    ]),
  ];
}
