/** Several faults at once: each is named, in order, and the fix of any one of them leaves nothing for the browser to refuse. */
import { createServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { type CorsFailure, checkAccess } from '../cors/cors-check.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, PAGE, poll, preflight } from '../testing/endpoint.ts';
import { hitsOf } from '../testing/rule-checks.ts';
import { type Answer, type RunningSnippet, runAround, runOnServer } from '../testing/snippets.ts';
import { rules } from './index.ts';

const POLLING = 'EIO=4&transport=polling';
const ASKED = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' };
const question = { origin: PAGE, method: 'GET', headerNames: ['x-token'] };

let server: RunningSnippet | undefined;
afterEach(() => server?.close());

const lines = ({ headers }: Answer) => [...headers].map(([name, value]) => ({ name, value }));

/** What the browser says to a server's two answers, if the client has cookies and `extraHeaders`. */
async function ask(
  running: RunningSnippet,
): Promise<{ onPreflight: CorsFailure | null; onGet: CorsFailure | null; exchanges: JudgedExchange[] }> {
  const options = await running.ask('OPTIONS', POLLING, { Origin: PAGE, ...ASKED });
  const get = await running.ask('GET', POLLING, { Origin: PAGE });
  const onPreflight = checkPreflight(question, { status: options.status, headers: lines(options) }, true);
  const onGet = checkAccess(PAGE, lines(get), true);
  const parts = (answer: Answer, failure: CorsFailure | null) => ({
    status: answer.status,
    response: Object.fromEntries(answer.headers),
    cors: { ...failure, verdict: failure ? ('fail' as const) : ('pass' as const), credentials: 'include' as const },
  });
  return {
    onPreflight,
    onGet,
    exchanges: [preflight({ ...parts(options, onPreflight), request: ASKED }), poll({ at: 2, ...parts(get, onGet) })],
  };
}

const START = (config: Partial<ServerOptions>) => {
  const httpServer = createServer();
  return runAround(httpServer, new Server(httpServer, config));
};

const LIST = { allowedHeaders: ['content-type'] };
const BOTH = 'preflight-header-not-allowed';

/** `cors` as people write it; which rules name the faults of its answer to the preflight, in order. */
const CASES: [string, ServerOptions['cors'], string[]][] = [
  ['`*`, and a header left out', { origin: '*', ...LIST }, ['preflight-wildcard-with-credentials', BOTH]],
  ['no credentials, and a header left out', { origin: PAGE, ...LIST }, ['preflight-credentials-not-allowed', BOTH]],
  [
    'another origin, no credentials, a header left out',
    { origin: 'https://a.example', ...LIST },
    ['preflight-origin-mismatch', BOTH],
  ],
  [
    'two origins in one string, a header left out',
    { origin: `${PAGE}, https://a.example`, ...LIST },
    ['preflight-multiple-acao', BOTH],
  ],
  [
    'not on the list, a header left out',
    { origin: ['https://a.example'], ...LIST },
    ['preflight-missing-origin', BOTH],
  ],
  ['`*` alone', { origin: '*' }, ['preflight-wildcard-with-credentials']],
];

describe('a preflight with several faults, of a real server', () => {
  it.each(CASES)('%s', async (_, cors, expected) => {
    server = await START({ cors });
    const { exchanges } = await ask(server);
    await server.close();
    const [asked] = exchanges;
    if (!asked) throw new Error('no preflight');

    const hits = rules.flatMap((rule) => hitsOf(rule, endpoint([asked])).map((hit) => ({ rule: rule.id, ...hit })));
    const errors = hits.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(expected);
    for (const { rule, fixes } of errors) {
      const onServer = fixes.filter(({ id }) => id === 'node-v4');
      expect(onServer, rule).toHaveLength(1);
      for (const { code } of onServer) {
        server = await runOnServer(code);
        expect(await ask(server), `${rule}\n${code}`).toMatchObject({ onPreflight: null, onGet: null });
        await server.close();
      }
    }
  });
});

describe('an answer with several faults, of a real server', () => {
  it.each<[string, ServerOptions['cors'], string]>([
    ['`*`, and no credentials', { origin: '*' }, 'cors-wildcard-with-credentials'],
    ['another origin, and no credentials', { origin: 'https://a.example' }, 'cors-origin-mismatch'],
    ['two origins in one string, and no credentials', { origin: `${PAGE},https://a.example` }, 'cors-multiple-acao'],
    ['not on the list, and no credentials', { origin: ['https://a.example'] }, 'cors-origin-not-in-list'],
    ['nothing at all', undefined, 'cors-not-configured'],
  ])('%s', async (_, cors, expected) => {
    server = await START(cors ? { cors } : {});
    const { exchanges } = await ask(server);
    await server.close();
    const [, answer] = exchanges;
    if (!answer) throw new Error('no answer');

    const hits = rules.flatMap((rule) => hitsOf(rule, endpoint([answer])).map((hit) => ({ rule: rule.id, ...hit })));
    expect(hits.map(({ rule }) => rule)).toEqual([expected]);
    server = await runOnServer(hits[0]?.fixes.find(({ id }) => id === 'node-v4')?.code ?? '');
    expect(await ask(server)).toMatchObject({ onPreflight: null, onGet: null });
  });
});
