import { describe, expect, it } from 'vitest';
import { entry, message, openBody, SERVER, sidUrl, socketEntry } from '../../testing/entries.ts';
import { redactEntries } from './entries.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';

describe('rewriteLengthPrefixed', () => {
  it('writes the lengths anew', () => {
    const shout = (packet: string) => packet.replaceAll('abc', 'longer');
    expect(rewriteLengthPrefixed('5:0-abc2:40', shout)).toBe('8:0-longer2:40');
  });

  it.each(['', '40', '9:short', 'http://h/5:ab', '12'])('leaves %j alone', (text) => {
    expect(rewriteLengthPrefixed(text, (packet) => packet)).toBeNull();
  });
});

describe('redactEntries', () => {
  const redactOne = (parts: Parameters<typeof entry>[0]) => redactEntries([entry(parts)]).entries[0];

  it('hides a value that looks like nothing else wherever it occurs', () => {
    const sid = 'lv_VI97HAXpY6yYWAAAB';
    const [handshake, poll] = redactEntries([
      entry({ body: openBody(sid) }),
      entry({ url: sidUrl(sid), body: `seen ${sid}` }),
    ]).entries;
    expect(handshake?.response.content?.text).toContain('"sid":"[redacted:sid:1]"');
    expect(poll?.request.url).toContain('sid=[redacted:sid:1]');
    expect(poll?.response.content?.text).toBe('seen [redacted:sid:1]');
  });

  it.each([
    ['version-eio3-to-v3-0', true],
    ['oauth2-callback-2026-11', true],
    ['V1StGXR8Z5jdHi6BmyT9', false],
    ['550e8400-e29b-41d4-a716-446655440000', false],
    ['inv-7fk2m9qx4bz81k', false],
  ])('tells words in a path from tokens: %s', (part, stays) => {
    const url = `${SERVER}/invite/${part}/socket.io/?EIO=4&transport=polling`;
    expect(redactOne({ url })?.request.url.includes(part)).toBe(stays);
  });

  const RANDOM = 'Xb3dEf6hIj9kLm2nOp';
  it.each<[string, Parameters<typeof entry>[0]]>([
    ['a sid in JSON with spaces', { body: `0{"sid": "${RANDOM}", "upgrades": []}` }],
    ['a field of its own in an open packet', { body: `0{"sid":"a","motd":"${RANDOM}","upgrades":[]}` }],
    ['an event that is cut short', { body: `42["login",{"password":"${RANDOM}` }],
    ['the name of an event', { body: `42["room:${RANDOM}",1]` }],
    ['the name of a field', { body: `42["presence",{"${RANDOM}":true}]` }],
    ['a refusal’s message', { body: `44{"message":"no such token ${RANDOM}"}` }],
    ['an object as a refusal’s message', { body: `44{"message":{"for":"${RANDOM}"}}` }],
    ['JSON that is cut short', { body: `{"password":"${RANDOM}` }],
    ['JSON behind a prefix', { body: `)]}',\n{"password":"${RANDOM}"}` }],
    ['an error page that begins with its status', { body: `401 Unauthorized: ${RANDOM}` }],
    ['a cookie without a name', { requestHeaders: { Cookie: RANDOM } }],
    [
      'the second of two cookies in one line',
      { responseHeaders: { 'Set-Cookie': `a=b; Path=/, c=${RANDOM}; Path=/` } },
    ],
    ['a token of a host', { requestHeaders: { 'x-vercel-protection-bypass': RANDOM } }],
    ['a redirect to a path', { responseHeaders: { Location: `/invite/${RANDOM}` } }],
    ['a parameter with brackets', { url: `${SERVER}/socket.io/?EIO=4&transport=polling&user[token]=${RANDOM}` }],
    [
      'a token of another address',
      { url: `${SERVER}/socket.io/?EIO=4&transport=polling&next=%2Fcb%3Fticket%3D${RANDOM}` },
    ],
  ])('hides %s', (_, parts) => {
    expect(JSON.stringify(redactOne(parts))).not.toContain(RANDOM);
  });

  it('hides what a frame holds that is no packet of Socket.IO’s', () => {
    const frames = [`4hello ${RANDOM}`, `42["a",{"b":"${RANDOM}`];
    const socket = socketEntry({ messages: frames.map((data, index) => message('send', data, index)) });
    expect(JSON.stringify(redactEntries([socket]).entries)).not.toContain(RANDOM);
  });

  it('leaves what it wrote itself as it is', () => {
    const frames = [`40{"sid":"${RANDOM}"}`, '42["a",1]', '4hello', `42["a",{"b":"`, '41', '40/admin,', '2probe'];
    const socket = socketEntry({ messages: frames.map((data, index) => message('send', data, index)) });
    const once = redactEntries([socket, entry({ body: `0{"sid": "${RANDOM}"}` })]).entries;
    expect(redactEntries(once).entries).toEqual(once);
  });

  it('takes no longer than the text is long', () => {
    const bodies = ['a.'.repeat(60_000), `x eyJ${'eyJaaa'.repeat(20_000)}`, '<script '.repeat(15_000)];
    for (const body of bodies) expect(redactOne({ body })?.response.status).toBe(200);
  }, 15_000);

  it('hides a value that could be a plain word in its place only, so that the diagnosis stays', () => {
    const redacted = redactOne({
      requestHeaders: { Cookie: 'consent=true; from=http://localhost:3000', Origin: 'http://localhost:3000' },
      responseHeaders: {
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Origin': 'http://localhost:3000',
      },
      requestBody: '40{"token":"expired"}',
      body: '44{"message":"token expired"}',
    });
    const value = (name: string) =>
      [...(redacted?.request.headers ?? []), ...(redacted?.response.headers ?? [])].find(
        (header) => header.name === name,
      )?.value;
    expect(value('Cookie')).toBe('consent=[redacted:cookie:1]; from=[redacted:cookie:2]');
    expect(value('Access-Control-Allow-Credentials')).toBe('true');
    expect(value('Access-Control-Allow-Origin')).toBe('http://localhost:3000');
    expect(redacted?.request.postData?.text).toBe('40{"token":"[redacted:auth:1]"}');
    expect(redacted?.response.content?.text).toBe('44{"message":"token expired"}');
  });

  it('hides credentials in the query, and keeps an EIO3 payload well formed', () => {
    const body = '23:0{"sid":"abcdefgh1234"}2:40';
    const redacted = redactOne({ url: `${SERVER}/socket.io/?EIO=3&transport=polling&token=a%20b&room=lobby`, body });
    expect(redacted?.request.url).toBe(
      `${SERVER}/socket.io/?EIO=3&transport=polling&token=[redacted:query:1]&room=lobby`,
    );
    expect(redacted?.response.content?.text).toBe('27:0{"sid":"[redacted:sid:1]"}2:40');
  });

  it('leaves placeholders of an earlier redaction alone', () => {
    const [twice] = redactEntries(redactEntries([entry({ url: sidUrl('lv_VI97HAXpY6yYWAAAB') })]).entries).entries;
    expect(twice?.request.url).toContain('sid=[redacted:sid:1]');
  });
});
