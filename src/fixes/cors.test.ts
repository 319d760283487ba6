import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { checkAccess } from '../cors/cors-check.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import type { Fix } from '../model/finding.ts';
import { type Answer, type RunningSnippet, runAround, runOnServer } from '../testing/snippets.ts';
import { forbidCaching } from './cache.ts';
import type { FixContext } from './context.ts';
import { allowOrigin, dropHeaders, enableCors, sendAsAuth } from './cors.ts';
import { allowOnlyListed } from './origin-list.ts';
import { onlyProxyAnswers, onlyProxyAnswersPreflights } from './proxy-cors.ts';
import { allowOriginV2, answerPreflightV2 } from './socket-server-v2.ts';

/** What a Node.js user gets. */
const nodeCode = (fixes: Fix[]) => fixes.find(({ id }) => id === 'node-v4')?.code ?? '';

const codeOf = ([fix]: Fix[]) => fix?.code ?? '';

const PAGE = 'http://localhost:3000';
const context: FixContext = {
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: PAGE,
  credentials: 'unknown',
  eio: 4,
};
const POLLING = 'EIO=4&transport=polling';

let snippet: RunningSnippet | undefined;
afterEach(() => snippet?.close());

const lines = ({ headers }: Answer) => [...headers].map(([name, value]) => ({ name, value }));

async function askPreflight(running: RunningSnippet, query: string, headerNames: string, credentials: boolean) {
  const question = { origin: PAGE, method: 'GET', headerNames: headerNames.split(',') };
  const answer = await running.ask('OPTIONS', query, {
    Origin: PAGE,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': headerNames,
  });
  return checkPreflight(question, { status: answer.status, headers: lines(answer) }, credentials);
}

describe('enableCors, run on Socket.IO 4', () => {
  it('lets the page in, with cookies and without, and nobody else', async () => {
    snippet = await runOnServer(nodeCode(enableCors(context)));
    const ours = await snippet.ask('GET', POLLING, { Origin: PAGE });
    expect([checkAccess(PAGE, lines(ours), true), checkAccess(PAGE, lines(ours), false)]).toEqual([null, null]);
    const theirs = await snippet.ask('GET', POLLING, { Origin: 'http://evil.example' });
    expect(checkAccess('http://evil.example', lines(theirs), false)?.error).toBe('MissingAllowOriginHeader');
  });

  it('answers the preflight of any header', async () => {
    snippet = await runOnServer(nodeCode(enableCors(context)));
    expect(await askPreflight(snippet, POLLING, 'authorization,x-token', true)).toBeNull();
  });

  it('answers the preflight of the headers that it lists', async () => {
    snippet = await runOnServer(nodeCode(enableCors(context, { allowedHeaders: ['content-type', 'x-token'] })));
    expect(await askPreflight(snippet, POLLING, 'x-token', true)).toBeNull();
    expect((await askPreflight(snippet, POLLING, 'x-other', true))?.error).toBe('HeaderDisallowedByPreflightResponse');
  });

  it('keeps the origins that were allowed before', async () => {
    snippet = await runOnServer(nodeCode(enableCors(context, { alsoAllow: ['https://a.example', PAGE] })));
    for (const origin of [PAGE, 'https://a.example']) {
      const answer = await snippet.ask('GET', POLLING, { Origin: origin });
      expect(checkAccess(origin, lines(answer), true)).toBeNull();
    }
  });

  it('serves a custom path', async () => {
    snippet = await runOnServer(nodeCode(enableCors({ ...context, path: '/ws/' })));
    expect((await snippet.ask('GET', POLLING, { Origin: PAGE }, '/ws/')).status).toBe(200);
  });

  it('lets a v2 client in, which sends cookies', async () => {
    snippet = await runOnServer(nodeCode(enableCors({ ...context, eio: 3, credentials: 'omit' })));
    const answer = await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: PAGE });
    expect(answer.body).toMatch(/^\d+:0\{/);
    expect(checkAccess(PAGE, lines(answer), true)).toBeNull();
  });
});

describe('allowOrigin, run on Socket.IO 4', () => {
  const formOf = (id: string) => allowOrigin(context, {}).find((fix) => fix.id === id)?.code ?? '';

  // A function that calls back with an error would have the stranger's request answered 400.
  it.each(['node-v4-string', 'node-v4-function'])(
    '%s lets the page in, and refuses others without an error',
    async (id) => {
      snippet = await runOnServer(formOf(id));
      const ours = await snippet.ask('GET', POLLING, { Origin: PAGE });
      expect([ours.status, checkAccess(PAGE, lines(ours), true)]).toEqual([200, null]);
      const theirs = await snippet.ask('GET', POLLING, { Origin: 'https://evil.example' });
      expect(theirs.status).toBe(200);
      expect(checkAccess('https://evil.example', lines(theirs), false)).not.toBeNull();
    },
  );

  it('is nothing for a Python server where that cannot have the fault', () => {
    const ids = (isNotPython?: true) => allowOrigin(context, isNotPython ? { isNotPython } : {}).map(({ id }) => id);
    expect(ids()).toContain('aiohttp');
    expect(ids(true)).not.toContain('aiohttp');
  });
});

describe('answerPreflightV2, run on Socket.IO 2', () => {
  it('answers the preflight, and leaves the request as good as it was', async () => {
    snippet = await runOnServer(codeOf(answerPreflightV2({ ...context, eio: 3 }, ['x-token', 'content-type'])));
    expect(await askPreflight(snippet, 'EIO=3&transport=polling', 'content-type,x-token', true)).toBeNull();
    const answer = await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: PAGE });
    expect(checkAccess(PAGE, lines(answer), true)).toBeNull();
  });
});

