import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../model/session.ts';
import { endpoint, poll, refusal } from '../../testing/endpoint.ts';
import { serverLogOf } from './server-log.ts';

const SID = 'lv_VI97HAXpY6yYWAAAC';
const open = (rest: string) => `0{"sid":"${SID}","upgrades":["websocket"],${rest}}`;
const V4 = open('"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000');
const V3 = open('"pingInterval":25000,"pingTimeout":5000');
const NETTY = open('"pingInterval":25000,"pingTimeout":60000').replace(SID, 'c2c47c2c-7c0c-4d38-9d2f-2e4ef6fd3c5e');
const unsupported = '{"code":5,"message":"Unsupported protocol version"}';
const json = { 'Content-Type': 'application/json' };

function logOf(seen: Endpoint) {
  const session = seen.sessions.at(-1);
  if (!session) throw new Error('no session');
  return serverLogOf(seen, session);
}

describe('serverLogOf', () => {
  it.each<[string, ReturnType<typeof logOf>, Endpoint]>([
    ['nothing tells', 'node-with-events', endpoint([poll()])],
    ['v4 answered', 'node-with-events', endpoint([poll({ body: V4 })])],
    ['v3 answered, which has no such events', 'node', endpoint([poll({ body: V3 })])],
    ['a v2 client asks', 'node', endpoint([poll({ eio: 3 })])],
    ['it refuses a v2 client', 'node-with-events', endpoint([poll({ eio: 3, status: 400, body: unsupported })])],
    [
      'it hides that',
      'node-with-events',
      endpoint([poll({ eio: 3, status: 400, response: json, ...refusal('MissingAllowOriginHeader') })]),
    ],
    ['a v4 client got through beside', 'node-with-events', endpoint([poll({ body: V4 })], [poll({ eio: 3 })])],
    ['uvicorn hides its body', 'python', endpoint([poll({ response: { Server: 'uvicorn' }, body: 'hidden' })])],
    ['Python refuses in its own words', 'python', endpoint([poll({ status: 400, body: '"Not an accepted origin"' })])],
    [
      'Python answered another attempt',
      'python',
      endpoint([poll({ body: open('"pingTimeout":1,"pingInterval":2') })], [poll()]),
    ],
    [
      'Node answered behind gunicorn',
      'node-with-events',
      endpoint([poll({ body: V4, response: { Server: 'gunicorn' } })]),
    ],
    ['netty answered', null, endpoint([poll({ body: NETTY })])],
  ])('where %s: %s', (_, log, seen) => expect(logOf(seen)).toBe(log));
});
