import type { HarEntry } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';

/** `Server` values of software that runs no Engine.IO itself, so that something stands behind it. */
const PROXY_SERVER =
  /^(nginx|openresty|haproxy|apache|cloudflare|envoy|istio-envoy|awselb|caddy|varnish|traefik|litespeed|microsoft-iis|google frontend|gws|vercel|netlify|akamaighost|heroku|cowboy|fly)\b/i;

/** Headers that only intermediaries add, and whose. */
const PROXY_HEADERS: readonly { header: string; name: string }[] = [
  { header: 'CF-Ray', name: 'Cloudflare' },
  { header: 'X-Amz-Cf-Id', name: 'CloudFront' },
  { header: 'X-Vercel-Id', name: 'Vercel' },
  { header: 'Fly-Request-Id', name: 'Fly.io' },
  { header: 'X-Envoy-Upstream-Service-Time', name: 'Envoy' },
  { header: 'X-Varnish', name: 'Varnish' },
];

/** What stands between browser and server, as far as answers show it; null when none of them does. */
export function proxyOf(entries: readonly HarEntry[]): string | null {
  for (const { response } of entries) {
    const headers = Array.isArray(response?.headers) ? response.headers : [];
    const server = PROXY_SERVER.exec(headerValue(headers, 'Server') ?? '')?.[1];
    if (server) return server;
    const added = PROXY_HEADERS.find(({ header }) => headerValue(headers, header) !== null);
    if (added) return added.name;
    // RFC 9110, section 7.6.3: `1.1 name`.
    const via = headerValue(headers, 'Via');
    if (via !== null) return /^\S+\s+([\w.-]{1,30})/.exec(via)?.[1] ?? 'proxy';
  }
  return null;
}
