import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/engine.ts';
import type { HarEntry } from '../../model/har.ts';
import type { Report } from '../../model/report.ts';
import { entry, message, openBody, PAGE, records, SERVER, sidUrl, socketEntry } from '../../testing/entries.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const FORMS: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  'percent-encoded': (secret) => encodeURIComponent(secret),
  base64,
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
};

type Plant = (secret: string) => Parameters<typeof entry>[0];
const url = (query: string, host = SERVER) => `${host}/socket.io/?EIO=4&transport=polling&t=a1${query}`;

/** Every place of a request that may hold a secret. What is planted in a body stands in the names that clients use. */
const PLACES: Record<string, Plant> = {
  Cookie: (secret) => ({ requestHeaders: { Cookie: `theme=dark; id=${secret}` } }),
  'Set-Cookie': (secret) => ({ responseHeaders: { 'Set-Cookie': `id=${secret}; Path=/; HttpOnly` } }),
  Authorization: (secret) => ({ requestHeaders: { Authorization: `Bearer ${secret}` } }),
  'Proxy-Authorization': (secret) => ({ requestHeaders: { 'Proxy-Authorization': `Basic ${base64(`me:${secret}`)}` } }),
  'a key-like header': (secret) => ({ requestHeaders: { 'X-Api-Key': secret } }),
  'a header of an unknown name': (secret) => ({ requestHeaders: { 'X-Custom': secret } }),
  'Sec-WebSocket-Protocol': (secret) => ({ requestHeaders: { 'Sec-WebSocket-Protocol': `graphql-ws, ${secret}` } }),
  userinfo: (secret) => ({ url: url('', SERVER.replace('//', `//user:${secret}@`)) }),
  sid: (secret) => ({ url: url(`&sid=${secret}`) }),
  'a token in the address': (secret) => ({ url: url(`&token=${secret}`) }),
  'an unknown parameter': (secret) => ({ url: url(`&room=${secret}`) }),
  'HTTP/2’s path': (secret) => ({ requestHeaders: { ':path': `/socket.io/?EIO=4&transport=polling&token=${secret}` } }),
  Referer: (secret) => ({ requestHeaders: { Referer: `${PAGE}/?access_token=${secret}` } }),
  Location: (secret) => ({ status: 302, responseHeaders: { Location: `/socket.io/?token=${secret}` } }),
  'a proxy’s header': (secret) => ({ requestHeaders: { 'X-Forwarded-Uri': `/socket.io/?token=${secret}` } }),
  'CONNECT data': (secret) => ({
    method: 'POST',
    url: url('&sid=A1b2C3d4E5'),
    requestBody: `40/admin,{"token":"${secret}"}`,
  }),
  'a CONNECT of protocol 3': (secret) => ({
    method: 'POST',
    url: url('&sid=A1b2C3d4E5'),
    requestBody: `40/ns?token=${secret}`,
  }),
  'an event': (secret) => ({
    method: 'POST',
    url: url('&sid=A1b2C3d4E5'),
    requestBody: `42["chat",{"text":["${secret}"]}]`,
  }),
  'an acknowledgement': (secret) => ({ url: url('&sid=A1b2C3d4E5'), body: `431["${secret}"]` }),
  'a refusal’s data': (secret) => ({
    url: url('&sid=A1b2C3d4E5'),
    body: `44{"message":"no","data":{"k":"${secret}"}}`,
  }),
};

/** In places of their own the entry's builder does not know. */
const ENTRIES: Record<string, (secret: string) => HarEntry> = {
  'a redirect’s address': (secret) => {
    const base = entry({ status: 302 });
    return { ...base, response: { ...base.response, redirectURL: `${SERVER}/?token=${secret}` } };
  },
  'the initiator': (secret) => ({ ...entry(), _initiator: { type: 'script', url: `${PAGE}/a.js?token=${secret}` } }),
  'the cookies array': (secret) => {
    const base = entry();
    return { ...base, request: { ...base.request, cookies: [{ name: 'id', value: secret }] } };
  },
  'the query array': (secret) => {
    const base = entry();
    return { ...base, request: { ...base.request, queryString: [{ name: 'token', value: secret }] } };
  },
  'a base64 body': (secret) => {
    const base = entry({ url: sidUrl('A1b2C3d4E5') });
    const content = { text: base64(`42["chat","${secret}"]`), encoding: 'base64', size: 30 };
    return { ...base, response: { ...base.response, content } };
  },
  'a frame': (secret) => socketEntry({ messages: [message('receive', `42["chat","${secret}"]`, 20)] }),
  'a binary frame': (secret) => socketEntry({ messages: [{ ...message('receive', base64(secret), 20), opcode: 2 }] }),
};

const places = {
  ...Object.fromEntries(
    Object.entries(PLACES).map(([name, plant]) => [name, (secret: string) => entry(plant(secret))]),
  ),
  ...ENTRIES,
};

function reportOf(entries: HarEntry[], redact: boolean): Report {
  const engine = createEngine({ environment: { browser: null, os: null, capture: 'har' }, page: null });
  engine.add(records(entries));
  return engine.buildReport({ redact, notes: '', createdAtMs: 0, version: '0.0.0' });
}

/** Unlike anything that the diagnosis needs. */
const secrets = fc
  .tuple(fc.stringMatching(/^[A-Za-z]{4}$/), fc.stringMatching(/^[A-Za-z0-9]{14}$/), fc.nat(99))
  .map(([a, b, n]) => `${a}Zq${n}x${b}7k`);

function expectHidden(text: string, secret: string): void {
  for (const [form, write] of Object.entries(FORMS)) {
    expect(
      text.includes(write(secret))
        ? `${form}: ${text.slice(Math.max(0, text.indexOf(write(secret)) - 60), text.indexOf(write(secret)) + 40)}`
        : 'hidden',
    ).toBe('hidden');
  }
}

describe('a secret', () => {
  it.each(Object.entries(places))('in %s is in no redacted report, and in one that is not', (_, plant) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const entries = [entry({ body: openBody('A1b2C3d4E5F6G7H8I9J0') }), plant(secret)];
        expectHidden(JSON.stringify(reportOf(entries, true)), secret);
        const open = JSON.stringify(reportOf(entries, false));
        expect(
          Object.values(FORMS).some((write) => open.includes(write(secret))) ||
            open.includes(base64(`42["chat","${secret}"]`)) ||
            open.includes(base64(`me:${secret}`)),
        ).toBe(true);
      }),
      { seed: 7, numRuns: 10 },
    );
  });

  it('that is known from one place is hidden in all, in any form', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...Object.keys(FORMS)), (secret, form) => {
        const written = FORMS[form]?.(secret) ?? '';
        const entries = [
          entry({ requestHeaders: { Cookie: `id=${secret}` } }),
          entry({
            status: 404,
            body: `<p>Hello ${written}, this is ${written}.</p>`,
            requestHeaders: { 'X-Note': `a note on ${written}` },
          }),
        ];
        expectHidden(JSON.stringify(reportOf(entries, true)), secret);
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});
