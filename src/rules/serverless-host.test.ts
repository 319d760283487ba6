import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { serverlessHost } from './serverless-host.ts';

const VERCEL = { 'x-vercel-id': 'fra1::abc', Server: 'Vercel' };
const answered = (status: number, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status, response: VERCEL, ...parts });
const CODE_1 = '{"code":1,"message":"Session ID unknown"}';

/** A session whose first follow-up is refused: another instance got it. */
const lost = (sid: string, at: number) => [
  ...openedByPolling(sid, at).slice(0, 1),
  answered(400, { sid, at: at + 10, body: CODE_1 }),
];

describe('serverless-host', () => {
  it.each([404, 405, 500, 504])('%d of Vercel', (status) => {
    expect(onlyHit(serverlessHost, endpoint([answered(status)])).confidence).toBe('likely');
  });

  it.each([
    ['Netlify', { 'x-nf-request-id': '01H' }],
    ['the server’s name alone', { Server: 'Vercel' }],
  ])('knows %s', (_, response) => {
    expect(onlyHit(serverlessHost, endpoint([answered(404, { response })])).alternatives).toEqual(['wrong-path-404']);
  });

  it('sees sessions that are lost again and again', () => {
    const twice = endpoint(lost('SID0000000000000AAAA', 0), lost('SID0000000000000BBBB', 5_000));
    expect(hitsOf(serverlessHost, twice)).toHaveLength(1);
    expect(hitsOf(serverlessHost, endpoint(lost('SID0000000000000AAAA', 0)))).toEqual([]);
  });

  it('is silent on other hosts, on what works there, and on a refusal', () => {
    expect(hitsOf(serverlessHost, endpoint([answered(404, { response: { Server: 'nginx' } })]))).toEqual([]);
    expect(hitsOf(serverlessHost, endpoint(openedByPolling()))).toEqual([]);
    expect(hitsOf(serverlessHost, endpoint([answered(400)]))).toEqual([]);
    expect(hitsOf(serverlessHost, endpoint([answered(401)]))).toEqual([]);
  });
});
