/** The parties that a fix is for, as real programs: each runs one source, whose region the fix takes the place of. */
import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { findNeed, NEXT, NEXT_APPLICATION, type Need, whatIsMissing, whyNextIsMissing } from '../../scripts/find.mjs';
import { surroundings } from '../lab/apache.ts';
import { certificate } from '../lab/certificates.ts';
import { type Command, launch, type Place, type Program } from '../lab/program.ts';
import { answers } from '../lab/python.ts';
import type { LabContext } from '../lab/scenario.ts';
import { fillPlaceholders, withRegion } from './region.ts';
import { readSource } from './site.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const CERTIFICATES = join(ROOT, 'e2e', 'lab', 'certificates');
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
  /** Why it cannot run here, where that is no package of the system: a sentence, or null. */
  missing?(): string | null;
  /** Path of the program. */
  path(): string;
  command(place: Place, source: string, at: Surroundings): Promise<Command>;
}

/** Starts the subject with `text` in its region. @param more `keeps`: after its last line; `listensAt`: the port, if not where it shall answer */
export async function startSubject(
  lab: LabContext,
  subject: Subject,
  text: string,
  at: Surroundings,
  { keeps = '', listensAt = at.port }: { keeps?: string; listensAt?: number } = {},
): Promise<Program> {
  const source = `${await readSource(subject.source)}${keeps}`;
  return launch(lab, { name: subject.needs ?? 'node', path: subject.path(), port: listensAt }, (place) => {
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
      await writeCertificates(place);
      const env = {
        PAGE: page,
        PORT: String(port),
        CERTIFICATES,
        REDIS_URL: `redis://127.0.0.1:${backends[0] ?? 0}`,
      };
      return { args: ['--import', LOOPBACK, script], cwd: place.folder, env, ...more };
    },
  };
}

/** For servers over TLS: the one that the browser under test trusts under the usual names, and another. */
async function writeCertificates({ write }: Place): Promise<void> {
  for (const [prefix, { key, cert }] of [
    ['', certificate('page')],
    ['self-signed-', certificate('untrusted')],
  ] as const) {
    await write(`${prefix}key.pem`, key);
    await write(`${prefix}cert.pem`, cert);
    await write(`${prefix}site.pem`, cert + key);
  }
}

