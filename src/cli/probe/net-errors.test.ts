import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { chromiumError } from './net-errors.ts';
import { network } from './network.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that does this with every connection. */
async function serverThat(act: (socket: import('node:net').Socket) => void): Promise<number> {
  const listening = createServer(act);
  server = listening;
  await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const ask = (url: string, patienceMs = 3000) =>
  network.ask({ method: 'GET', url, headers: [{ name: 'Host', value: 'x' }], body: null, patienceMs });

describe('a connection that does not come about', () => {
  it('is named as Chromium does: refused, reset, ended, unknown name, no TLS, no HTTP', async () => {
    const port = await serverThat((socket) => socket.destroy());
    server?.close();
    expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ error: 'net::ERR_CONNECTION_REFUSED' });
    const reset = await serverThat((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await ask(`http://127.0.0.1:${reset}/`)).toMatchObject({ error: 'net::ERR_CONNECTION_RESET' });
    server?.close();
    const ended = await serverThat((socket) => socket.once('data', () => socket.end()));
    expect(await ask(`http://127.0.0.1:${ended}/`)).toMatchObject({ error: 'net::ERR_EMPTY_RESPONSE' });
    server?.close();
    const plain = await serverThat((socket) => socket.once('data', () => socket.end('no TLS, and no HTTP')));
    expect(await ask(`https://127.0.0.1:${plain}/`)).toMatchObject({ error: 'net::ERR_SSL_PROTOCOL_ERROR' });
    expect(await ask(`http://127.0.0.1:${plain}/`)).toMatchObject({ error: 'net::ERR_INVALID_HTTP_RESPONSE' });
    expect(await ask('http://does-not-exist.invalid/')).toMatchObject({ error: 'net::ERR_NAME_NOT_RESOLVED' });
  });

  it('is pending while nothing comes', async () => {
    const port = await serverThat(() => {});
    const end = await ask(`http://127.0.0.1:${port}/`, 200);
    expect(end.kind).toBe('pending');
    expect(end.durationMs).toBeGreaterThanOrEqual(190);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_AUTHORITY_INVALID'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_AUTHORITY_INVALID'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_AUTHORITY_INVALID'],
    ['CERT_HAS_EXPIRED', 'CERT_DATE_INVALID'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_COMMON_NAME_INVALID'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'SSL_PROTOCOL_ERROR'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'SSL_VERSION_OR_CIPHER_MISMATCH'],
    ['ETIMEDOUT', 'CONNECTION_TIMED_OUT'],
    ['EHOSTUNREACH', 'ADDRESS_UNREACHABLE'],
    ['WHO_KNOWS', 'FAILED'],
  ])('%s is net::ERR_%s', (code, name) => {
    expect(chromiumError(Object.assign(new Error('x'), { code }))).toBe(`net::ERR_${name}`);
    expect(chromiumError(new AggregateError([Object.assign(new Error('x'), { code })]))).toBe(`net::ERR_${name}`);
  });
});
