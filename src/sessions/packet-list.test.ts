import { describe, expect, it } from 'vitest';
import { openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { T0 } from '../testing/entries.ts';
import { listPackets } from './packet-list.ts';

const SID = 'SID0000000000000AAAA';

function frame(direction: 'send' | 'receive', data: string, at: number, binary = false) {
  return { direction, data, atMs: T0 + at, binary };
}

describe('the packets of a connection', () => {
  it('over polling: one body may hold several, in both framings', () => {
    const v4 = poll({ sid: SID, at: 20, body: '2\x1e42["chat","hi"]' });
    const v3 = poll({ eio: 3, sid: SID, at: 20, body: '1:214:42["chat","ü"]' });
    for (const exchange of [v4, v3]) {
      expect(listPackets([exchange])).toMatchObject([
        { engine: 'ping', socket: null, transport: 'polling', direction: 'receive' },
        { engine: 'message', socket: 'EVENT', event: 'chat', namespace: '/' },
      ]);
    }
  });

  it('counts bytes, not characters', () => {
    const [packet] = listPackets([webSocket({ sid: SID, frames: [frame('send', '42["ü"]', 10)] })]);
    expect(packet?.size).toBe(new TextEncoder().encode('2["ü"]').length);
  });

  it('says the way of a heartbeat and how long its answer took: the server asks in v4, the client in v3', () => {
    const asked = [frame('receive', '2', 10), frame('send', '3', 14)];
    expect(listPackets([webSocket({ sid: SID, frames: asked })])).toMatchObject([
      { engine: 'ping', direction: 'receive', answersAfterMs: null },
      { engine: 'pong', direction: 'send', answersAfterMs: 4 },
    ]);
    const old = [frame('send', '2', 10), frame('receive', '3', 40)];
    expect(listPackets([webSocket({ eio: 3, sid: SID, frames: old })])[1]).toMatchObject({ answersAfterMs: 30 });
  });

  it('pairs an acknowledgement with its event, by namespace and id', () => {
    const frames = [
      frame('send', '42/admin,7["save",1]', 10),
      frame('send', '427["save",1]', 11),
      frame('receive', '437["ok"]', 31),
      frame('receive', '43/admin,7["ok"]', 110),
      frame('receive', '437["again"]', 120),
    ];
    const packets = listPackets([webSocket({ sid: SID, frames })]);
    expect(packets.map(({ answersAfterMs }) => answersAfterMs)).toEqual([null, null, 20, 100, null]);
    expect(packets[3]).toMatchObject({ socket: 'ACK', namespace: '/admin', ackId: 7 });
  });

  it('shows attachments as what they are', () => {
    const frames = [
      frame('receive', '451-["pic",{"_placeholder":true,"num":0}]', 10),
      frame('receive', 'AQID', 11, true),
    ];
    expect(listPackets([webSocket({ sid: SID, frames })])).toMatchObject([
      { socket: 'BINARY_EVENT', event: 'pic', binary: false },
      { socket: null, binary: true, size: 3, text: 'AQID' },
    ]);
  });

  it('in order of time, whatever carried them', () => {
    const packets = listPackets([
      webSocket({ sid: SID, at: 15, frames: [frame('send', '2probe', 18)] }),
      ...openedByPolling(SID),
    ]);
    expect(packets.map(({ engine, socket }) => socket ?? engine)).toEqual(['open', 'CONNECT', 'CONNECT', 'ping']);
  });
});
