import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pythonOriginRejected } from './python-origin-rejected.ts';

type Parts = Parameters<typeof poll>[0];
const SID = 'SID0000000000000AAAA';
const PLAIN = { 'Content-Type': 'text/plain' };
const ASGI = { ...PLAIN, 'Access-Control-Allow-Credentials': 'true' };
const hidden = refusal('MissingAllowOriginHeader');
const refused = (parts: Parts = {}) => poll({ status: 400, response: PLAIN, ...parts });

describe('python-origin-rejected', () => {
  it.each([
    ['WSGI', '"Not an accepted origin."'],
    ['asyncio', `"${PAGE} is not an accepted origin."`],
  ])('is certain where the text was read, of %s', (_, body) => {
    const hit = onlyHit(pythonOriginRejected, endpoint([refused({ body })]));
    expect(hit).toMatchObject({ confidence: 'certain', alternatives: [] });
    expect(fixCode(hit, 'aiohttp')).toContain(`cors_allowed_origins=["${PAGE}"]`);
  });

  it('is likely where the text was withheld and the answer has credentials but no origin', () => {
    expect(onlyHit(pythonOriginRejected, endpoint([refused({ response: ASGI, ...hidden })])).confidence).toBe('likely');
    expect(onlyHit(pythonOriginRejected, endpoint([refused({ eio: 3, response: ASGI, ...hidden })])).confidence).toBe(
      'likely',
    );
  });

  it('is a hint where it has neither', () => {
    expect(onlyHit(pythonOriginRejected, endpoint([refused(hidden)])).confidence).toBe('hint');
  });

  it('blames the proxy where the page has the server’s own origin', () => {
    const own = { page: SERVER, cors: { verdict: 'not-applicable' as const } };
    const handshake = poll({ ...own, body: openBody(SID) });
    const post = poll({
      ...own,
      at: 5,
      sid: SID,
      method: 'POST',
      requestBody: '40',
      status: 400,
      response: PLAIN,
      request: { Origin: SERVER },
      body: `"${SERVER} is not an accepted origin."`,
    });
    const hit = onlyHit(pythonOriginRejected, endpoint([handshake, post]));
    expect(hit.page.explanation).toContain('X-Forwarded-Proto');
    expect(fixCode(hit, 'nginx')).toContain('proxy_set_header Host $http_host;');
  });

  it.each<[string, Parts]>([
    ['Node.js, which answers JSON', { response: { 'Content-Type': 'application/json' }, ...hidden }],
    ['another text', { body: '"Invalid transport"' }],
    ['an unknown sid', { sid: SID, body: `"Invalid session ${SID}"` }],
    ['a text that only quotes it', { body: 'not an accepted origin.' }],
    ['an origin that is allowed', { response: { ...ASGI, 'Access-Control-Allow-Origin': PAGE }, body: 'not-captured' }],
    ['an old client whose text was withheld', { eio: 3, ...hidden }],
    ['another status', { status: 403, ...hidden }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(pythonOriginRejected, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(pythonOriginRejected, endpoint(openedByPolling()))).toEqual([]);
  });
});
