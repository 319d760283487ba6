import { describe, expect, it } from 'vitest';
import type { ListedPacket } from '../model/packet.ts';
import { formatSize, packetRows, packetText } from './packet-rows.ts';

function packet(parts: Partial<ListedPacket> = {}): ListedPacket {
  return {
    atMs: 0,
    direction: 'receive',
    transport: 'websocket',
    engine: 'message',
    socket: null,
    namespace: null,
    event: null,
    ackId: null,
    binary: false,
    size: 0,
    text: '',
    answersAfterMs: null,
    exchange: 'x1',
    ...parts,
  };
}

const event = packet({ socket: 'EVENT', event: 'chat', namespace: '/admin', text: '2/admin,["chat",{"a":1}]' });
const ping = packet({ engine: 'ping' });
const probe = packet({ engine: 'ping', text: 'probe', direction: 'send' });
const all = [event, ping, probe];
const titles = (words: string, heartbeats = true) =>
  packetRows(all, 0, { words, heartbeats }).map(({ title }) => title);

describe('the rows of packets', () => {
  it('are called by their types', () => expect(titles('')).toEqual(['EVENT chat', 'ping', 'ping probe']));
  it('can do without heartbeats, which a probe is not', () =>
    expect(titles('', false)).toEqual(['EVENT chat', 'ping probe']));
  it.each([
    ['admin chat', ['EVENT chat']],
    ['"A":1', ['EVENT chat']],
    ['sent', ['ping probe']],
    ['nothing like it', []],
  ])('are found by %s', (words, expected) => expect(titles(words)).toEqual(expected));
  it('keep their numbers', () => expect(packetRows(all, 10, { words: 'probe', heartbeats: true })[0]?.number).toBe(13));
});

describe('the text of a packet', () => {
  it('is laid out where it is JSON', () =>
    expect(packetText(event)).toBe('2/admin,\n[\n  "chat",\n  {\n    "a": 1\n  }\n]'));
  it('is left alone where it is not', () => {
    for (const text of ['', 'probe', '2["cut', '{"cut']) expect(packetText(packet({ text }))).toBe(text);
  });
});

it('says sizes in decimal units', () => {
  expect([0, 999, 1_000, 123_456, 2_500_000].map(formatSize)).toEqual(['0 B', '999 B', '1.0 kB', '123.5 kB', '2.5 MB']);
});
