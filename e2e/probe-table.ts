/** Where a probe shows something else than a page, scenario by scenario, each with the reason. */

const LATER = 'It happens in the life of a connection, which a probe ends once it has seen that it works.';
const BROWSER = 'It is the browser’s or the page’s own doing, which a server does not show.';

/** Scenarios whose fault no server shows to whoever asks it. */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  'connection-leak': LATER,
  'cors-vary-missing-hit': 'The page leaves out the parameter that keeps caches from answering; a probe sends it.',
  'csp-connect-src': BROWSER,
  'csp-connect-src-websocket': BROWSER,
  'heartbeat-mismatch': LATER,
  'idle-timeout-proxy': LATER,
  'local-network-access': BROWSER,
  'payload-too-large': LATER,
  'payload-too-large-nginx': LATER,
  'ping-timeout': LATER,
  'ping-timeout-page': LATER,
  'poll-buffered': LATER,
  'poll-gateway-timeout': LATER,
  'preflight-cached-stale': BROWSER,
  'preflight-sid-500': 'Takes a binary message, which a probe does not send.',
  'reconnect-storm': LATER,
  'request-overlap': LATER,
  'server-disconnect': LATER,
  'server-restarted': LATER,
  'service-worker-intercept': BROWSER,
};

/** Scenarios in which it finds another fault. */
export const FOUND_OTHERWISE: Readonly<Record<string, { rootCause: string | null; because: string }>> = {
  'cors-proxy-stripped': {
    rootCause: 'cors-origin-not-in-list',
    because:
      'The page has a second connection over WebSocket, whose answer carries the header; one client sees one of the two.',
  },
  'no-transport-fallback': {
    rootCause: 'ws-upgrade-400-proxy',
    because:
      'What the client tries after WebSocket is its own option; the probe says what is wrong with the WebSocket.',
  },
  'several-faults-undecided': {
    rootCause: 'preflight-wildcard-with-credentials',
    because: 'A probe knows whether it sends credentials, which a preflight does not show.',
  },
  'v2-server': {
    rootCause: 'cors-reflects-any-origin',
    because: 'Socket.IO 2 repeats any origin, with credentials, unless `origins` is set; one page cannot show that.',
  },
  'ws-upgrade-400-no-fallback': {
    rootCause: 'ws-upgrade-400-proxy',
    because:
      'What the client tries after WebSocket is its own option; the probe says what is wrong with the WebSocket.',
  },
};

/** Scenarios in which the last connection of the page shows the fault, not the first. */
export const LATER_CONNECTION: readonly string[] = ['cors-proxy-stripped', 'two-servers'];
