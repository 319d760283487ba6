import { describe, expect, it } from 'vitest';
import type { Endpoint, Neighbour } from '../model/session.ts';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsExpressOnly } from './cors-express-only.ts';
import { corsNotConfigured } from './cors-not-configured.ts';

const PLAIN = { 'Content-Type': 'text/plain; charset=UTF-8' };
const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: PLAIN, ...refusal('MissingAllowOriginHeader'), ...parts });

/** What Express sends with `app.use(cors())`. */
const REST: Neighbour = { url: `${SERVER}/api/users?token=secret`, status: 200, allowOrigin: '*' };
const withApp = (target: Endpoint, ...neighbours: Neighbour[]): Endpoint => ({ ...target, neighbours });

describe('cors-express-only', () => {
  it('tells where the header is, and prescribes it for Socket.IO', () => {
    const hit = onlyHit(corsExpressOnly, withApp(endpoint([blocked()]), REST));
    expect(hit.page.title).toContain('`/api/users`');
    expect(hit.page.explanation).toContain('`Access-Control-Allow-Origin: *`');
    expect(JSON.stringify(hit)).not.toContain('secret');
    expect(hit.evidence).toContainEqual(expect.objectContaining({ expected: PAGE, actual: null }));
    expect(hit.evidence).toContainEqual(expect.objectContaining({ actual: '*', exchange: null }));
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('takes the place of cors-not-configured', () => {
    expect(hitsOf(corsNotConfigured, withApp(endpoint([blocked()]), REST))).toEqual([]);
  });

  it('counts the app’s own 404, also on the path that Socket.IO got later', () => {
    const missing = { ...REST, url: `${SERVER}/nothing`, status: 404 };
    expect(onlyHit(corsExpressOnly, withApp(endpoint([blocked()]), missing)).page.title).toContain('`/nothing`');
    const before = poll({ status: 404, response: { 'Access-Control-Allow-Origin': PAGE }, body: 'Cannot GET' });
    const hit = onlyHit(corsExpressOnly, endpoint([before], [blocked({ at: 9000 })]));
    expect(hit.page.explanation).toContain(`\`Access-Control-Allow-Origin: ${PAGE}\``);
    expect(hit.exchanges).toHaveLength(1);
  });

  it('names the answer that allows this page, if there is one', () => {
    const other = { ...REST, url: `${SERVER}/admin`, allowOrigin: 'https://admin.example' };
    const ours = { ...REST, url: `${SERVER}/chat`, allowOrigin: PAGE };
    expect(onlyHit(corsExpressOnly, withApp(endpoint([blocked()]), other, ours)).page.title).toContain('`/chat`');
  });

  it('is silent without such an answer, which cors-not-configured then explains', () => {
    expect(hitsOf(corsExpressOnly, endpoint([blocked()]))).toEqual([]);
    expect(hitsOf(corsNotConfigured, endpoint([blocked()]))).toHaveLength(1);
  });

  it('does not take Socket.IO’s own script or a gateway’s error page for the app', () => {
    const script = { ...REST, url: `${SERVER}/socket.io/socket.io.js` };
    const gateway = { ...REST, status: 502 };
    const target = withApp(endpoint([blocked()]), script, gateway);
    expect(hitsOf(corsExpressOnly, target)).toEqual([]);
    expect(hitsOf(corsNotConfigured, target)).toHaveLength(1);
  });

  it('is silent on a healthy connection, a list of origins, an error status and another fault', () => {
    const list = blocked({ response: { ...PLAIN, Vary: 'Origin' } });
    const error = blocked({ status: 400 });
    const star = poll({ response: { 'Access-Control-Allow-Origin': '*' }, ...refusal('WildcardOriginNotAllowed') });
    for (const exchanges of [openedByPolling(), [list], [error], [star]])
      expect(hitsOf(corsExpressOnly, withApp(endpoint(exchanges), REST))).toEqual([]);
  });

  it('leaves a session in which Socket.IO itself sends the header to cors-proxy-stripped', () => {
    const [handshake] = openedByPolling();
    if (!handshake) throw new Error('builder changed');
    const target = withApp(endpoint([handshake, blocked({ at: 20, sid: 'SID0000000000000AAAA' })]), REST);
    expect(hitsOf(corsExpressOnly, target)).toEqual([]);
    expect(hitsOf(corsNotConfigured, target)).toEqual([]);
  });

  it('is over once Socket.IO’s answers carry the header', () => {
    const later = endpoint(openedByPolling()).sessions[0];
    const same = endpoint([blocked()]).sessions[0];
    expect([later, same].map((session) => session && corsExpressOnly.isOver?.(session))).toEqual([true, false]);
  });
});
