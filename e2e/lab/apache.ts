import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from './program.ts';
import type { LabContext } from './scenario.ts';

/** What Apache shall do besides passing on to its backend. All lists hold directives. */
export interface ApacheConfig {
  /** Of the virtual host, before it passes everything on by HTTP. */
  host?: readonly string[];
}

/** `${backend}` is where Apache passes on to: https://httpd.apache.org/docs/2.4/mod/core.html#define */
const TUNNEL_WEBSOCKET: readonly string[] = [
  'RewriteEngine On',
  'RewriteCond %{HTTP:Upgrade} websocket [NC]',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
  'RewriteRule ^/?(.*) "ws://${backend}/$1" [P,L]',
];

const MODULE_FOLDERS = [
  '/usr/lib/apache2/modules',
  '/usr/lib64/httpd/modules',
  '/opt/homebrew/lib/httpd/modules',
  '/usr/libexec/apache2',
];
/** What is compiled in has no file, and needs none. */
const MODULES = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'dir',
  'authz_user',
  'auth_basic',
  'request',
  'session',
  'session_cookie',
  'auth_form',
  'unixd',
  'headers',
  'rewrite',
  'slotmem_shm',
  'socache_shmcb',
  'cache',
  'cache_socache',
  'ssl',
  'proxy',
  'proxy_balancer',
  'lbmethod_byrequests',
  'proxy_http',
  'proxy_wstunnel',
];

/**
 * Starts a real Apache that listens on a free loopback port and passes everything to `backend`. Without `wanted` it tunnels
 * WebSockets, as Socket.IO's documentation shows (https://socket.io/docs/v4/reverse-proxy/#apache-httpd).
 * Resolves to its URL, once it answers.
 */
export async function startApache(
  lab: LabContext,
  backend: number,
  { host = TUNNEL_WEBSOCKET }: ApacheConfig = {},
): Promise<string> {
  const { url } = await startProgram(lab, 'apache', async ({ folder, port, write }) => {
    const file = await write('httpd.conf', config(folder, port, backend, host));
    return { args: ['-d', folder, '-f', file, '-D', 'FOREGROUND'], hasChildren: true };
  });
  return url;
}

function config(folder: string, port: number, backend: number, host: readonly string[]): string {
  return `${surroundings(folder, port)}
Define backend 127.0.0.1:${backend}
${host.join('\n')}
ProxyPass / http://\${backend}/
ProxyPassReverse / http://\${backend}/
`;
}

/** What any Apache of the lab's starts with: its modules, its port, and a folder for what it writes. */
export function surroundings(folder: string, port: number): string {
  return `
${loadModules().join('\n')}
${asNobody().join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
StartServers 1
ProxyRequests Off`;
}

function loadModules(): string[] {
  const folder = MODULE_FOLDERS.find((candidate) => existsSync(candidate)) ?? '';
  return MODULES.map((name) => ({ name, file: join(folder, `mod_${name}.so`) }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => `LoadModule ${name}_module ${file}`);
}

/** Started by root, Apache insists on serving as somebody else; its processes need nothing from the folder. */
function asNobody(): string[] {
  return process.getuid?.() === 0 ? ['User "#65534"', 'Group "#65534"'] : [];
}
