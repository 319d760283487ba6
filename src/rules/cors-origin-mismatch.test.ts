import { describe, expect, it } from 'vitest';
import { diffText } from '../model/line-changes.ts';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsOriginMismatch } from './cors-origin-mismatch.ts';

const allowing = (origin: string, parts: Parameters<typeof poll>[0] = {}) =>
  poll({
    response: { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true', Vary: 'Origin' },
    ...refusal(URL.canParse(origin) ? 'AllowOriginMismatch' : 'InvalidAllowOriginValue', { parameter: origin }),
    ...parts,
  });

describe('cors-origin-mismatch', () => {
  it.each([
    ['http://localhost:3000/', 'trailing-slash'],
    ['https://localhost:3000', 'scheme'],
    ['http://localhost:5173', 'port'],
    ['http://127.0.0.1:3000', 'loopback-alias'],
    ['HTTP://LOCALHOST:3000', 'case'],
    ['localhost:3000', 'missing-scheme'],
    ['http://localhost:3000/app', 'has-path'],
    ['http://other:3000', 'other'],
  ])('names how %s misses the page: %s', (allowed, detail) => {
    const hit = onlyHit(corsOriginMismatch, endpoint([allowing(allowed)]));
    expect(hit.detail).toBe(detail);
    expect(hit.confidence).toBe('certain');
    expect(hit.evidence).toEqual([
      expect.objectContaining({ name: 'Access-Control-Allow-Origin', expected: PAGE, actual: allowed }),
    ]);
  });

  it('shows both origins in the title', () => {
    const { page } = onlyHit(corsOriginMismatch, endpoint([allowing('http://127.0.0.1:3000')]));
    for (const value of [SERVER, PAGE, 'http://127.0.0.1:3000']) expect(page.title).toContain(`\`${value}\``);
  });

  it('keeps the origin that is allowed now, unless it is no origin', () => {
    const other = fixCode(onlyHit(corsOriginMismatch, endpoint([allowing('http://other:3000')])), 'node-v4');
    expect(other).toContain(`origin: ["${PAGE}", "http://other:3000"]`);
    const slash = fixCode(onlyHit(corsOriginMismatch, endpoint([allowing(`${PAGE}/`)])), 'node-v4');
    expect(slash).toContain(`origin: ["${PAGE}"]`);
  });

  it('shows the one line that changes, as the answer has it', () => {
    const { fixes } = onlyHit(corsOriginMismatch, endpoint([allowing(`${PAGE}/`)]));
    const difference = (id: string) => {
      const fix = fixes.find((each) => each.id === id);
      return diffText(fix?.before ?? '', fix?.code ?? '')
        .split('\n')
        .filter((line) => /^[-+]/.test(line));
    };
    const origins = [`-     origin: "${PAGE}/",`, `+     origin: ["${PAGE}"],`];
    for (const id of ['node-v4', 'node-v3', 'fastify', 'next', 'nestjs']) expect(difference(id)).toEqual(origins);
    expect(difference('haproxy')).toEqual([
      `- http-response set-header Access-Control-Allow-Origin "${PAGE}/" if { var(txn.path) -m beg /socket.io/ }`,
      `+ http-response set-header Access-Control-Allow-Origin "${PAGE}" if { var(txn.path) -m beg /socket.io/ }`,
    ]);
    // What Express answers for its routes, and whom python-socketio lists, this header does not show.
    for (const id of ['express', 'aiohttp', 'asgi', 'flask'])
      expect(fixes.find((fix) => fix.id === id)?.before).toBeUndefined();
  });

  it('shows nothing of what a cache gave out: it was for another page', () => {
    const stale = allowing('http://other:3000', {
      response: { 'Access-Control-Allow-Origin': 'http://other:3000', Age: '12' },
    });
    const { fixes, confidence } = onlyHit(corsOriginMismatch, endpoint([stale]));
    expect(confidence).toBe('likely');
    expect(fixes.filter(({ before }) => before !== undefined)).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(corsOriginMismatch, endpoint(openedByPolling()))).toEqual([]);
  });

  it('is silent on an error status', () => {
    expect(hitsOf(corsOriginMismatch, endpoint([allowing('http://other:3000', { status: 404 })]))).toEqual([]);
  });

  it('is silent on an opaque origin, which must not be listed', () => {
    expect(hitsOf(corsOriginMismatch, endpoint([allowing('http://other:3000', { page: 'null' })]))).toEqual([]);
  });

  it('is silent where no origin is named', () => {
    expect(hitsOf(corsOriginMismatch, endpoint([poll(refusal('MissingAllowOriginHeader'))]))).toEqual([]);
  });
});