/** With the work that a fix moves into a file of its own. */
function besideWork(server: Subject): Subject {
  return {
    ...server,
    async command(place, text, at) {
      await place.write('work.js', await readSource('node/work.js'));
      return server.command(place, text, at);
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

/** @param packages each with its own name here, or its folder */
async function install(folder: string, packages: Iterable<readonly [name: string, from: string]>): Promise<void> {
  for (const [name, from] of packages) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve(MODULES, from), link);
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
    async command(place, text, { page, port }) {
      await writeCertificates(place);
      return {
        args: [await place.write('server.py', text)],
        cwd: place.folder,
        env: { PAGE: page, PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' },
      };
    },
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
      isUp: answers,
      hasChildren: true,
    };
  },
};

/** `lovelace` as SHA-1, which both nginx and Apache take. */
const USERS = 'ada:{SHA}MJgvYgf2tRctgBqviyzN0HpBdyY=\n';

function nginx(source: string): Subject {
  return {
    source: `nginx/${source}`,
    needs: 'nginx',
    path: need('nginx'),
    async command(place, text) {
      await place.write('.htpasswd', USERS);
      await writeCertificates(place);
      return {
        args: ['-p', place.folder, '-c', await place.write('nginx.conf', text), '-e', `${place.folder}/error.log`],
      };
    },
  };
}

function haproxy(source: string): Subject {
  return {
    source: `haproxy/${source}`,
    needs: 'haproxy',
    path: need('haproxy'),
    async command(place, text, at) {
      await writeCertificates(place);
      const file = await place.write('haproxy.cfg', text);
      return { args: ['-db', '-f', file], cwd: place.folder, env: addressOf(at) };
    },
  };
}

function apache(source: string): Subject {
  return {
    source: `apache/${source}`,
    needs: 'apache',
    path: need('apache'),
    async command(place, text) {
      await writeIndex(place);
      await writeCertificates(place);
      await place.write('.htpasswd', USERS);
      const file = await place.write('httpd.conf', text);
      return { args: ['-d', place.folder, '-f', file, '-D', 'FOREGROUND'], hasChildren: true };
    },
  };
}

function caddy(source: string): Subject {
  return {
    source: `caddy/${source}`,
    needs: 'caddy',
    path: need('caddy'),
    async command(place, text, at) {
      await writeIndex(place);
      await writeCertificates(place);
      return {
        args: ['run', '--adapter', 'caddyfile', '--config', await place.write('Caddyfile', text)],
        cwd: place.folder,
        env: { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder, ...addressOf(at) },
      };
    },
  };
}

/** Where Socket.IO is, for configurations that ask the environment. */
function addressOf({ backends }: Surroundings): Record<string, string> {
  return { SOCKET_IO_ADDRESS: `127.0.0.1:${backends[0]}` };
}

/** The page of a single-page application: files for whoever a server serves them as. */
async function writeIndex({ folder, write }: Place): Promise<void> {
  await write('index.html', '<!doctype html><title>App</title>');
  await chmod(folder, 0o755);
}

/** A development server, which also brings the page. */
function development(name: string, packages: readonly string[], type: 'module' | 'commonjs'): Subject {
  const config = `${name}.config.js`;
  return {
    source: `${name}/${config}`,
    path: () => process.execPath,
    async command({ folder, write }, text, { page, port, backends }) {
      await install(
        folder,
        packages.map((each) => [each, each]),
      );
      await write('index.html', '<!doctype html><title>App</title>');
      await write('package.json', JSON.stringify({ type }));
      await write(config, text);
      const env = { PAGE: page, PORT: String(port), FOLDER: folder, SOCKET_IO_URL: `http://127.0.0.1:${backends[0]}` };
      return { args: [await write('dev.mjs', await readSource(`${name}/dev.mjs`))], env };
    },
  };
}

/**
 * Next.js in development, which builds what it is asked for. With what it needs it is 350 MB: only some runs of the tests install it.
 * @param file where the source goes @param config the application's `next.config.mjs`, where the source is none
 */
function nextApp(source: string, file: string, args: readonly string[], config = ''): Subject {
  return {
    source: `next/${source}`,
    path: () => process.execPath,
    missing: whyNextIsMissing,
    async command(_place, text, { page, port, backends }) {
      // Below its packages, since it follows no link to others; the application before this one has ended, and another worker has one of its own.
      const folder = join(NEXT, `application-${process.env.TEST_PARALLEL_INDEX ?? 0}`);
      await rm(folder, { recursive: true, force: true });
      await cp(join(NEXT_APPLICATION, 'pages'), join(folder, 'pages'), { recursive: true });
      if (config) await writeFile(join(folder, 'next.config.mjs'), config);
      await writeFile(join(folder, file), text);
      const env = {
        PAGE: page,
        PORT: String(port),
        SOCKET_IO_URL: `http://127.0.0.1:${backends[0]}`,
        NODE_ENV: 'development',
        NEXT_TELEMETRY_DISABLED: '1',
      };
      return { args: ['--import', LOOPBACK, ...args], cwd: folder, env, hasChildren: true };
    },
  };
}

/**
 * Next.js as it is deployed: a server of one's own for an application that is built, which starts in about a second.
 * @param socketIo the package that is installed as `socket.io`
 */
function nextServer(source: string, socketIo = 'socket.io'): Subject {
  return {
    source: `next/${source}`,
    path: () => process.execPath,
    missing: whyNextIsMissing,
    async command({ folder, write }, text, { page, port }) {
      const packages = ['next', 'react', 'react-dom'].map((name) => [name, join(NEXT, 'node_modules', name)] as const);
      await install(folder, [...packages, ['socket.io', socketIo]]);
      await symlink(join(NEXT_APPLICATION, '.next'), join(folder, '.next'));
      const env = { PAGE: page, PORT: String(port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
      return { args: ['--import', LOOPBACK, await write('server.mjs', text)], cwd: folder, env };
    },
  };
}

const NEXT_UNNAMED = 'export default { poweredByHeader: false, skipTrailingSlashRedirect: true };';
const NEXT_DEV = [join(NEXT, 'node_modules/next/dist/bin/next'), 'dev', '--hostname', '127.0.0.1'];

export const SUBJECTS = {
  vite: development('vite', ['vite'], 'module'),
  webpack: development('webpack', ['webpack', 'webpack-dev-server'], 'commonjs'),
  next: nextServer('server.mjs'),
  'next-v3': nextServer('server.mjs', 'socket.io-v3'),
  'next-v3-0': nextServer('server.mjs', 'socket.io-v3-0'),
  'next-v2': nextServer('server.mjs', 'socket.io-v2'),
  'next-development': nextApp('server.mjs', 'server.mjs', ['server.mjs']),
  'next-unnamed': nextApp('server.mjs', 'server.mjs', ['server.mjs'], NEXT_UNNAMED),
  'next-api': nextApp('socket.js', 'pages/api/socket.js', NEXT_DEV),
  'next-config': nextApp('next.config.mjs', 'next.config.mjs', NEXT_DEV),
  'node-v4': node('server.mjs', ['socket.io', 'ws']),
  'node-v4-0': node('server.mjs', [], { 'socket.io': 'socket.io-v4-0' }),
  'node-v3': node('server.mjs', ['ws'], { 'socket.io': 'socket.io-v3' }),
  'node-v3-0': node('server.mjs', [], { 'socket.io': 'socket.io-v3-0' }),
  'node-v2-module': node('server.mjs', [], { 'socket.io': 'socket.io-v2' }),
  'node-v2': node('server-v2.cjs', [], { 'socket.io': 'socket.io-v2' }),
  express: node('express.mjs', ['socket.io', 'express', 'cors', 'ws']),
  'express-v3': node('express.mjs', ['express', 'cors'], { 'socket.io': 'socket.io-v3' }),
  'express-session': node('express-session.mjs', ['socket.io', 'express', 'cors', 'express-session']),
  'express-app': node('app.mjs', ['socket.io', 'express']),
  fastify: node('fastify.mjs', ['socket.io', 'fastify']),
  'fastify-v2': node('fastify.mjs', ['fastify'], { 'socket.io': 'socket.io-v2' }),
  'fastify-v3-0': node('fastify.mjs', ['fastify'], { 'socket.io': 'socket.io-v3-0' }),
  'fastify-v4-0': node('fastify.mjs', ['fastify'], { 'socket.io': 'socket.io-v4-0' }),
  handlers: node('handlers.mjs', ['socket.io']),
  'express-v3-0': node('express.mjs', ['express', 'cors'], { 'socket.io': 'socket.io-v3-0' }),
  'express-v2-module': node('express.mjs', ['express', 'cors'], { 'socket.io': 'socket.io-v2' }),
  'express-v2': node('express-v2.cjs', ['express'], { 'socket.io': 'socket.io-v2' }),
  'node-alone': node('alone.mjs', ['socket.io']),
  'node-alone-v3': node('alone.mjs', [], { 'socket.io': 'socket.io-v3' }),
  'node-alone-v2': node('alone-v2.cjs', [], { 'socket.io': 'socket.io-v2' }),
  'express-alone': node('alone.mjs', ['socket.io', 'express']),
  'fastify-alone': node('alone.mjs', ['socket.io', 'fastify']),
  'nestjs-alone': node('nest-alone.ts', ['socket.io', '@nestjs', 'reflect-metadata']),
  'python-alone': python('alone.py'),
  'flask-alone': python('alone.py', 'flask'),
  'handlers-v3': node('handlers.mjs', [], { 'socket.io': 'socket.io-v3' }),
  'handlers-v2': node('handlers-v2.cjs', [], { 'socket.io': 'socket.io-v2' }),
  'handlers-fastify': node('fastify-handlers.mjs', ['socket.io', 'fastify']),
  'handlers-limited': node('handlers.mjs', ['socket.io', 'express-rate-limit']),
  'handlers-express': node('express-handlers.mjs', ['socket.io', 'express']),
  'handlers-next': nextServer('handlers.mjs'),
  'handlers-nestjs': node('nest-gateway.ts', ['@nestjs', 'reflect-metadata']),
  'handlers-aiohttp': python('aiohttp_handlers.py'),
  'handlers-asgi': python('asgi_handlers.py'),
  'handlers-flask': python('flask_handlers.py', 'flask'),
  'node-cluster': cluster,
  'node-working': besideWork(node('working.mjs', ['socket.io'])),
  nestjs: node('nest.ts', ['@nestjs', 'reflect-metadata']),
  'nestjs-v2': node('nest-older.ts', ['@nestjs', 'reflect-metadata'], { 'socket.io': 'socket.io-v2' }),
  'nestjs-v3-0': node('nest-older.ts', ['@nestjs', 'reflect-metadata'], { 'socket.io': 'socket.io-v3-0' }),
  'nestjs-v3': node('nest-older.ts', ['@nestjs', 'reflect-metadata'], { 'socket.io': 'socket.io-v3' }),
  aiohttp: python('aiohttp_server.py'),
  'aiohttp-attach': python('aiohttp_attach.py'),
  asgi: python('asgi_server.py'),
  'asgi-app': python('asgi_app.py'),
  'asgi-middleware': python('asgi_middleware.py'),
  flask: python('flask_server.py', 'flask'),
  gunicorn,
  'nginx-location': nginx('location.conf'),
  'nginx-limited': nginx('limited.conf'),
  'nginx-upstream': nginx('upstream.conf'),
  'nginx-page': nginx('page.conf'),
  'nginx-http': nginx('http.conf'),
  'nginx-login': nginx('login.conf'),
  'haproxy-defaults': haproxy('defaults.cfg'),
  'haproxy-backend': haproxy('backend.cfg'),
  'haproxy-page': haproxy('page.cfg'),
  'haproxy-frontend': haproxy('frontend.cfg'),
  'haproxy-nodes': haproxy('nodes.cfg'),
  'caddy-site': caddy('site.caddyfile'),
  'caddy-page': caddy('page.caddyfile'),
  'caddy-fallback': caddy('fallback.caddyfile'),
  'caddy-https': caddy('https.caddyfile'),
  'caddy-balancer': caddy('balancer.caddyfile'),
  'apache-host': apache('host.conf'),
  'apache-headers': apache('headers.conf'),
  'apache-page': apache('page.conf'),
  'apache-fallback': apache('fallback.conf'),
  'apache-password': apache('password.conf'),
  'apache-login': apache('login.conf'),
  'apache-balancer': apache('balancer.conf'),
} as const satisfies Record<string, Subject>;
