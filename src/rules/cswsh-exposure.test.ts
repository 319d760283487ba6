import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, SERVER, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { cswshExposure } from './cswsh-exposure.ts';

const ACAO = 'Access-Control-Allow-Origin';
const OTHER = 'https://app.example';
const socket = (response: Record<string, string> = {}, parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ response, ...parts });

describe('cswsh-exposure', () => {
  it.each(['chromium', 'firefox'] as const)('warns where the answer names another origin, in %s', (dialect) => {
    const hit = onlyHit(cswshExposure, endpoint([socket({ [ACAO]: OTHER }, { dialect })]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'certain' });
    expect(hit.evidence.map(({ actual }) => actual)).toEqual([PAGE, OTHER]);
    expect(fixCode(hit, 'node-v4')).toContain('allowRequest');
    expect(fixCode(hit, 'node-v4')).toContain(`allowed = ["${PAGE}", "${OTHER}", "${SERVER}"]`);
  });

  it('offers only what can be the cure: who is named shows whose answer that was', () => {
    const idsOf = (response: Record<string, string>) =>
      onlyHit(cswshExposure, endpoint([socket(response, { eio: 3 })])).fixes.map(({ id }) => id);
    const servers = ['node-v4', 'express', 'nestjs', 'fastify', 'next'];
    expect(idsOf({ [ACAO]: OTHER })).toEqual(servers);
    expect(idsOf({})).toEqual([...servers, 'node-v3', 'node-v2', 'nginx', 'haproxy']);
  });

  it.each([
    ['*', { [ACAO]: '*' }],
    ['nothing', {}],
  ])('remarks where it names %s', (_, response) => {
    expect(onlyHit(cswshExposure, endpoint([socket(response)]))).toMatchObject({
      severity: 'info',
      confidence: 'hint',
    });
  });

  it.each([
    ['a page that is allowed', [socket({ [ACAO]: PAGE })]],
    ['a page that polling allows: an older server', [...openedByPolling('SID'), socket({}, { sid: 'SID', at: 20 })]],
    ['the same origin', [socket({}, { page: SERVER })]],
    ['a WebSocket that was refused', [socket({ [ACAO]: OTHER }, { status: 403, dialect: 'firefox' })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(cswshExposure, endpoint(exchanges))).toEqual([]);
  });

  it('leaves Python alone, which checks the origin', () => {
    const open = '0{"sid":"SID","upgrades":[],"pingTimeout":20000,"pingInterval":25000}';
    const frames = [{ direction: 'receive' as const, data: open, atMs: 1, binary: false }];
    expect(hitsOf(cswshExposure, endpoint([socket({ [ACAO]: OTHER }, { frames })]))).toEqual([]);
  });

  it('is over once such a WebSocket is refused, or allowed', () => {
    const [allowed, exposed] = [socket({ [ACAO]: PAGE }), socket({ [ACAO]: OTHER })].map(
      (exchange) => endpoint([exchange]).sessions[0],
    );
    expect(allowed && cswshExposure.isOver?.(allowed)).toBe(true);
    expect(exposed && cswshExposure.isOver?.(exposed)).toBe(false);
  });
});
