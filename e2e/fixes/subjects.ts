/** The parties that a fix is for, as real programs: each runs one source, whose region the fix takes the place of. */
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { findNeed, type Need, whatIsMissing } from '../../scripts/find.mjs';
import { surroundings } from '../lab/apache.ts';
import { type Command, launch, type Place, type Program } from '../lab/program.ts';
import type { LabContext } from '../lab/scenario.ts';
import { fillPlaceholders, withRegion } from './region.ts';
import { readSource } from './site.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const LOOPBACK = new URL('sources/node/loopback.mjs', import.meta.url).href;

/** What a source is told: where to listen, and whom it serves. */
export interface Surroundings {
  /** Origin of the page. */
  page: string;
  port: number;
  /** Ports of the servers behind a proxy. */
  backends: readonly number[];
}

export interface Subject {
  /** In `sources/`. */
  source: string;
  needs?: Need;
  /** Path of the program. */
  path(): string;
  command(place: Place, source: string, at: Surroundings): Promise<Command>;
}

/** Starts the subject with `text` in its region. */
export async function startSubject(
  lab: LabContext,
  subject: Subject,
  text: string,
  at: Surroundings,
): Promise<Program> {
  const source = await readSource(subject.source);
  return launch(lab, { name: subject.needs ?? 'node', path: subject.path(), port: at.port }, (place) => {
    const filled = fillPlaceholders(source, placeholders(place, at));
    return subject.command(place, withRegion(filled, text), at);
  });
}

/** The values of a source's placeholders; the region's first text may hold them, too. */
function placeholders(place: Place, { page, port, backends }: Surroundings): Record<string, string | number> {
  return {
    PAGE: page,
    PAGEPORT: new URL(page).port,
    PORT: port,
    BACKEND: backends[0] ?? 0,
    BACKEND2: backends[1] ?? 0,
    FOLDER: place.folder,
    APACHE: surroundings(place.folder, port),
  };
}

/** Node.js with packages under the names that users install them by. */
function node(
  source: string,
  packages: readonly string[],
  aliases: Record<string, string> = {},
  more: Partial<Command> = {},
): Subject {
  const isTyped = source.endsWith('.ts');
  const file = isTyped ? 'server.mjs' : `server${extname(source)}`;
  return {
    source: `node/${source}`,
    path: () => process.execPath,
    async command(place, text, { page, port, backends }) {
      await install(place.folder, [...packages.map((name) => [name, name] as const), ...Object.entries(aliases)]);
      const script = await place.write(file, isTyped ? compile(text) : text);
      const env = { PAGE: page, PORT: String(port), REDIS_URL: `redis://127.0.0.1:${backends[0] ?? 0}` };
      return { args: ['--import', LOOPBACK, script], env, ...more };
    },
  };
}

