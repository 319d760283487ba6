import { describe, expect, it } from 'vitest';
import { allowPage } from '../../fixes/cors.ts';
import { forwardUpgrade } from '../../fixes/upgrade.ts';
import type { Endpoint } from '../../model/session.ts';
import { endpoint, poll, webSocket } from '../../testing/endpoint.ts';
import { byLikelihood, fixesFor, likelyStacks, runtimeSeen } from './likely-stacks.ts';

const fixes = allowPage({
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: 'http://localhost:3000',
  credentials: 'omit',
  eio: 4,
});
const order = (headers: Record<string, string>) =>
  byLikelihood(fixes, likelyStacks(endpoint([poll({ response: headers })]))).map(({ id }) => id);

const SID = 'lv_VI97HAXpY6yYWAAAC';
const open = (rest: string) => `0{"sid":"${SID}","upgrades":["websocket"],${rest}}`;
const NODE_4_5 = open('"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000');
const NODE_3 = open('"pingInterval":25000,"pingTimeout":5000');
const PYTHON = open('"pingTimeout":20000,"pingInterval":25000');
const NETTY = open('"pingInterval":25000,"pingTimeout":60000').replace(SID, 'c2c47c2c-7c0c-4d38-9d2f-2e4ef6fd3c5e');
const first = (seen: Endpoint) => byLikelihood(fixes, likelyStacks(seen))[0]?.id;

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

  // A development server (webpack's is Express) passes it on, and adds its own header.
  it.each([
    ['python-socketio', PYTHON, { 'X-Powered-By': 'Express' }, 'aiohttp'],
    ['python-socketio behind uvicorn', PYTHON, { 'X-Powered-By': 'Express', Server: 'uvicorn' }, 'asgi'],
    ['Node.js 4.5', NODE_4_5, { Server: 'gunicorn' }, 'node-v4'],
    ['Node.js 4.5', NODE_4_5, { 'X-Powered-By': 'Express' }, 'node-v4'],
    ['Node.js 4.5 behind Next.js', NODE_4_5, { 'X-Powered-By': 'Next.js' }, 'node-v4'],
    ['Node.js v3', NODE_3, { 'X-Powered-By': 'Express' }, 'node-v3'],
  ])('believes the open packet of %s, not a header that contradicts it', (_, body, response, id) => {
    expect(first(endpoint([poll({ body, response })]))).toBe(id);
  });

  it('tells what stands before Engine.IO from what answers beside it', () => {
    const express = { 'X-Powered-By': 'Express' };
    const text = { ...express, 'Content-Type': 'text/plain; charset=UTF-8' };
    expect(first(endpoint([poll({ response: text, body: 'hidden' })]))).toBe('node-v4');
    expect(first(endpoint([webSocket({ response: express })]))).toBe('node-v4');
    const unknownSid = '{"code":1,"message":"Session ID unknown"}';
    expect(first(endpoint([poll({ status: 400, response: express, body: unknownSid })]))).toBe('node-v4');
    const notFound = poll({ status: 404, response: { ...express, 'Content-Type': 'text/html' } });
    expect(first(endpoint([notFound]))).toBe('express');
    // It was there before the server at this path was: v4 may well be Express', v3 has a text of its own.
    expect(first(endpoint([notFound], [poll({ body: NODE_4_5 })]))).toBe('express');
    expect(first(endpoint([notFound], [poll({ body: NODE_3 })]))).toBe('node-v3');
    expect(first(endpoint([notFound], [poll({ body: PYTHON })]))).toBe('aiohttp');
  });
});

describe('the fixes for the runtime that was seen', () => {
  const ids = (seen: Endpoint) => fixesFor(runtimeSeen(seen), fixes).map(({ id }) => id);

  it.each([
    ['Node.js', NODE_4_5, 'node-v4', 'aiohttp'],
    ['Python', PYTHON, 'aiohttp', 'node-v4'],
  ])('are those of %s and of what is not the server', (_, body, own, others) => {
    const left = ids(endpoint([poll({ body })]));
    expect(left).toContain(own);
    expect(left).toContain('nginx');
    expect(left).not.toContain(others);
  });

  it('are all of them where none would be left: the server is another by now', () => {
    const python = runtimeSeen(endpoint([poll({ body: PYTHON })]));
    const forNode = fixes.filter(({ id }) => id.startsWith('node'));
    expect(fixesFor(python, forNode)).toEqual(forNode);
  });

  it.each<[string, Endpoint]>([
    ['nothing but a header tells', endpoint([poll({ response: { Server: 'gunicorn' } })])],
    ['two servers took turns', endpoint([poll({ body: PYTHON })], [poll({ body: NODE_4_5 })])],
    ['it is neither', endpoint([poll({ eio: 4, body: NETTY })])],
  ])('are all where %s', (_, seen) => expect(ids(seen)).toEqual(fixes.map(({ id }) => id)));
});
