/** How somebody who had DevTools closed hands over what happened. Menu entries are the browsers' own. */
const BROWSERS: [browser: string, steps: string, note: string | null][] = [
  [
    'Chrome, Edge',
    'F12, Network, tick “Preserve log”. Reload until it fails. Right-click a request and choose “Save all as HAR”, or press the download arrow (Export HAR).',
    'The sanitized HAR has no cookies and credentials, which is mostly enough. Where cookies matter (sticky sessions), “Export HAR (with sensitive data)” has them; Settings, Preferences, Network, “Allow to generate HAR with sensitive data” adds it to the menu.',
  ],
  [
    'Firefox',
    'F12, Network, gear, tick “Persist Logs”. Reload until it fails. Right-click a request and choose “Save All As HAR”.',
    'It holds no WebSocket messages, and does not say what the browser blocked.',
  ],
  [
    'Safari',
    'Develop, Show Web Inspector, Network. Reload until it fails. Press Export.',
    'It leaves out requests that did not finish, and WebSocket messages.',
  ],
];

export function HowToGetHar() {
  return (
    <details className="how-to">
      <summary>It failed for somebody else, with DevTools closed?</summary>
      <p>
        Nobody recorded that. Ask for it once more, with DevTools open <em>while it fails</em>, and for the HAR file:
      </p>
      <dl>
        {BROWSERS.map(([browser, steps, note]) => (
          <div key={browser}>
            <dt>{browser}</dt>
            <dd>
              {steps} {note && <span className="quiet">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        Then drop the file anywhere on this panel, or press Import. Reports that this panel saved (.html, .json), and
        HARs of Playwright, mitmproxy, HTTP Toolkit and Charles open too. A HAR may hold passwords and cookies: send it
        to nobody else.
      </p>
    </details>
  );
}