describe('allowOriginV2, run on Socket.IO 2', () => {
  // A browser leaves out the port that the scheme implies; a v2 server does not.
  it.each([PAGE, 'https://chat.example', 'http://chat.example', 'http://[::1]:3000'])(
    'lets %s in, and nobody else',
    async (page) => {
      snippet = await runOnServer(codeOf(allowOriginV2({ ...context, eio: 3 }, page)));
      expect((await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: page })).status).toBe(200);
      expect((await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: 'https://evil.example' })).status).toBe(
        403,
      );
    },
  );
});

describe('allowOnlyListed, run on Socket.IO 4', () => {
  it('lets the listed page in, and neither `null` nor another site, whatever the transport', async () => {
    snippet = await runOnServer(nodeCode(allowOnlyListed(context, PAGE)));
    const ours = await snippet.ask('GET', POLLING, { Origin: PAGE });
    expect([ours.status, checkAccess(PAGE, lines(ours), true)]).toEqual([200, null]);
    for (const origin of ['null', 'https://evil.example']) {
      const theirs = await snippet.ask('GET', POLLING, { Origin: origin });
      expect(theirs.status).toBe(403);
      expect(checkAccess(origin, lines(theirs), false)?.error).toBe('MissingAllowOriginHeader');
    }
  });

  it('lets requests in that name no origin', async () => {
    snippet = await runOnServer(nodeCode(allowOnlyListed({ ...context, path: '/ws/', eio: 3 }, PAGE)));
    expect((await snippet.ask('GET', 'EIO=3&transport=polling', {}, '/ws/')).status).toBe(200);
  });
});

describe('forbidCaching, run on Socket.IO 4', () => {
  it('sends both headers, once each', async () => {
    const httpServer = createServer();
    const io = new Server(httpServer, { cors: { origin: PAGE } });
    new Function('io', forbidCaching(context)[0]?.code ?? '')(io);
    snippet = await runAround(httpServer, io);
    const { headers } = await snippet.ask('GET', POLLING, { Origin: PAGE });
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual(['no-store', 'Origin']);
    expect(headers.get('access-control-allow-origin')).toBe(PAGE);
  });

  it('puts no path into the configuration that could end its line', () => {
    const ids = forbidCaching({ ...context, path: '/a; }' }).map(({ id }) => id);
    expect(ids).toContain('node-v4');
    expect(ids.filter((id) => ['nginx', 'apache'].includes(id))).toEqual([]);
  });
});

describe('dropHeaders', () => {
  it('leaves a plain client, or moves the rest where no preflight is needed', () => {
    const names = ['access-control-allow-origin'];
    expect(dropHeaders(context, names, []).code).toMatch(/\nconst socket = io\("http:\/\/localhost:3001"\);$/);
    expect(dropHeaders(context, names, ['x-token']).code).toMatch(/auth: \{\s+"x-token"/);
    const v2 = dropHeaders({ ...context, eio: 3 }, names, ['x-token']).code;
    expect(v2).toMatch(/transportOptions: \{\s+polling: \{\s+extraHeaders: \{\s+"x-token"/);
  });
});

describe('what is never prescribed', () => {
  it('has no wildcard, no reflection and no list of methods', () => {
    const fixes = [
      ...enableCors(context),
      ...allowOnlyListed(context, PAGE),
      ...onlyProxyAnswers(context),
      ...onlyProxyAnswersPreflights(context),
    ];
    const texts = fixes.map(({ code }) => code).join('\n');
    expect(texts).not.toMatch(/"\*"|origin: true|\bmethods\b/);
  });

  it('allows no cookies where the client sends none', () => {
    const omit: FixContext = { ...context, credentials: 'omit' };
    expect(nodeCode(enableCors(omit))).not.toContain('credentials');
    expect(onlyProxyAnswers(omit)[0]?.code).not.toMatch(/add_header Access-Control-Allow-Credentials/);
  });
});

describe('sendAsAuth', () => {
  it('is no way for a v2 client, nor for a header of the library’s own', () => {
    expect(sendAsAuth({ ...context, eio: 3 }, ['x-token'])).toEqual([]);
    expect(sendAsAuth(context, ['content-type'])).toEqual([]);
  });
});

describe('onlyProxyAnswers', () => {
  it('allows the headers that were asked for, where it is told to', () => {
    const [fix] = onlyProxyAnswers(context, { allowedHeaders: ['content-type', 'x-token'] });
    expect(fix?.code).toContain('add_header Access-Control-Allow-Headers "content-type, x-token" always;');
    expect(onlyProxyAnswers(context)[0]?.code).not.toContain('Access-Control-Allow-Headers');
  });

  it('answers preflights itself, where it is told to, on Socket.IO’s path alone', () => {
    const fixes = onlyProxyAnswersPreflights(context, { allowedHeaders: ['x-token'] });
    for (const { code } of fixes) {
      expect(code).toContain('Access-Control-Allow-Headers "x-token"');
      expect(code).toMatch(/OPTIONS.*204|204.*OPTIONS/s);
      expect(code).toContain(context.path);
      expect(code).not.toMatch(/\*"|\$http_origin"|%\[|%\{ORIGIN|\{http\.request\.header\.Origin/i);
    }
    const [older] = onlyProxyAnswersPreflights({ ...context, eio: 3 }, { allowedHeaders: ['x-token'] });
    expect(older?.code).toContain('Access-Control-Allow-Headers "x-token, content-type"');
  });

  it('puts no value into the configuration that could end its string', () => {
    for (const page of ['http://a"; return 200 "', 'http://$host', 'http://a b']) {
      expect(onlyProxyAnswers({ ...context, page })).toEqual([]);
    }
  });
});
