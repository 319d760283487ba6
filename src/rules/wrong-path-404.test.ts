import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal, SERVER, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wrongPath404 } from './wrong-path-404.ts';

/** Express 4, same origin. */
const CANNOT = '<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>Cannot GET /socket.io/</pre>\n</body>\n</html>\n';
const NGINX_404 =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n' +
  '<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n';
const HAPROXY_404 = '<html><body><h1>404 Not Found</h1>\nThe resource could not be found.\n</body></html>\n';
const APACHE_404 =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n' +
  '<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
const missing = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 404, response: { 'Content-Type': 'text/html; charset=utf-8' }, body: CANNOT, page: SERVER, ...parts });

describe('wrong-path-404', () => {
  it('names the path and what the framework said', () => {
    const hit = onlyHit(wrongPath404, endpoint([missing()]));
    expect(hit.page.title).toContain('`/socket.io/`');
    expect(hit.confidence).toBe('certain');
    expect(hit.evidence).toContainEqual(expect.objectContaining({ where: 'body', actual: 'Cannot GET /socket.io/' }));
    const code = fixCode(hit, 'express');
    expect(code).toContain('httpServer.listen(3001)');
    expect(code).not.toContain('cors');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client');
  });

  it('needs no body, and brings CORS along for another origin', () => {
    const hit = onlyHit(wrongPath404, endpoint([missing({ page: PAGE, ...refusal('MissingAllowOriginHeader') })]));
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('offers a custom path to either end', () => {
    const body = CANNOT.replace('/socket.io/', '/ws/');
    const hit = onlyHit(wrongPath404, endpoint([missing({ path: '/ws/', body })]));
    expect(fixCode(hit, 'node-v4')).toContain('path: "/ws/"');
    expect(fixCode(hit, 'browser-client')).toBe(`const socket = io("${SERVER}");`);
  });

  it.each<[string, Parameters<typeof poll>[0], string[]]>([
    ['the framework that does not know the path', { body: CANNOT }, ['express', 'node-v4']],
    ['nobody who is known', { body: 'Not Found' }, ['express', 'node-v4']],
    ['somebody behind nginx', { body: CANNOT, response: { Server: 'nginx' } }, ['nginx', 'express']],
    ['Caddy, or somebody behind it', { body: 'empty', response: { Server: 'Caddy' } }, ['nginx', 'express']],
    ['a framework that was asked for another path', { body: CANNOT.replace('/socket.io/', '/') }, ['nginx', 'haproxy']],
    ['nginx itself', { body: NGINX_404, response: { Server: 'nginx/1.22.1' } }, ['nginx', 'haproxy']],
    ['HAProxy itself', { body: HAPROXY_404, response: {} }, ['haproxy', 'nginx']],
    ['Apache itself', { body: APACHE_404, response: { Server: 'Apache/2.4.62' } }, ['apache', 'nginx']],
    [
      'Traefik itself',
      { body: '404 page not found\n', response: { 'Content-Type': 'text/plain' } },
      ['traefik', 'nginx'],
    ],
    // Which proxy is first where a header names one, say likely-stacks.ts.
  ])('answered by %s: those first who can have the fault', (_, parts, expected) => {
    const ids = onlyHit(wrongPath404, endpoint([missing(parts)])).fixes.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(expected);
    expect(ids).toEqual(expect.arrayContaining(['nginx', 'haproxy', 'apache', 'caddy', 'traefik', 'ingress-nginx']));
    const isPathKept = expected.some((id) => id === 'express');
    expect([ids.includes('express'), ids.includes('asgi')]).toEqual([isPathKept, isPathKept]);
  });

  it('offers development servers to pages that come from whoever is asked', () => {
    const ids = (page: string) => onlyHit(wrongPath404, endpoint([missing({ page })])).fixes.map(({ id }) => id);
    expect(ids(SERVER)).toEqual(expect.arrayContaining(['vite', 'webpack']));
    expect(ids(PAGE)).not.toContain('vite');
    expect(ids(PAGE)).not.toContain('webpack');
  });

  it('sees the handshake of a WebSocket-only client', () => {
    const socketErrors = ['Error during WebSocket handshake: Unexpected response code: 404'];
    const hit = onlyHit(wrongPath404, endpoint([webSocket({ socketErrors })]));
    expect(hit).toMatchObject({ confidence: 'likely', alternatives: ['ws-upgrade-other-status'] });
  });

  it('leaves a host that runs functions to its own rule', () => {
    expect(hitsOf(wrongPath404, endpoint([missing({ response: { 'x-vercel-id': 'fra1::abc' } })]))).toEqual([]);
  });

  it('doubts itself where the same path worked before', () => {
    const hit = onlyHit(wrongPath404, endpoint(openedByPolling(), [missing({ at: 9000 })]));
    expect(hit.confidence).toBe('likely');
    expect(hit.alternatives).toContain('gateway-502-503-504');
    expect(onlyHit(wrongPath404, endpoint([missing()], openedByPolling('SID0000000000000BBBB', 9000))).confidence).toBe(
      'certain',
    );
  });

  it('is silent on a healthy connection and on other statuses', () => {
    expect(hitsOf(wrongPath404, endpoint(openedByPolling()))).toEqual([]);
    for (const status of [200, 400, 403, 502])
      expect(hitsOf(wrongPath404, endpoint([missing({ status })]))).toEqual([]);
  });

  it('is silent on a preflight, and on a 404 that comes after the handshake', () => {
    const late = missing({ sid: 'SID0000000000000AAAA', at: 30 });
    expect(hitsOf(wrongPath404, endpoint([preflight({ status: 404 })], [...openedByPolling(), late]))).toEqual([]);
  });

  it('is silent on a WebSocket’s 404 where the endpoint works over polling', () => {
    const socket = webSocket({
      at: 30,
      socketErrors: ['Error during WebSocket handshake: Unexpected response code: 404'],
    });
    expect(hitsOf(wrongPath404, endpoint(openedByPolling(), [socket]))).toEqual([]);
  });

  it('is over once the path answers, be it with a CORS fault', () => {
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && wrongPath404.isOver?.(later)).toBe(true);
  });
});
