import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { connectErrorAuth } from './connect-error-auth.ts';

const SID = 'SID0000000000000AAAA';

/** A session whose CONNECT is answered with this packet. */
function answered(packet: string, parts: Parameters<typeof poll>[0] = {}) {
  const [handshake, post] = openedByPolling(SID);
  if (!handshake || !post) throw new Error('builder changed');
  return [handshake, post, poll({ sid: SID, at: 12, body: packet, ...parts })];
}

describe('connect-error-auth', () => {
  it('repeats what the server said, and reconnects by hand', () => {
    const hit = onlyHit(connectErrorAuth, endpoint(answered('44{"message":"jwt expired"}')));
    expect(hit.page.title).toContain('`jwt expired`');
    expect(hit.page.title).toContain('`/`');
    expect(hit.confidence).toBe('certain');
    expect(hit.evidence[0]).toMatchObject({ where: 'packet', name: 'CONNECT_ERROR /', actual: 'jwt expired' });
    const code = fixCode(hit, 'browser-client');
    expect(code).toContain('auth: (cb) => getToken().then(');
    expect(code).toContain('socket.connect()');
    expect(fixCode(hit, 'node-v4')).toContain('next(new Error("jwt expired"))');
  });

  it('gives no advice on CORS', () => {
    const hit = onlyHit(connectErrorAuth, endpoint(answered('44{"message":"unauthorized"}')));
    expect(hit.fixes.map(({ code }) => code).join()).not.toMatch(/cors/i);
  });

  it('names the namespace, one hit for each', () => {
    const hits = hitsOf(connectErrorAuth, endpoint(answered('44/admin,{"message":"no"}\x1e44/chat,{"message":"no"}')));
    expect(hits.map(({ params }) => params.namespace)).toEqual(['/admin', '/chat']);
    expect(hits.map((hit) => fixCode(hit, 'browser-client'))).toEqual([
      expect.stringContaining('io("http://localhost:3001/admin"'),
      expect.stringContaining('io("http://localhost:3001/chat"'),
    ]);
  });

  it('reads the bare string of a v2 server, whose clients have no `auth`', () => {
    const open = poll({
      eio: 3,
      body: `96:0{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}`,
    });
    const refused = poll({ eio: 3, sid: SID, at: 12, body: '15:44"not allowed"' });
    const hit = onlyHit(connectErrorAuth, endpoint([open, refused]));
    expect(hit.page.title).toContain('`not allowed`');
    expect(hit.fixes.map(({ id }) => id)).toEqual(expect.arrayContaining(['node-v4', 'node-v2']));
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client');
    expect(fixCode(hit, 'node-v4')).toContain('query.token');
  });

  it.each([
    ['cross-site', true],
    ['same-site', false],
  ])('shares the session of the routes where its cookie does not come back: %s', (site, needsAttributes) => {
    const request = { 'Sec-Fetch-Site': site };
    const response = { 'Set-Cookie': 'connect.sid=s%3Aabc; Path=/; HttpOnly' };
    const session = [
      poll({ body: openBody(SID), request, response }),
      poll({ sid: SID, at: 10, method: 'POST', requestBody: '40', body: 'ok', request }),
      poll({ sid: SID, at: 12, body: '44{"message":"log in"}', request }),
    ];
    const code = fixCode(onlyHit(connectErrorAuth, endpoint(session)), 'express-session');
    expect(code).toContain('io.engine.use(sessions)');
    expect(code.includes('sameSite: "none", secure: true')).toBe(needsAttributes);
  });

  it('says so when there is no message', () => {
    expect(onlyHit(connectErrorAuth, endpoint(answered('44{}'))).page.title).toContain('(no message)');
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(connectErrorAuth, endpoint(openedByPolling(SID)))).toEqual([]);
  });

  it('is silent on a namespace that the server does not know', () => {
    for (const packet of ['44/x,{"message":"Invalid namespace"}', '44/x,"Unable to connect"']) {
      expect(hitsOf(connectErrorAuth, endpoint(answered(packet)))).toEqual([]);
    }
  });

  it('is silent where the client got in after all, within the same connection', () => {
    const again = poll({ sid: SID, at: 900, body: '40{"sid":"socket-1"}' });
    expect(hitsOf(connectErrorAuth, endpoint([...answered('44{"message":"jwt expired"}'), again]))).toEqual([]);
  });
});
