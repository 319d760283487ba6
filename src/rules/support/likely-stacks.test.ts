import { describe, expect, it } from 'vitest';
import { allowPage } from '../../fixes/cors.ts';
import { forwardUpgrade } from '../../fixes/upgrade.ts';
import { endpoint, poll } from '../../testing/endpoint.ts';
import { byLikelihood, likelyStacks } from './likely-stacks.ts';

const fixes = allowPage({
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: 'http://localhost:3000',
  credentials: 'omit',
  eio: 4,
});
const order = (headers: Record<string, string>) =>
  byLikelihood(fixes, likelyStacks(endpoint([poll({ response: headers })]))).map(({ id }) => id);

describe('likelyStacks', () => {
  it.each<[Record<string, string>, string]>([
    [{ Server: 'uvicorn' }, 'asgi'],
    [{ Server: 'Python/3.11 aiohttp/3.8.4' }, 'aiohttp'],
    [{ Server: 'Werkzeug/2.2.2 Python/3.11' }, 'flask'],
    [{ 'X-Powered-By': 'Express' }, 'express'],
    [{ 'X-Powered-By': 'Next.js' }, 'next'],
  ])('%j: the fix for %s comes first', (headers, id) => {
    expect(order(headers)[0]).toBe(id);
  });

  it('changes nothing where nothing tells, and loses no fix', () => {
    const ids = fixes.map(({ id }) => id);
    expect(order({})).toEqual(ids);
    expect([...order({ Server: 'uvicorn' })].sort()).toEqual([...ids].sort());
  });

  it.each([
    ['nginx/1.24', 'nginx'],
    ['Apache/2.4', 'apache'],
    ['cloudflare', 'cloudflare'],
  ])('where the proxy is the culprit, %s has its fix first', (server, id) => {
    const context = {
      server: 'http://localhost:3001',
      path: '/socket.io/',
      page: null,
      credentials: 'omit',
      eio: 4,
    } as const;
    const likely = likelyStacks(endpoint([poll({ response: { Server: server } })]));
    expect(byLikelihood(forwardUpgrade(context), likely)[0]?.id).toBe(id);
  });

  it('tells python-socketio by its answers alone', () => {
    const seen = endpoint([poll()]);
    const server = { name: 'python-socketio', version: null };
    const python = { ...seen, sessions: seen.sessions.map((session) => ({ ...session, server })) };
    expect(byLikelihood(fixes, likelyStacks(python))[0]?.id).toBe('aiohttp');
  });

  it('sets a proxy before other proxies, not before the servers', () => {
    const ids = order({ Server: 'Apache/2.4' });
    expect(ids.indexOf('apache')).toBeLessThan(ids.indexOf('nginx'));
    expect(ids[0]).toBe('node-v4');
  });
});
