import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningSnippet, runAround } from '../testing/snippets.ts';
import type { FixContext } from './context.ts';
import { digDeeper } from './dig-deeper.ts';

const context: FixContext = {
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: 'http://localhost:3000',
  credentials: 'unknown',
  eio: 4,
};

let server: RunningSnippet | undefined;
afterEach(() => server?.close());

function code(title: RegExp, values = context, isPython = false): string {
  return digDeeper(values, isPython).find((look) => title.test(look.title))?.code ?? '';
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
    expect(code(/by hand/)).toBe(
      'curl -i --max-time 5 -H "Origin: http://localhost:3000" "http://localhost:3001/socket.io/?EIO=4&transport=polling"',
    );
    expect(code(/by hand/, { ...context, page: null })).not.toContain('Origin');
    expect(spawnSync('sh', ['-n'], { input: code(/by hand/) }).stderr.toString()).toBe('');
  });

  it.each(['http://a"; rm -rf /', 'http://$(x)', 'http://`x`'])('puts %s into no command', (page) => {
    expect(code(/by hand/, { ...context, page })).toBe('');
  });

  it('names the log of the server that it is', () => {
    expect(code(/server’s log/)).toContain('DEBUG=');
    expect(code(/server’s log/, context, true)).toContain('engineio_logger');
  });
});
