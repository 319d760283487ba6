import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/engine.ts';
import type { HarEntry } from '../../model/har.ts';
import type { Report } from '../../model/report.ts';
import { entry, message, openBody, PAGE, records, SERVER, sidUrl, socketEntry } from '../../testing/entries.ts';
import { redactEntries } from './entries.ts';

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

/** Words of the places below; none of them looks like a secret by itself. */
const WORD = 'bluebird7';

describe('a plain word', () => {
  const answer = (mimeType: string, body: string, status = 500) =>
    entry({ status, body, responseHeaders: { 'Content-Type': mimeType } });
  const sent = (name: string, value: string) => entry({ requestHeaders: { [name]: value } });
  const got = (name: string, value: string, status = 200) => entry({ status, responseHeaders: { [name]: value } });
  const eio3 = (body: string) => entry({ url: url('').replace('EIO=4', 'EIO=3'), body });
  const framed = (data: string) => socketEntry({ messages: [message('send', data, 20)] });

  it.each<[string, HarEntry]>([
    ['a name before a host without a scheme', got('Location', `//kim:${WORD}@other.example/a`, 302)],
    [
      'a part of a path with a comma',
      entry({ url: `${SERVER}/a,Qb3dEf6hIj9k${WORD}/socket.io/?EIO=4&transport=polling` }),
    ],
    ['a parameter behind a backslash', entry({ url: url(`&password=abc\\${WORD}`) })],
    ['JSON in a parameter', entry({ url: url(`&data=${encodeURIComponent(`{"who":"${WORD}"}`)}`) })],
    [
      'JSON in a path',
      entry({ url: `${SERVER}/${encodeURIComponent(`{"a":"${WORD}"}`)}/socket.io/?EIO=4&transport=polling` }),
    ],
    ['odd characters', entry({ url: url(`&x=${WORD}!Ij9$Qr`) })],
    ['a parameter called hash', entry({ url: url(`&hash=${WORD}`) })],
    ['a parameter without a name', entry({ url: url(`&${WORD}`) })],
    ['a header that nobody knows', sent('Client-Cert', WORD)],
    ['a protocol', sent('Sec-WebSocket-Protocol', `access_token, ${WORD}`)],
    ['a form with spaces', entry({ method: 'POST', requestBody: `d=12:42["msg","hello ${WORD}"]` })],
    ['a namespace’s query', framed(`40/admin?uid=${WORD},`)],
    ['a namespace’s query before data', framed(`40/admin?uid=${WORD},{"a":1}`)],
    ['an ETag', got('ETag', `"${WORD}"`)],
    ['a file’s name', got('Content-Disposition', `attachment; filename=${WORD}.pdf`)],
    ['a challenge', got('WWW-Authenticate', `Basic realm="${WORD}"`, 401)],
    ['an element of XML', answer('text/xml', `<r><owner>${WORD}</owner></r>`)],
    ['an attribute of XML', answer('text/xml', `<r token="${WORD}"/>`)],
    ['a section of XML', answer('text/xml', `<r><![CDATA[${WORD}]]></r>`)],
    ['a page’s text', answer('text/html', `<html><p>Hi ${WORD}</p>`)],
    ['what a page does on a click', answer('text/html', `<html><p onclick="x('${WORD}')">x</p>`)],
    ['an attribute without quotes', answer('text/html', `<html><input value=${WORD}>`)],
    ['an attribute whose quote is not closed', answer('text/html', `<html><input value="${WORD}`)],
    ['what stands behind an error’s words', answer('text/html', `<pre>Error: no\n at ${WORD}</pre>`)],
    ['an Engine.IO 3 payload that is too long', eio3(`24:42["x","${WORD} of all!"]`)],
    ['an Engine.IO 3 payload that is too short', eio3(`90:4{"password":"${WORD}"}`)],
    ['a message that is not Socket.IO’s', entry({ status: 502, body: `4hello ${WORD}` })],
    ['a priority', { ...entry(), _priority: WORD }],
    ['a state of security', { ...entry(), _securityState: WORD }],
    ['a server’s address', { ...entry(), serverIPAddress: WORD }],
    ['a page with a number before it', entry({ status: 502, body: `<p>123 ${WORD} Street</p>` })],
    ['a page with a house’s number that could be a status', entry({ status: 502, body: `<p>404 ${WORD} Street</p>` })],
    ['the address that a proxy forwards for', got('X-Forwarded-For', WORD)],
    ['the address that a proxy calls real', got('X-Real-IP', WORD)],
  ])('in %s is in no redacted report', (_, planted) => {
    expect(JSON.stringify(reportOf([planted], false))).toContain(WORD);
    expect(JSON.stringify(reportOf([planted], true))).not.toContain(WORD);
  });

  it('in a base64 body is hidden', () => {
    const base = entry({ status: 502 });
    const content = { text: base64(`4hello ${WORD}`), encoding: 'base64', size: 16 };
    const [redacted] = redactEntries([{ ...base, response: { ...base.response, content } }]).entries;
    const text = redacted?.response.content?.text ?? '';
    expect(Buffer.from(text, 'base64').toString()).toBe('4[redacted:data:1]');
  });

  it('in a token of the server’s name is hidden, and the server’s name is not', () => {
    const report = reportOf([got('Server', 'nginx/1.22.1 Fb3dEf6hIj9kLm2nOp')], true);
    expect(JSON.stringify(report)).not.toContain('Fb3dEf6hIj9k');
    expect(JSON.stringify(report)).toContain('nginx/1.22.1');
  });

  it('in the name of a browser is hidden', () => {
    const engineOf = (browser: string) =>
      createEngine({ environment: { browser, os: null, capture: 'har' }, page: null });
    const browserOf = (name: string) =>
      engineOf(name).buildReport({ redact: true, notes: '', createdAtMs: 0, version: '0.0.0' }).environment.browser;
    expect(browserOf(`${WORD} 1`)).toBeNull();
    expect(browserOf('Firefox 145.0.1')).toBe('Firefox 145.0.1');
  });
});

