import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Server } from 'socket.io';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ask } from '../model/ask-by-hand.ts';
import { syntaxError } from '../testing/rule-checks.ts';
import { type RunningSnippet, runAround } from '../testing/snippets.ts';
import { digDeeper, type ServerLog } from './dig-deeper.ts';

const URL_OF = 'http://localhost:3001/socket.io/?EIO=4&transport=polling';
const PAGE = 'http://localhost:3000';
const handshake: Ask = { kind: 'polling', url: `${URL_OF}&t=x1`, headers: [], origin: PAGE };
const SERVERS: ServerLog[] = ['node', 'node-with-events', 'python', null];

let server: RunningSnippet | undefined;
afterEach(() => server?.close());

function code(title: RegExp, ask = handshake, log: ServerLog = 'node-with-events', eio = 4): string {
  return digDeeper(ask, eio, log).find((look) => title.test(look.title))?.code ?? '';
}

describe('digDeeper', () => {
  it('logs on Socket.IO 4 why it refuses, and the headers that it sends', async () => {
    const httpServer = createServer();
    const io = new Server(httpServer, { cors: { origin: 'http://localhost:3000' } });
    const said: unknown[][] = [];
    const note = (...words: unknown[]) => said.push(words);
    new Function('io', 'console', code(/refuses/))(io, { warn: note, log: note });
    server = await runAround(httpServer, io);
    await server.ask('GET', 'EIO=4&transport=polling', { Origin: 'http://localhost:3000' });
    await server.ask('GET', 'EIO=4&transport=polling&sid=unknown', { Origin: 'http://localhost:3000' });
    const words = said.map((each) => JSON.stringify(each));
    expect(words.some((each) => each.startsWith('["handshake","http://localhost:3000"'))).toBe(true);
    expect(words.some((each) => each.includes('Session ID unknown'))).toBe(true);
  });

  it('asks by hand with what the page sends', () => {
    expect(code(/handshake by hand/)).toBe(`curl -sig --max-time 10 -H "Origin: ${PAGE}" "${URL_OF}"`);
    expect(code(/handshake by hand/, { ...handshake, origin: null })).not.toContain('Origin');
  });

  it('asks for what the finding is about', () => {
    const headers = [
      { name: 'Access-Control-Request-Method', value: 'GET' },
      { name: 'Access-Control-Request-Headers', value: 'x-token' },
    ];
    expect(code(/preflight by hand/, { ...handshake, kind: 'preflight', headers })).toBe(
      `curl -sig --max-time 10 -X OPTIONS -H "Access-Control-Request-Method: GET" -H "Access-Control-Request-Headers: x-token" -H "Origin: ${PAGE}" "${URL_OF}"`,
    );
    const socket = code(/upgrade by hand/, { ...handshake, kind: 'websocket', url: URL_OF.replace('http', 'ws') });
    expect(socket).toMatch(/"Upgrade: websocket".*"http:/);
    expect(code(/One session by hand/, { ...handshake, url: `${URL_OF}&sid=abc` })).toMatch(/^sid=.*for n in 1 2 3 4/);
  });

  it.each([
    'http://a"; touch x',
    'http://$(touch x)',
    'http://`touch x`',
    "http://a'; touch x; '",
    'http://a\\',
    'http://!!',
  ])('puts %s into a command as it is', (origin) => {
    const ask = code(/by hand/, { ...handshake, origin });
    const { stdout } = spawnSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${ask}`], { encoding: 'utf8' });
    expect(stdout.split('\n')).toContain(`Origin: ${origin}`);
  });

  it('says nothing that does not parse', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('"', "'", '`', '$(x)', '\\', '\n', '!'));
    const kind = fc.constantFrom('polling', 'preflight', 'websocket', 'other');
    const url = fc.oneof(text, fc.constant(`${URL_OF}&sid=abc`));
    const ask = fc.record({ kind, url, origin: fc.oneof(text, fc.constant(null)), headers: fc.constant([]) });
    fc.assert(
      fc.property(ask, fc.constantFrom(3, 4, null), fc.constantFrom(...SERVERS), (asked, eio, log) => {
        const looks = digDeeper(asked, eio, log);
        for (const look of looks) expect(syntaxError({ ...look, id: 'x', stack: 'x' }), look.code).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it('names the log of the server that it is', () => {
    const titles = (log: ServerLog) => digDeeper(handshake, 4, log).map(({ title }) => title);
    expect(code(/server’s log/)).toContain('DEBUG=');
    expect(code(/server’s log/, handshake, 'python')).toContain('engineio_logger');
    expect(titles('node')).toHaveLength(3);
    expect(titles(null)).toHaveLength(2);
  });
});

describe('what is said of the client’s log', () => {
  const folderOf = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const read = (name: string, file: string) => readFileSync(join(folderOf(name), file), 'utf8');
  const importSchema = v.object({ import: v.object({ default: v.string() }) });
  const packageSchema = v.object({ exports: v.object({ '.': importSchema, './debug': importSchema }) });

  it('is true of what a bundler takes', () => {
    const { exports } = v.parse(packageSchema, JSON.parse(read('socket.io-client', 'package.json')));
    const hasLog = (entry: '.' | './debug') =>
      read('socket.io-client', exports[entry].import.default.replace('index.js', 'manager.js')).includes(
        'from "debug"',
      );
    expect([hasLog('.'), hasLog('./debug')]).toEqual([false, true]);
    expect(code(/client’s own log/)).toContain('import { io } from "socket.io-client/debug"');
  });

  it.each([
    [
      'socket.io-client',
      4,
      /socket\.io(\.\w+)*\.js/g,
      {
        'socket.io.js': true,
        'socket.io.min.js': false,
        'socket.io.msgpack.min.js': false,
        'socket.io.esm.min.js': false,
      },
    ],
    ['socket.io-client-v2', 3, /socket\.io(\.\w+)*\.js/g, { 'socket.io.js': true, 'socket.io.slim.js': false }],
  ])('is true of the scripts of %s', (name, eio, pattern, logs) => {
    const said = new Set(code(/client’s own log/, handshake, 'node', eio).match(pattern));
    expect(said).toEqual(new Set(Object.keys(logs)));
    for (const [file, has] of Object.entries(logs))
      expect(read(name, `dist/${file}`).includes('localStorage')).toBe(has);
  });
});
