import type { ClientPlan, Scenario } from './scenario.ts';

/** The lab's front page: every scenario, as a link. */
export function indexPage(scenarios: readonly Scenario[]): string {
  const list = (group: Scenario['group']) =>
    scenarios
      .filter((scenario) => scenario.group === group)
      .map(item)
      .join('\n');
  return page(
    'The Socket.IO lab',
    `<h1>The Socket.IO lab</h1>
    <p>Each page starts a real server and a real client. Open one, and look at the <b>Socket.IO</b> panel of DevTools.</p>
    <h2>Connections that fail</h2>
    <ul>${list('failing')}</ul>
    <h2>Connections that work</h2>
    <ul>${list('healthy')}</ul>`,
  );
}

/** A scenario's own page: opens the connections of `plan` and shows what the client says. */
export function scenarioPage(scenario: Scenario, plan: ClientPlan): string {
  return page(
    scenario.id,
    `<p><a href="/">The Socket.IO lab</a></p>
    <h1>${escapeHtml(scenario.id)}</h1>
    <p>${markCode(scenario.title)}</p>
    <pre>${escapeHtml(code(plan))}</pre>
    <table><caption>What the client says</caption><tbody id="log"></tbody></table>
    <script type="application/json" id="plan">${JSON.stringify(plan).replaceAll('<', '\\u003c')}</script>
    <script src="/client/v${plan.version}.js"></script>
    <script src="/page.js"></script>`,
  );
}

/** The service worker of a plan, in control of the page as soon as it is installed. */
export function serviceWorker({ onFetch = '' }: ClientPlan): string {
  return `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  ${onFetch}
});
`;
}

function item({ id, title }: Scenario): string {
  return `<li><a href="/s/${id}">${id}</a> <span>${markCode(title)}</span></li>`;
}

/** The plan as the code that a page would have. */
function code({ version, connections }: ClientPlan): string {
  const calls = connections.map(({ url, options }) =>
    Object.keys(options).length === 0 ? `io('${url}');` : `io('${url}', ${JSON.stringify(options)});`,
  );
  return [`// socket.io-client ${version}`, ...calls].join('\n');
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
${body}
</body>
</html>`;
}

/** Text in backticks becomes code. */
function markCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
