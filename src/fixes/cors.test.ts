import { afterEach, describe, expect, it } from 'vitest';
import { checkAccess } from '../cors/cors-check.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import { type Answer, type RunningSnippet, runOnServer } from '../testing/snippets.ts';
import type { FixContext } from './context.ts';
import { answerPreflightV2, enableCors, onlyNginxAnswers, sendAsAuth } from './cors.ts';

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
    snippet = await runOnServer(enableCors(context).code);
    const ours = await snippet.ask('GET', POLLING, { Origin: PAGE });
    expect([checkAccess(PAGE, lines(ours), true), checkAccess(PAGE, lines(ours), false)]).toEqual([null, null]);
    const theirs = await snippet.ask('GET', POLLING, { Origin: 'http://evil.example' });
    expect(checkAccess('http://evil.example', lines(theirs), false)?.error).toBe('MissingAllowOriginHeader');
  });

  it('answers the preflight of any header', async () => {
    snippet = await runOnServer(enableCors(context).code);
    expect(await askPreflight(snippet, POLLING, 'authorization,x-token', true)).toBeNull();
  });

  it('answers the preflight of the headers that it lists', async () => {
    snippet = await runOnServer(enableCors(context, { allowedHeaders: ['content-type', 'x-token'] }).code);
    expect(await askPreflight(snippet, POLLING, 'x-token', true)).toBeNull();
    expect((await askPreflight(snippet, POLLING, 'x-other', true))?.error).toBe('HeaderDisallowedByPreflightResponse');
  });

  it('keeps the origins that were allowed before', async () => {
    snippet = await runOnServer(enableCors(context, { alsoAllow: ['https://a.example', PAGE] }).code);
    for (const origin of [PAGE, 'https://a.example']) {
      const answer = await snippet.ask('GET', POLLING, { Origin: origin });
      expect(checkAccess(origin, lines(answer), true)).toBeNull();
    }
  });

  it('serves a custom path', async () => {
    snippet = await runOnServer(enableCors({ ...context, path: '/ws/' }).code);
    expect((await snippet.ask('GET', POLLING, { Origin: PAGE }, '/ws/')).status).toBe(200);
  });

  it('lets a v2 client in, which sends cookies', async () => {
    snippet = await runOnServer(enableCors({ ...context, eio: 3, credentials: 'omit' }).code);
    const answer = await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: PAGE });
    expect(answer.body).toMatch(/^\d+:0\{/);
    expect(checkAccess(PAGE, lines(answer), true)).toBeNull();
  });
});

describe('answerPreflightV2, run on Socket.IO 2', () => {
  it('answers the preflight, and leaves the request as good as it was', async () => {
    snippet = await runOnServer(answerPreflightV2({ ...context, eio: 3 }, ['x-token', 'content-type']).code);
    expect(await askPreflight(snippet, 'EIO=3&transport=polling', 'content-type,x-token', true)).toBeNull();
    const answer = await snippet.ask('GET', 'EIO=3&transport=polling', { Origin: PAGE });
    expect(checkAccess(PAGE, lines(answer), true)).toBeNull();
  });
});

describe('what is never prescribed', () => {
  it('has no wildcard, no reflection and no list of methods', () => {
    const texts = [enableCors(context).code, ...onlyNginxAnswers(context).map(({ code }) => code)].join('\n');
    expect(texts).not.toMatch(/"\*"|origin: true|\bmethods\b/);
  });

  it('allows no cookies where the client sends none', () => {
    const omit: FixContext = { ...context, credentials: 'omit' };
    expect(enableCors(omit).code).not.toContain('credentials');
    expect(onlyNginxAnswers(omit)[0]?.code).not.toMatch(/add_header Access-Control-Allow-Credentials/);
  });
});

describe('sendAsAuth', () => {
  it('is no way for a v2 client, nor for a header of the library’s own', () => {
    expect(sendAsAuth({ ...context, eio: 3 }, ['x-token'])).toEqual([]);
    expect(sendAsAuth(context, ['content-type'])).toEqual([]);
  });
});

describe('onlyNginxAnswers', () => {
  it('puts no value into the configuration that could end its string', () => {
    for (const page of ['http://a"; return 200 "', 'http://$host', 'http://a b']) {
      expect(onlyNginxAnswers({ ...context, page })).toEqual([]);
    }
  });
});
