/** Address spaces of hosts, as far as the name alone tells. Source: https://wicg.github.io/local-network-access/#ip-address-space */

type Space = 'loopback' | 'local' | 'public';

/** RFC 6761, 6.3; `*.localhost` too. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])\.?$/i;

/** RFC 1918, RFC 3927, RFC 6598, RFC 4193 and RFC 4291; `.local` is multicast DNS (RFC 6762). */
const LOCAL =
  /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|\[f[cd][\da-f:]*\]|\[fe[89ab][\da-f:]*\]|.+\.local)\.?$/i;

/** Without a port: `localhost`, `[::1]`, `chat.example`. A name that leads to a local address counts as public: it cannot be told. */
export function spaceOf(hostname: string): Space {
  if (LOOPBACK.test(hostname)) return 'loopback';
  return LOCAL.test(hostname) ? 'local' : 'public';
}

/** The host of a URL or origin without its port; `''` when it has none. */
export function hostnameOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).hostname : '';
}

/** Whether the URL leads to this machine itself, by name: no other can answer, and browsers trust it without TLS. */
export function isLoopback(url: string): boolean {
  return spaceOf(hostnameOf(url)) === 'loopback';
}