describe('what says why', () => {
  it.each([
    ['Express', '<pre>Cannot GET /socket.io/</pre>'],
    ['nginx', '<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.22.1</center></html>'],
    ['Apache', '<html><head><title>404 Not Found</title></head><h1>Not Found</h1></html>'],
    [
      'S3',
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>No such key</Message></Error>',
    ],
    [
      'HAProxy',
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>',
    ],
    ['a redirect', '<html><center><h1>301 Moved Permanently</h1></center></html>'],
    ['an origin', '<html><title>522: Connection timed out</title><h1>522</h1></html>'],
    ['Engine.IO', '{"code":1,"message":"Session ID unknown"}'],
    ['python-engineio', '"Invalid session"'],
    ['uvicorn', 'Unsupported upgrade request.'],
    ['a gateway', '404 page not found'],
  ])('stays: %s', (_, body) => {
    const [shown] = reportOf([entry({ status: 500, body })], true).har.log.entries;
    expect(shown?.response.content?.text).toBe(body);
  });

  it('is the same once more', () => {
    const bodies = [
      `<!-- ${WORD} --><html lang=en data-x=${WORD} ${WORD}><p a="b>c">Hi "${WORD}" <b</p><script>if (a<b) ${WORD}</script>`,
      `24:42["x","${WORD} of all!"]`,
      `q=${WORD} and&r=1`,
      `4hello ${WORD}`,
      `<r><owner>${WORD}</owner><![CDATA[a]]></r>`,
    ];
    const entries = bodies.map((body, index) =>
      entry({ at: index, status: 500, body, url: url(`&x=a,b!&data=%7B%22a%22%3A1%7D&${WORD}`) }),
    );
    const once = reportOf(entries, true).har.log.entries;
    expect(once.map(({ response }) => response.content?.text?.startsWith('<'))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(reportOf(once, true).har.log.entries).toEqual(once);
  });

  it('takes no longer to find than the text is long', () => {
    for (const part of [
      '<a b="',
      '<p a = ',
      '<!-- ',
      '<![CDATA[',
      '<style>',
      'a ="b',
      '//a',
      '<a/',
      '4/a?',
      '12:4',
      'a=;b&',
    ])
      expect(reportOf([entry({ status: 500, body: `<${part.repeat(200_000 / part.length)}` })], true).redacted).toBe(
        true,
      );
  }, 30_000);
});
