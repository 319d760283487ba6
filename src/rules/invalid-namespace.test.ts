import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { invalidNamespace } from './invalid-namespace.ts';

const SID = 'SID0000000000000AAAA';

function answered(packet: string) {
  const [handshake, post] = openedByPolling(SID);
  if (!handshake || !post) throw new Error('builder changed');
  return [handshake, post, poll({ sid: SID, at: 12, body: packet })];
}

describe('invalid-namespace', () => {
  it.each([
    ['Node.js', '44/admin,{"message":"Invalid namespace"}'],
    ['Python', '44/admin,"Unable to connect"'],
  ])('defines the namespace: %s', (_, packet) => {
    const hit = onlyHit(invalidNamespace, endpoint(answered(packet)));
    expect(hit.confidence).toBe('certain');
    expect(hit.page.title).toContain('`/admin`');
    expect(fixCode(hit, 'node-v4')).toContain('io.of("/admin")');
    expect(fixCode(hit, 'nestjs')).toContain('namespace: "/admin",');
    expect(fixCode(hit, 'aiohttp')).toContain('@sio.on("connect", namespace="/admin")');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client');
  });

  it('reads the bare string of a v2 server', () => {
    const open = poll({
      eio: 3,
      body: `96:0{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}2:40`,
    });
    const refused = poll({ eio: 3, sid: SID, at: 12, body: '28:44/admin,"Invalid namespace"' });
    expect(onlyHit(invalidNamespace, endpoint([open, refused])).params.namespace).toBe('/admin');
  });

  it.each([
    ['/ws', 'path: "/ws/"'],
    ['/api/socket', 'path: "/api/socket/"'],
    ['/socket.io', 'io("http://localhost:3001")'],
  ])('offers the path option where %s looks like one', (name, expected) => {
    const hit = onlyHit(invalidNamespace, endpoint(answered(`44${name},{"message":"Invalid namespace"}`)));
    expect(hit.alternatives).toEqual(['namespace-used-as-path']);
    expect(fixCode(hit, 'browser-client')).toContain(expected);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(invalidNamespace, endpoint(openedByPolling(SID)))).toEqual([]);
  });

  it('is silent on a refusal by the server’s own code', () => {
    expect(hitsOf(invalidNamespace, endpoint(answered('44/admin,{"message":"Unable to connect"}')))).toEqual([]);
    expect(hitsOf(invalidNamespace, endpoint(answered('44/admin,{"message":"forbidden"}')))).toEqual([]);
  });
});
