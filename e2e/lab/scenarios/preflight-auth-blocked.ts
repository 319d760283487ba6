import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNginx } from '../nginx.ts';
import type { LabContext, Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const preflightAuthBlocked: Scenario = {
  id: 'preflight-auth-blocked',
  title: 'nginx asks for a password, which the client sends, but no browser sends with a preflight.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'preflight-auth-blocked', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightMissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const directives = ['auth_basic "lab";', `auth_basic_user_file ${await passwordFile(lab)};`];
    const options = { extraHeaders: { authorization: `Basic ${btoa('ada:lovelace')}` } };
    return clientOf(server, options, await startNginx(lab, server.port, directives));
  },
};

async function passwordFile(lab: LabContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-password-'));
  lab.atEnd(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'passwords');
  await writeFile(file, 'ada:{PLAIN}lovelace\n');
  return file;
}
