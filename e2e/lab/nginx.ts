import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNginx } from '../../scripts/find.mjs';
import { accepts } from './ports.ts';
import type { LabContext } from './scenario.ts';

/**
 * Starts a real nginx that listens on a free loopback port and passes everything to `backend`. `directives` are those of its one
 * location block. Resolves to its URL, once it answers.
 */
export async function startNginx(lab: LabContext, backend: number, directives: string[]): Promise<string> {
  const program = findNginx();
  if (!program) throw new Error('nginx is missing: apt install nginx');
  const port = await lab.freePort();
  const folder = await mkdtemp(join(tmpdir(), 'doctor-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, config(folder, port, backend, directives));
  const child = spawn(program, ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  lab.atEnd(async () => {
    await stopped(child);
    await rm(folder, { recursive: true, force: true });
  });
  await answers(child, port);
  return `http://localhost:${port}`;
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

/** In one process and in the foreground: it needs no user to change to, and dies with one signal. */
function config(folder: string, port: number, backend: number, directives: string[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
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
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://127.0.0.1:${backend};
          ${directives.join('\n          ')}
        }
      }
    }
  `;
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  const complaints: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`nginx did not start: ${Buffer.concat(complaints)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