/** The primary process listens before its workers can answer. */
const cluster = node(
  'cluster.mjs',
  ['socket.io', '@socket.io', 'redis'],
  {},
  {
    hasChildren: true,
    isUp: (url) =>
      fetch(`${url}/socket.io/?EIO=4&transport=polling`, { signal: AbortSignal.timeout(1_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
  },
);

/** As NestJS' own compiler settings have it; types are not checked, here or there. */
function compile(text: string): string {
  const { ES2022 } = ScriptTarget;
  const compilerOptions = { experimentalDecorators: true, module: ModuleKind.ES2022, target: ES2022 };
  return transpileModule(text, { compilerOptions }).outputText;
}

async function install(folder: string, packages: Iterable<readonly [name: string, from: string]>): Promise<void> {
  for (const [name, from] of packages) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(MODULES, from), link);
  }
}

function need(name: Need): () => string {
  return () => {
    const path = findNeed(name);
    if (!path) throw new Error(whatIsMissing(name) ?? name);
    return path;
  };
}

function python(source: string, needs: Need = 'python'): Subject {
  return {
    source: `python/${source}`,
    needs,
    path: need(needs),
    command: async (place, text, { page, port }) => ({
      args: [await place.write('server.py', text)],
      env: { PAGE: page, PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' },
    }),
  };
}

/** gunicorn, as it is started from a terminal. */
const gunicorn: Subject = {
  source: 'python/gunicorn.sh',
  needs: 'python',
  path: () => '/bin/sh',
  async command(place, text, { page, port }) {
    await place.write('server.py', await readSource('python/gunicorn_app.py'));
    return {
      args: [await place.write('gunicorn.sh', text)],
      env: { PAGE: page, PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' },
      hasChildren: true,
    };
  },
};

function nginx(source: string): Subject {
  return {
    source: `nginx/${source}`,
    needs: 'nginx',
    path: need('nginx'),
    command: async (place, text) => ({
      args: ['-p', place.folder, '-c', await place.write('nginx.conf', text), '-e', `${place.folder}/error.log`],
    }),
  };
}

function haproxy(source: string): Subject {
  return {
    source: `haproxy/${source}`,
    needs: 'haproxy',
    path: need('haproxy'),
    command: async (place, text) => ({ args: ['-db', '-f', await place.write('haproxy.cfg', text)] }),
  };
}

function apache(source: string): Subject {
  return {
    source: `apache/${source}`,
    needs: 'apache',
    path: need('apache'),
    command: async (place, text) => ({
      args: ['-d', place.folder, '-f', await place.write('httpd.conf', text), '-D', 'FOREGROUND'],
      hasChildren: true,
    }),
  };
}

function caddy(source: string): Subject {
  return {
    source: `caddy/${source}`,
    needs: 'caddy',
    path: need('caddy'),
    command: async (place, text) => ({
      args: ['run', '--adapter', 'caddyfile', '--config', await place.write('Caddyfile', text)],
      env: { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder },
    }),
  };
}

/** Vite's development server, which also brings the page. */
const vite: Subject = {
  source: 'vite/vite.config.js',
  path: () => process.execPath,
  async command({ folder, write }, text, { page, port }) {
    await install(folder, [['vite', 'vite']]);
    await write('package.json', '{"type": "module"}');
    await write('vite.config.js', text);
    const env = { PAGE: page, PORT: String(port), FOLDER: folder };
    return { args: [await write('dev.mjs', await readSource('vite/dev.mjs'))], env };
  },
};

export const SUBJECTS = {
  vite,
  'node-v4': node('server.mjs', ['socket.io']),
  'node-v3': node('server.mjs', [], { 'socket.io': 'socket.io-v3' }),
  'node-v3-0': node('server.mjs', [], { 'socket.io': 'socket.io-v3-0' }),
  'node-v2-module': node('server.mjs', [], { 'socket.io': 'socket.io-v2' }),
  'node-v2': node('server-v2.cjs', [], { 'socket.io': 'socket.io-v2' }),
  express: node('express.mjs', ['socket.io', 'express', 'cors']),
  'express-v3': node('express.mjs', ['express', 'cors'], { 'socket.io': 'socket.io-v3' }),
  'express-app': node('app.mjs', ['socket.io', 'express']),
  handlers: node('handlers.mjs', ['socket.io']),
  'node-cluster': cluster,
  nestjs: node('nest.ts', ['@nestjs', 'reflect-metadata']),
  aiohttp: python('aiohttp_server.py'),
  'aiohttp-attach': python('aiohttp_attach.py'),
  asgi: python('asgi_server.py'),
  flask: python('flask_server.py', 'flask'),
  gunicorn,
  'nginx-location': nginx('location.conf'),
  'nginx-upstream': nginx('upstream.conf'),
  'nginx-page': nginx('page.conf'),
  'nginx-http': nginx('http.conf'),
  'haproxy-defaults': haproxy('defaults.cfg'),
  'haproxy-backend': haproxy('backend.cfg'),
  'haproxy-nodes': haproxy('nodes.cfg'),
  'caddy-site': caddy('site.caddyfile'),
  'caddy-balancer': caddy('balancer.caddyfile'),
  'apache-host': apache('host.conf'),
  'apache-headers': apache('headers.conf'),
  'apache-balancer': apache('balancer.conf'),
} as const satisfies Record<string, Subject>;
