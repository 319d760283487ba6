import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { notEngineio200 } from './not-engineio-200.ts';

const SID = 'SID0000000000000AAAA';
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

describe('not-engineio-200', () => {
  it.each([
    ['JSON', '{"status":"ok"}'],
    ['text', 'OK'],
    ['a digit', '1'],
    ['nothing', 'empty' as const],
    ['Engine.IO’s packets without a handshake', '2'],
  ])('%s instead of a handshake', (_, body) => {
    expect(onlyHit(notEngineio200, endpoint([poll({ body })])).confidence).toBe('likely');
  });

  it('goes by the type where the answer is withheld', () => {
    expect(
      hitsOf(notEngineio200, endpoint([poll({ response: JSON_TYPE, ...refusal('MissingAllowOriginHeader') })])),
    ).toHaveLength(1);
    expect(hitsOf(notEngineio200, endpoint([poll(refusal('MissingAllowOriginHeader'))]))).toEqual([]);
  });

  it.each([
    ['a handshake', poll({ body: openBody(SID) })],
    ['a handshake of version 3', poll({ eio: 3, body: `97:${openBody(SID)}` })],
    ['a handshake in the other framing', poll({ body: `97:${openBody(SID)}2:40` })],
    ['a v3.0 handshake for a v2 client', poll({ eio: 3, body: openBody(SID) })],
    ['a handshake in a script', poll({ body: `___eio[0](${JSON.stringify(openBody(SID))});` })],
    ['HTML', poll({ response: { 'Content-Type': 'text/html' }, body: '<!doctype html>' })],
    ['HTML of another type', poll({ body: '<html>' })],
    ['an error', poll({ status: 404, body: 'no' })],
    ['what was not captured', poll()],
    ['a poll', poll({ sid: SID, body: '6' })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(notEngineio200, endpoint([exchange]))).toEqual([]);
  });

  it('offers the server before proxies, unless one is seen', () => {
    const first = (response: Record<string, string>) =>
      onlyHit(notEngineio200, endpoint([poll({ response: { ...JSON_TYPE, ...response }, body: '{}' })])).fixes[0]?.id;
    expect(first({})).toBe('express');
    expect(first({ Server: 'nginx' })).toBe('nginx');
    expect(first({ Via: '1.1 Caddy' })).toBe('nginx');
  });

  it('does not believe an empty answer where the server works at other times', () => {
    expect(hitsOf(notEngineio200, endpoint([poll({ body: 'empty' })], openedByPolling(SID, 2_000)))).toEqual([]);
  });

  it('is silent on a healthy connection, and over once Socket.IO answers', () => {
    expect(hitsOf(notEngineio200, endpoint(openedByPolling()))).toEqual([]);
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && notEngineio200.isOver?.(later)).toBe(true);
  });
});
