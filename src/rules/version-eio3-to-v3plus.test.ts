import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { versionEio3ToV3plus } from './version-eio3-to-v3plus.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const refused = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ eio: 3, status: 400, response: JSON_TYPE, ...parts });
const readable = (body: string) => refused({ page: SERVER, body, cors: { verdict: 'not-applicable' } });

describe('version-eio3-to-v3plus', () => {
  it.each([
    ['Node.js', '{"code":5,"message":"Unsupported protocol version"}'],
    ['Rust, whose codes are strings', '{"code":"5","message":"Unsupported protocol version"}'],
    ['Go, which has another code', '{"code":4,"message":"Unsupported protocol version"}'],
  ])('is certain where the text was read: %s', (_, body) => {
    expect(onlyHit(versionEio3ToV3plus, endpoint([readable(body)]))).toMatchObject({
      confidence: 'certain',
      alternatives: [],
    });
  });

  it('is likely where the browser withheld it', () => {
    const hit = onlyHit(versionEio3ToV3plus, endpoint([refused(refusal('MissingAllowOriginHeader'))]));
    expect(hit.confidence).toBe('likely');
    expect(hit.alternatives).toContain('transport-disabled');
  });

  it('lets old clients in with a listed origin and credentials, never `*`', () => {
    const code = fixCode(
      onlyHit(versionEio3ToV3plus, endpoint([refused(refusal('MissingAllowOriginHeader'))])),
      'node-v4',
    );
    expect(code).toContain('allowEIO3: true');
    expect(code).toContain(`origin: ["${PAGE}"]`);
    expect(code).toContain('credentials: true');
    expect(code).not.toContain('"*"');
  });

  it('says that an upgraded client still needs its origin allowed', () => {
    const across = onlyHit(versionEio3ToV3plus, endpoint([refused(refusal('MissingAllowOriginHeader'))]));
    expect(fixCode(across, 'browser-client')).toContain(PAGE);
    const within = onlyHit(
      versionEio3ToV3plus,
      endpoint([readable('{"code":5,"message":"Unsupported protocol version"}')]),
    );
    expect(fixCode(within, 'browser-client')).toBe(
      '// first: npm install socket.io-client@4\nconst socket = io("http://localhost:3001");',
    );
  });

  it.each([
    ['another code', readable('{"code":0,"message":"Transport unknown"}')],
    ['an empty body', refused({ body: 'empty' })],
    ['an `EIO=4` client', refused({ eio: 4, ...refusal('MissingAllowOriginHeader') })],
    ['a sid', refused({ sid: 'SID0000000000000AAAA', ...refusal('MissingAllowOriginHeader') })],
    [
      'a Python server',
      refused({ response: { 'Content-Type': 'text/plain' }, ...refusal('MissingAllowOriginHeader') }),
    ],
    ['another status', refused({ status: 403, ...refusal('MissingAllowOriginHeader') })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(versionEio3ToV3plus, endpoint([exchange]))).toEqual([]);
  });

  it('is silent on a healthy v2 client, and on a healthy connection', () => {
    const open = poll({
      eio: 3,
      body: '96:0{"sid":"SID0000000000000AAAA","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}2:40',
    });
    for (const other of [[open], openedByPolling()]) expect(hitsOf(versionEio3ToV3plus, endpoint(other))).toEqual([]);
  });

  it('is over once a handshake gets another answer', () => {
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && versionEio3ToV3plus.isOver?.(later)).toBe(true);
  });
});
