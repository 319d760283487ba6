import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pythonUnsupportedVersion } from './python-unsupported-version.ts';

type Parts = Parameters<typeof poll>[0];
const BODY = '"The client is using an unsupported version of the Socket.IO or Engine.IO protocols"';
const PLAIN = { 'Content-Type': 'text/plain' };
const refused = (parts: Parts = {}) => poll({ eio: 3, status: 400, response: PLAIN, body: BODY, ...parts });
const hidden = refusal('MissingAllowOriginHeader');

describe('python-unsupported-version', () => {
  it('is certain where the text was read', () => {
    const hit = onlyHit(pythonUnsupportedVersion, endpoint([refused()]));
    expect(hit).toMatchObject({ confidence: 'certain', alternatives: [] });
    expect(hit.fixes.map(({ id }) => id)).toEqual(['browser-client', 'python']);
  });

  it('is likely where a WSGI server’s text was withheld', () => {
    const hit = onlyHit(pythonUnsupportedVersion, endpoint([refused(hidden)]));
    expect(hit.confidence).toBe('likely');
    expect(hit.alternatives).toContain('python-origin-rejected');
  });

  it.each<[string, Parts]>([
    ['another text', { body: '"Invalid transport"' }],
    ['Node.js, which answers JSON', { response: { 'Content-Type': 'application/json' }, ...hidden }],
    [
      'an asyncio server that refuses the origin',
      { response: { ...PLAIN, 'Access-Control-Allow-Credentials': 'true' }, ...hidden },
    ],
    ['a v4 client whose text was withheld', { eio: 4, ...hidden }],
    ['a request with a sid', { sid: 'SID0000000000000AAAA', ...hidden }],
    ['an empty answer', { body: 'empty' }],
    ['another status', { status: 403 }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(pythonUnsupportedVersion, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(pythonUnsupportedVersion, endpoint(openedByPolling()))).toEqual([]);
  });
});
