import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fix } from '../model/finding.ts';
import { type RunningSnippet, runAlone, runOnServer } from '../testing/snippets.ts';
import type { FixContext } from './context.ts';
import { startServer } from './listen.ts';
import { askAtDefaultPath, serveAtPath } from './path.ts';
import { allowEio3, upgradeClient, upgradeClientOfPython } from './version.ts';

const PAGE = 'http://localhost:3000';
const context: FixContext = {
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: PAGE,
  credentials: 'unknown',
  eio: 4,
};

/** The fix that listens by itself. */
function onExpress(fixes: Fix[]): Fix {
  const fix = fixes.find(({ id }) => id === 'express');
  if (!fix) throw new Error('There is no fix for Express');
  return fix;
}

const codeOf = (id: string, values: FixContext) => serveAtPath(values).find((fix) => fix.id === id)?.code ?? '';

let snippet: RunningSnippet | undefined;
afterEach(() => snippet?.close());

/** A server's origin on a port that is free now. */
async function freeOrigin(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return `http://localhost:${port}`;
}

describe('startServer and serveAtPath, run', () => {
  it('listen on the port of the client’s URL, and let the page in', async () => {
    for (const fix of [
      ...startServer({ ...context, server: await freeOrigin() }).filter(({ id }) => id === 'node-v4'),
      onExpress(serveAtPath({ ...context, server: await freeOrigin() })),
    ]) {
      snippet = await runAlone(fix.code);
      const answer = await snippet.ask('GET', 'EIO=4&transport=polling', { Origin: PAGE });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
      await snippet.close();
      snippet = undefined;
    }
  });

  it('serve the path that the client asks for', async () => {
    snippet = await runAlone(
      onExpress(serveAtPath({ ...context, server: await freeOrigin(), path: '/api/socket/' })).code,
    );
    const query = 'EIO=4&transport=polling';
    expect((await snippet.ask('GET', query, { Origin: PAGE }, '/api/socket/')).status).toBe(200);
    expect((await snippet.ask('GET', query, { Origin: PAGE })).status).toBe(404);
  });

  it('need no CORS for a page of the same origin', () => {
    expect(onExpress(serveAtPath({ ...context, page: null })).code).not.toContain('cors');
  });

  it('know the ports that schemes imply', () => {
    expect(startServer({ ...context, server: 'https://chat.example' })[0]?.code).toContain('listen(443');
    expect(startServer({ ...context, server: 'http://chat.example' })[0]?.code).toContain('listen(80');
  });
});

describe('serveAtPath', () => {
  it('keeps a path that has no slash at its end, which both ends would add', async () => {
    snippet = await runOnServer(codeOf('node-v4', { ...context, path: '/live' }));
    const answer = await snippet.ask('GET', 'EIO=4&transport=polling', {}, '/live');
    expect([answer.status, answer.body]).toEqual([200, expect.stringMatching(/^0\{"sid"/)]);
  });

  it('keeps Socket.IO off the paths of Next.js’ routes', () => {
    const atRoute = { ...context, path: '/api/socket' };
    for (const id of ['next', 'next-api']) {
      expect(codeOf(id, atRoute)).not.toMatch(/\bpath:/);
      expect(codeOf(id, atRoute)).toContain('// in the page: const socket = io("http://localhost:3001"');
    }
    expect(codeOf('next', { ...context, path: '/live/' })).toContain('path: "/live/"');
  });
});

describe('askAtDefaultPath', () => {
  it('is offered only where the client asks elsewhere', () => {
    expect(askAtDefaultPath(context)).toEqual([]);
    expect(askAtDefaultPath({ ...context, path: '/ws/' })[0]?.code).toBe('const socket = io("http://localhost:3001");');
  });
});

describe('allowEio3, run on Socket.IO 4', () => {
  it('gives an old client its handshake', async () => {
    snippet = await runOnServer(allowEio3(context)[0]?.code ?? '');
    const answer = await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: PAGE });
    expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([200, 'true']);
  });
});

describe('upgradeClient', () => {
  it('mentions the server’s list only across origins', () => {
    expect(upgradeClient({ ...context, page: null }).code).toBe(
      '// first: npm install socket.io-client@4\nconst socket = io("http://localhost:3001");',
    );
    expect(upgradeClient(context).code).toContain(PAGE);
  });
});

describe('upgradeClientOfPython', () => {
  it('mentions the list in the words of Python, and only where it may lack the page', () => {
    expect(upgradeClientOfPython(context, false).code).toContain(`cors_allowed_origins=["${PAGE}"]`);
    expect(upgradeClientOfPython(context, true).code).not.toContain(PAGE);
    expect(upgradeClientOfPython({ ...context, page: null }, false).code).not.toContain('cors');
  });
});
