import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { serverNoUpgrades } from './server-no-upgrades.ts';

const SID = 'SID0000000000000AAAA';
const NODE = `0{"sid":"${SID}","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`;
const PYTHON = `0{"sid":"${SID}","upgrades":[],"pingTimeout":20000,"pingInterval":25000}`;
const joined = poll({ sid: SID, at: 10, body: '40{"sid":"x"}' });

describe('server-no-upgrades', () => {
  it('says that the server offers none', () => {
    const hit = onlyHit(serverNoUpgrades, endpoint([poll({ body: NODE }), joined]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'certain' });
    expect(hit.evidence[0]).toMatchObject({ expected: '["websocket"]', actual: '[]' });
    expect(fixCode(hit, 'node-v4')).toContain('transports: ["polling", "websocket"]');
  });

  it('reads Engine.IO 3, and Firefox', () => {
    const open = `96:0{"sid":"SIDv2","upgrades":[],"pingInterval":25000,"pingTimeout":5000}`;
    const body = open.replace('96', String(open.length - 3));
    expect(hitsOf(serverNoUpgrades, endpoint([poll({ eio: 3, body, dialect: 'firefox' })]))).toHaveLength(1);
  });

  it('tells Python users what to install', () => {
    const hit = onlyHit(serverNoUpgrades, endpoint([poll({ body: PYTHON }), joined]));
    expect(fixCode(hit, 'python')).toBe('pip install simple-websocket');
  });

  it.each([
    ['uvicorn', 'uvicorn'],
    ['aiohttp', 'Python/3.11 aiohttp/3.8.4'],
  ])('lets nobody install what %s needs not', (_, server) => {
    const hit = onlyHit(serverNoUpgrades, endpoint([poll({ body: PYTHON, response: { Server: server } }), joined]));
    expect(hit.fixes.map(({ id }) => id)).not.toContain('python');
    expect(fixCode(hit, 'asgi')).toContain('transports=["polling", "websocket"]');
  });

  it('lets them install it under WSGI, and where a proxy hides the server', () => {
    for (const server of ['Werkzeug/2.2.2 Python/3.11', 'gunicorn', 'nginx/1.24']) {
      const hit = onlyHit(serverNoUpgrades, endpoint([poll({ body: PYTHON, response: { Server: server } }), joined]));
      expect(hit.fixes[0]?.id).toBe('python');
    }
  });

  it.each([
    ['a server that offers it', openedByPolling(SID)],
    [
      'a WebSocket, whose handshake has nothing to offer',
      [webSocket({ frames: [{ direction: 'receive', data: NODE, atMs: 1, binary: false }] })],
    ],
    ['a body that was not captured', [poll({ body: 'not-captured' })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(serverNoUpgrades, endpoint(exchanges))).toEqual([]);
  });

  it('is over once the server offers it', () => {
    const [offers, none] = [openedByPolling(SID), [poll({ body: NODE }), joined]].map(
      (exchanges) => endpoint(exchanges).sessions[0],
    );
    expect(offers && serverNoUpgrades.isOver?.(offers)).toBe(true);
    expect(none && serverNoUpgrades.isOver?.(none)).toBe(false);
  });
});
