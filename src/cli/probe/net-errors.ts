/** Node's words for a connection that did not come about -> Chromium's, which the rules know. */

/** Chromium: net/base/net_error_list.h. Node: the codes of libuv, OpenSSL (`X509_V_ERR_*`) and llhttp. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'CONNECTION_REFUSED'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'NAME_NOT_RESOLVED'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'CONNECTION_TIMED_OUT'],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, 'ADDRESS_UNREACHABLE'],
  [/^ENETDOWN$/, 'INTERNET_DISCONNECTED'],
  [/^(EADDRNOTAVAIL|EINVAL)$/, 'ADDRESS_INVALID'],
  [/^(EACCES|EPERM)$/, 'NETWORK_ACCESS_DENIED'],
  [/^(ECONNRESET|EPIPE)$/, 'CONNECTION_RESET'],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, 'CERT_DATE_INVALID'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'CERT_COMMON_NAME_INVALID'],
  [/^CERT_REVOKED$/, 'CERT_REVOKED'],
  [
    /SELF_SIGNED_CERT|^UNABLE_TO_(VERIFY|GET)_|^CERT_(UNTRUSTED|CHAIN_TOO_LONG)$|^INVALID_CA$/,
    'CERT_AUTHORITY_INVALID',
  ],
  [/^CERT_|^(INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/, 'CERT_INVALID'],
  [
    /^ERR_SSL_.*(ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|HANDSHAKE_FAILURE|NO_CIPHERS)/,
    'SSL_VERSION_OR_CIPHER_MISMATCH',
  ],
  [/^(ERR_SSL_|EPROTO$|ERR_TLS_)/, 'SSL_PROTOCOL_ERROR'],
  [/^HPE_HEADER_OVERFLOW$/, 'RESPONSE_HEADERS_TOO_BIG'],
  [/^HPE_/, 'INVALID_HTTP_RESPONSE'],
];

/** Node's word for a connection that the server ended in order, before it had answered. */
const HANG_UP = 'socket hang up';

/** `net::ERR_...` for what a request of Node's failed with. */
export function chromiumError(error: Error): string {
  if (error.message === HANG_UP) return 'net::ERR_EMPTY_RESPONSE';
  const code = codeOf(error);
  const name = NAMES.find(([pattern]) => pattern.test(code))?.[1] ?? 'FAILED';
  return `net::ERR_${name}`;
}

/** Where several addresses were tried, Node gives all their errors in one. */
function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? codeOf(first) : '';
}

/** How a WebSocket's failure reads in Chromium's console. Source: net/websockets, Blink's `WebSocketChannelImpl`. */
export function chromiumSocketError(error: Error, wasConnected: boolean): string {
  if (error.message === HANG_UP) return 'Connection closed before receiving a handshake response';
  const code = codeOf(error);
  if (code.startsWith('WS_ERR_')) return 'Invalid frame header';
  if (code !== '') {
    const where = wasConnected && !/ERR_(SSL|CERT)_/.test(chromiumError(error));
    return `Error ${where ? 'during WebSocket handshake' : 'in connection establishment'}: ${chromiumError(error)}`;
  }
  return `Error during WebSocket handshake: ${error.message}`;
}
