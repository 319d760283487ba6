/**
 * Two self-signed certificates for loopback. The browser under test trusts the page's, by its key alone, and no other; the keys
 * are public, and good for nothing else.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Certificate {
  key: string;
  cert: string;
}

/** `page`: the one that the browser is told to trust. `untrusted`: one that it refuses, as it would a stranger's. */
export function certificate(name: 'page' | 'untrusted'): Certificate {
  const read = (part: keyof Certificate) =>
    readFileSync(new URL(`certificates/${name}.${part}.pem`, import.meta.url), 'utf8');
  return { key: read('key'), cert: read('cert') };
}

/** What Chromium's `--ignore-certificate-errors-spki-list` wants: SHA-256 of the public key, base64. */
export function keyHash({ cert }: Certificate): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
