import { startProgram } from './program.ts';
import type { LabContext } from './scenario.ts';

/** What nginx shall do besides passing on to its backends. All lists hold directives, each with its semicolon. */
export interface NginxConfig {
  /** Of the location that passes on to the backends. */
  location?: readonly string[];
  /** Of the upstream block: how to choose a backend. Without any: in turn. */
  upstream?: readonly string[];
  /** Further locations: what they match (`= /health`), and their directives. */
  locations?: Record<string, readonly string[]>;
  /** Of the server block. */
  server?: readonly string[];
}

/** What nginx has to be told to pass a WebSocket on. Source: https://nginx.org/en/docs/http/websocket.html */
export const FORWARD_UPGRADE: readonly string[] = [
  'proxy_http_version 1.1;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection $connection_upgrade;',
  'proxy_set_header Host $host;',
];

/** Sends a client to the same backend each time, as nginx.org has it for Socket.IO. */
export const BY_ADDRESS: readonly string[] = ['hash $remote_addr consistent;'];

/**
 * Starts a real nginx that listens on a free loopback port and passes everything to `backends`: to several of them in turn, or as
 * `upstream` says. A plain list of directives is that of the location; without one, nginx is set up as it should be.
 * Resolves to its URL, once it answers.
 */
export async function startNginx(
  lab: LabContext,
  backends: number | readonly number[],
  directives: readonly string[] | NginxConfig = FORWARD_UPGRADE,
): Promise<string> {
  const { url } = await startProgram(lab, 'nginx', async ({ folder, port, write }) => {
    const file = await write('nginx.conf', config(folder, port, [backends].flat(), asConfig(directives)));
    return { args: ['-p', folder, '-c', file, '-e', `${folder}/error.log`] };
  });
  return url;
}

/** A cache that stores every answer, whatever the server says about that, and hides what it said. */
export const CACHING = [
  'proxy_cache answers;',
  'proxy_cache_valid 200 1h;',
  'proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;',
  'proxy_hide_header Cache-Control;',
  'proxy_hide_header Vary;',
  'add_header X-Cache $upstream_cache_status;',
];

function asConfig(directives: readonly string[] | NginxConfig): NginxConfig {
  return 'at' in directives ? { location: directives } : directives;
}

/** In one process and in the foreground: it needs no user to change to, and dies with one signal. */
function config(folder: string, port: number, backends: readonly number[], wanted: NginxConfig): string {
  const { location = FORWARD_UPGRADE, upstream = [], locations = {}, server = [] } = wanted;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const further = Object.entries(locations).map(([match, directives]) => block(`location ${match}`, directives));
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    events {}
    http {
      access_log off;
      map $http_upgrade $connection_upgrade { default upgrade; "" close; }
      ${temporary.join('\n      ')}
      proxy_cache_path ${folder}/cache keys_zone=answers:64k inactive=1h;
      ${block('upstream backends', [...upstream, ...backends.map((backend) => `server 127.0.0.1:${backend};`)])}
      server {
        listen 127.0.0.1:${port};
        ${server.join('\n        ')}
        ${further.join('\n        ')}
        ${block('location /', ['proxy_pass http://backends;', ...location])}
      }
    }
  `;
}

function block(name: string, directives: readonly string[]): string {
  return `${name} {\n          ${directives.join('\n          ')}\n        }`;
}
