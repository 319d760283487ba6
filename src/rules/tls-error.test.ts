import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { tlsError } from './tls-error.ts';

const server = 'https://localhost:3001';
const failed = (error: string | null, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error, server, ...parts });

describe('tls-error', () => {
  it.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'authority'],
    ['net::ERR_CERT_DATE_INVALID', 'expired'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'another name'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'does not speak TLS'],
    ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'looked at'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
  ])('%s: says what that means', (error, meaning) => {
    const hit = onlyHit(tlsError, endpoint([failed(error)]));
    expect(hit.confidence).toBe('certain');
    expect(hit.page.explanation).toContain(meaning);
  });

  it('makes a certificate for the name, or goes without where nothing speaks TLS', () => {
    const invalid = onlyHit(tlsError, endpoint([failed('net::ERR_CERT_AUTHORITY_INVALID')]));
    expect(fixCode(invalid, 'mkcert')).toContain('cert.pem localhost');
    const plain = onlyHit(tlsError, endpoint([failed('net::ERR_SSL_PROTOCOL_ERROR')]));
    expect(fixCode(plain, 'browser-client-http')).toContain('io("http://localhost:3001")');
  });

  it('makes no certificate of this machine’s own for a name that others use', () => {
    const idsAt = (host: string) =>
      onlyHit(tlsError, endpoint([failed('net::ERR_CERT_DATE_INVALID', { server: host })])).fixes.map(({ id }) => id);
    expect(idsAt('https://chat.example.com')).not.toContain('mkcert');
    expect(idsAt('https://chat.test')).toContain('mkcert');
    expect(idsAt('https://192.168.1.7:3001')).toContain('mkcert');
  });

  it('gives the certificate to a proxy, too, on this machine or at a public name', () => {
    const local = onlyHit(tlsError, endpoint([failed('net::ERR_CERT_AUTHORITY_INVALID')]));
    expect(fixCode(local, 'nginx')).toContain('listen localhost:3001 ssl;');
    expect(fixCode(local, 'haproxy')).toContain('bind localhost:3001 ssl crt');
    expect(fixCode(local, 'apache')).toContain('SSLEngine on');
    const named = failed('net::ERR_CERT_AUTHORITY_INVALID', { server: 'https://chat.example' });
    const hit = onlyHit(tlsError, endpoint([named]));
    expect(fixCode(hit, 'nginx')).toMatch(/listen 443 ssl;\n {2}server_name chat\.example;/);
    expect(fixCode(hit, 'haproxy')).toContain('bind :443 ssl crt');
    expect(fixCode(hit, 'caddy')).toContain('https://chat.example {');
  });

  it('never sends a page on https to http', () => {
    const hit = onlyHit(tlsError, endpoint([failed('net::ERR_SSL_PROTOCOL_ERROR', { page: 'https://a.example' })]));
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client-http');
  });

  it('finds the word among a WebSocket’s error texts', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_CERT_AUTHORITY_INVALID'];
    expect(onlyHit(tlsError, endpoint([webSocket({ server, socketErrors })])).confidence).toBe('certain');
  });

  it('is likely in Firefox, which marks the connection', () => {
    const parts = { dialect: 'firefox' as const, source: { _securityState: 'broken' } };
    expect(onlyHit(tlsError, endpoint([failed(null, parts)])).confidence).toBe('likely');
    expect(hitsOf(tlsError, endpoint([failed(null, { ...parts, source: { _securityState: 'secure' } })]))).toEqual([]);
  });

  it('is silent on a healthy connection, on other errors, and without TLS', () => {
    expect(hitsOf(tlsError, endpoint(openedByPolling()))).toEqual([]);
    for (const error of ['', 'net::ERR_FAILED', 'net::ERR_CONNECTION_REFUSED', 'net::ERR_EMPTY_RESPONSE'])
      expect(hitsOf(tlsError, endpoint([failed(error)]))).toEqual([]);
    const odd = failed('net::ERR_CERT_INVALID', { server: 'http://localhost:3001' });
    expect(hitsOf(tlsError, endpoint([odd]))).toEqual([]);
  });
});
