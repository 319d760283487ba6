import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { spaFallbackHtml } from './spa-fallback-html.ts';

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const index = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ page: SERVER, response: HTML, body: '<!doctype html>\n<div id="root"></div>', ...parts });

describe('spa-fallback-html', () => {
  it('shows the page’s beginning, and passes the path on', () => {
    const hit = onlyHit(spaFallbackHtml, endpoint([index()]));
    expect(hit.confidence).toBe('certain');
    expect(hit.evidence).toContainEqual(
      expect.objectContaining({ where: 'body', actual: '<!doctype html> <div id="root"></div>' }),
    );
    expect(fixCode(hit, 'vite')).toContain('"/socket.io/": { target, ws: true }');
    expect(fixCode(hit, 'nginx')).toContain('location /socket.io/ {');
  });

  const idsOf = (parts: Parameters<typeof poll>[0]) =>
    onlyHit(spaFallbackHtml, endpoint([index(parts)])).fixes.map(({ id }) => id);

  it('offers development servers, proxies and servers, the likeliest first', () => {
    const ids = idsOf({});
    expect(ids.slice(0, 6)).toEqual(['vite', 'webpack', 'nginx', 'haproxy', 'apache', 'caddy']);
    expect(ids).toEqual(expect.arrayContaining(['express', 'nestjs', 'node-v3', 'aiohttp', 'asgi', 'flask']));
  });

  it('offers proxies first where one is seen', () => {
    expect(idsOf({ response: { ...HTML, Server: 'nginx/1.22.1' } })[0]).toBe('nginx');
  });

  it('knows Express, which Vite is not', () => {
    const ids = idsOf({ response: { ...HTML, 'X-Powered-By': 'Express' } });
    expect(ids[0]).toBe('express');
    expect(ids).toContain('webpack');
    expect(ids).not.toContain('vite');
  });

  it('knows Vite’s own pages, which no server behind it gives', () => {
    const ids = idsOf({ body: '<!doctype html>\n<script type="module" src="/@vite/client"></script>' });
    expect(ids.slice(0, 2)).toEqual(['vite', 'nginx']);
    expect(ids).not.toContain('express');
  });

  it('goes by the type where the page is withheld or was not captured', () => {
    expect(onlyHit(spaFallbackHtml, endpoint([index(refusal('MissingAllowOriginHeader'))])).confidence).toBe('likely');
    expect(onlyHit(spaFallbackHtml, endpoint([index({ body: 'not-captured' })])).confidence).toBe('likely');
  });

  it('goes by the content where the type is another', () => {
    expect(onlyHit(spaFallbackHtml, endpoint([index({ response: {} })])).confidence).toBe('certain');
  });

  it.each([
    ['an error page', { status: 404 }],
    ['JSON', { response: { 'Content-Type': 'application/json' }, body: '{}' }],
    ['the `ok` of a POST', { method: 'POST', sid: 'SID0000000000000AAAA', body: 'ok' }],
    ['a withheld answer of another type', { response: { 'Content-Type': 'text/plain' }, body: 'hidden' as const }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(spaFallbackHtml, endpoint([index(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection, and over once Socket.IO answers', () => {
    expect(hitsOf(spaFallbackHtml, endpoint(openedByPolling()))).toEqual([]);
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && spaFallbackHtml.isOver?.(later)).toBe(true);
  });
});
