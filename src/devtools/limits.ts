/** What this recorder could not see or did not keep, in words. */
export const LIMITS = {
  'devtools-opened-late':
    'DevTools was opened after the page had loaded, so requests made before that were not seen. Reload the page to capture its ' +
    'connections from the start.',
  'firefox-network-filter':
    "A filter or the pause button of Firefox's Network panel keeps finished requests from extensions. They are still found while " +
    'this panel is in front, but later. Clear the filter there to see everything at once.',
  'firefox-lost-requests':
    'Firefox lost the page’s first requests while it was changing pages, so what became of them cannot be told. Reload the page to ' +
    'capture its connections from the start.',
  'body-too-large': 'A request or response body of more than 256 kB was not kept.',
  'frame-too-large': 'A WebSocket frame of more than 256 kB was shortened.',
} as const;

export type LimitCode = keyof typeof LIMITS;
