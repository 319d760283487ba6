import { describe, expect, it } from 'vitest';
import { fingerprint, type ServerHabits } from './fingerprint.ts';
import { decodeFrame, readOpenPacket } from './payload.ts';

const NOTHING: ServerHabits = { eio: 4, setsIoCookie: false, server: null, hasCorsOnUpgrade: false };

function of(json: string, habits: Partial<ServerHabits> = {}) {
  const open = readOpenPacket(decodeFrame(`0${json}`, habits.eio ?? 4) ?? undefined);
  if (!open) throw new Error('no open packet');
  return fingerprint(open, { ...NOTHING, ...habits });
}

// As sent by the real servers (catalogued from the wire), ids aside.
const V4_8 =
  '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const V4_1 = '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}';
const V3 = '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}';
const PYTHON = '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingTimeout":20000,"pingInterval":25000}';
const NETTY =
  '{"sid":"c2c47c2c-7c0c-4d38-9d2f-2e4ef6fd3c5e","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":60000}';
const NO_TIMEOUT = '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000}';
const OTHER =
  '{"sid":"AbCdEf0123456789","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}';

describe('the server behind an open packet', () => {
  it.each([
    [V4_8, {}, 'Socket.IO (Node)', '>=4.5'],
    [V4_8, { hasCorsOnUpgrade: true }, 'Socket.IO (Node)', '>=4.6'],
    [V4_1, {}, 'Socket.IO (Node)', '>=3 <4.5'],
    [V3, {}, 'Socket.IO (Node)', '3.x'],
    [V3, { eio: 3, setsIoCookie: true }, 'Socket.IO (Node)', '<3'],
    [V3, { eio: 3 }, 'Socket.IO (Node)', null],
    [PYTHON, {}, 'python-socketio', null],
    [NETTY, { eio: 3 }, 'netty-socketio', null],
    [V4_1, { server: 'netty-socketio/2.0.3' }, 'netty-socketio', null],
    [OTHER, {}, 'Socket.IO', null],
    [NO_TIMEOUT, {}, 'Socket.IO', null],
    [NO_TIMEOUT.replace('Interval', 'Timeout'), {}, 'Socket.IO', null],
  ])('%s %o: %s %s', (json, habits, name, version) => expect(of(json, habits)).toEqual({ name, version }));
});
