import { describe, expect, it } from 'vitest';
import { parseEngineUrl } from './engine-url.ts';
import { connectErrorMessage, decodeSocketPacket } from './packets.ts';
import { decodeBinaryPayload, decodeFrame, decodePollingBody, readOpenPacket, readServerError } from './payload.ts';

// The strings are what real servers send (socket.io 2.5 and 4.8), as the protocol documents quote them.
const OPEN_V4 =
  '0{"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const OPEN_V3 =
  '96:0{"sid":"hLOEJXN07AE0GQCNAAAB","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}2:40';

describe('decodePollingBody', () => {
  it('reads the v4 handshake', () => {
    const open = readOpenPacket(decodePollingBody(OPEN_V4, 4)?.[0]);
    expect(open).toMatchObject({ sid: 'lv_VI97HAXpY6yYWAAAB', maxPayload: 1_000_000, pingTimeout: 20_000 });
  });

  it('reads the v3 handshake with the CONNECT behind it', () => {
    const packets = decodePollingBody(OPEN_V3, 3);
    expect(packets?.map((packet) => packet.type)).toEqual(['open', 'message']);
    expect(readOpenPacket(packets?.[0])?.sid).toBe('hLOEJXN07AE0GQCNAAAB');
  });

  it('reads what JSONP wraps, and the binary form of v3', () => {
    expect(decodePollingBody(`___eio[0](${JSON.stringify(OPEN_V3)});`, 3)?.map((packet) => packet.type)).toEqual([
      'open',
      'message',
    ]);
    const open = '0{"sid":"a"}';
    const bytes = `${String.fromCharCode(0, 1, 2, 0xff) + open + String.fromCharCode(0, 2, 0xff)}40`;
    expect(decodeBinaryPayload(btoa(bytes))?.map((packet) => packet.type)).toEqual(['open', 'message']);
    expect(decodeBinaryPayload(btoa('not one'))).toBeNull();
  });

  it('splits v4 packets at the record separator', () => {
    expect(decodePollingBody('40{"sid":"a"}\x1e42["hi"]\x1ebAQID', 4)).toEqual([
      { type: 'message', data: '0{"sid":"a"}', binary: false },
      { type: 'message', data: '2["hi"]', binary: false },
      { type: 'message', data: 'AQID', binary: true },
    ]);
  });

  it.each([
    ['HTML', '<!DOCTYPE html><html></html>', 4],
    ['HTML', '<!DOCTYPE html><html></html>', 3],
    ['v3 framing asked for as v4', OPEN_V3, 4],
    ['v4 framing asked for as v3', OPEN_V4, 3],
    ['an error body', '{"code":1,"message":"Session ID unknown"}', 4],
    ['nothing', '', 4],
  ])('refuses %s', (_, body, eio) => {
    expect(decodePollingBody(body, eio)).toBeNull();
  });
});

describe('decodeSocketPacket', () => {
  const decode = (text: string) => {
    const packet = decodeFrame(text, 4);
    return packet && decodeSocketPacket(packet);
  };

  it('reads CONNECT_ERROR of both protocols', () => {
    const v5 = decode('44/admin,{"message":"Invalid namespace"}');
    expect(v5).toMatchObject({ type: 'CONNECT_ERROR', namespace: '/admin' });
    expect(connectErrorMessage(v5?.data)).toBe('Invalid namespace');
    expect(connectErrorMessage(decode('44/x,"Invalid namespace"')?.data)).toBe('Invalid namespace');
  });

  it('cuts the query off an EIO3 CONNECT', () => {
    expect(decode('40/admin?token=1,')?.namespace).toBe('/admin');
  });

  it('reads a binary event without waiting for its attachments', () => {
    expect(decode('451-["file",{"_placeholder":true,"num":0}]')).toMatchObject({
      type: 'BINARY_EVENT',
      namespace: '/',
    });
  });

  it.each(['2', '3probe', '6', '4', '4garbage', '49'])('finds none in %s', (text) => {
    expect(decode(text)).toBeNull();
  });
});

describe('readServerError', () => {
  it('reads the body of a refused request', () => {
    expect(readServerError('{"code":1,"message":"Session ID unknown"}')).toEqual({
      code: 1,
      message: 'Session ID unknown',
    });
    expect(readServerError('{"code":"1","message":"Session ID unknown"}')?.code).toBe('1');
  });

  it.each(['', '"Invalid transport"', 'Cannot GET /socket.io/', '{"error":"x"}', '[1]', 'null'])(
    'finds none in %s',
    (body) => {
      expect(readServerError(body)).toBeNull();
    },
  );
});

describe('parseEngineUrl', () => {
  it('recognises by the query, whatever the path', () => {
    expect(parseEngineUrl('wss://h:8443/api/ws?token=1&EIO=4&transport=websocket&sid=abc')).toMatchObject({
      origin: 'https://h:8443',
      endpoint: 'https://h:8443/api/ws',
      eio: 4,
      sid: 'abc',
      transport: 'websocket',
    });
  });

  it.each([
    'http://h/socket.io/socket.io.js',
    'http://h/socket.io/?transport=polling',
    'http://h/?xEIO=4&transport=polling',
    'not a URL ?EIO=4&transport=x',
  ])('passes over %s', (url) => {
    expect(parseEngineUrl(url)).toBeNull();
  });
});
