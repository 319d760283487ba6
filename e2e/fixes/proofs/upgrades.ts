/** WebSockets that a proxy does not carry to Socket.IO. */
import { AD_BLOCKER, EXTENSION } from '../../browser/chromium.ts';
import { FORWARD_UPGRADE, startNginx } from '../../lab/nginx.ts';
import { startPython } from '../../lab/python.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import { startWebSocketServer } from '../../lab/stacks.ts';
import type { Proof } from '../proof.ts';
import { behind, each, type Fault, nothing, type Parties, quote } from './parties.ts';

const UPGRADE = `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $http_connection;`;

const TUNNEL_IF = 'RewriteEngine On\nRewriteCond %{HTTP:Upgrade} websocket [NC]\n';
// biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
const PASS_ON = 'ProxyPass / http://${socketio}/';

/** One fault in each proxy. @param nginx lines of its location */
function inProxies(nginx: Fault, haproxy: Fault, apache: Fault): Parties {
  return [
    {
      fix: 'nginx',
      subject: 'nginx-http',
      fault: (at) => `server {
  listen 127.0.0.1:${at.port};
  location / {
    proxy_pass http://socketio;
    ${nginx(at)}
  }
}`,
    },
    { fix: 'haproxy', subject: 'haproxy-backend', fault: haproxy },
    { fix: 'apache', subject: 'apache-host', fault: apache },
  ];
}

/** Passed on as if it were a plain request. */
const headersLost = inProxies(
  () => '',
  () => 'http-request del-header Upgrade',
  () => PASS_ON,
);

/** Passed on to the second backend, which is not Socket.IO. */
const sentElsewhere = inProxies(
  ({ backends }) => `${UPGRADE}
if ($http_upgrade) { proxy_pass http://127.0.0.1:${backends[1]}; }`,
  ({ backends }) => `use-server websockets if { hdr(Upgrade) -i websocket }
server websockets 127.0.0.1:${backends[1]} weight 0`,
  ({ backends }) => `${TUNNEL_IF}RewriteRule ^/?(.*) "ws://127.0.0.1:${backends[1]}/$1" [P,L]\n${PASS_ON}`,
);

/** Apache always answers: where who is behind it hangs up, with 502. */
const dropped = inProxies(
  () => `${UPGRADE}\nif ($http_upgrade) { return 444; }`,
  () => 'http-request reject if { hdr(Upgrade) -i websocket }',
  nothing,
).filter(({ fix }) => fix !== 'apache');

const onePage = behind((page) => ({ cors: { origin: page } }));

/** With another extension, as in ad-blocker.spec.ts. */
const withAdBlocker = () => ({ extensions: [EXTENSION, AD_BLOCKER] });

/** A server, and whoever gets the upgrades in place of it. */
const beside = (other: (lab: LabContext) => Promise<number>) => async (lab: LabContext) => [
  ...(await onePage(lab)),
  await other(lab),
];

const nobody = (lab: LabContext) => lab.freePort();

/** It takes WebSockets, and has nothing to say. */
const silent = async (lab: LabContext) => (await startWebSocketServer(lab, () => {})).port;

/** Engine.IO itself, which has nothing at that path, and leaves it to others to answer. */
const waits = async (lab: LabContext) => (await startServer(lab, { path: '/live/', destroyUpgrade: false })).port;

const alone = (options = '') => ({
  arguments: ({ server }: { server: string }) => `${quote(server)}, { transports: ["websocket"]${options} }`,
});

const oneUvicorn = async (lab: LabContext) => [
  (await startPython(lab, { on: 'uvicorn', server: { cors_allowed_origins: [lab.page] } })).port,
];

/** nginx before the server and whoever gets the upgrades: neither can be touched. @param lines of its location */
const untouched =
  (lines: (other: number) => string[], other: (lab: LabContext) => Promise<number> = nobody) =>
  async (lab: LabContext) => {
    const [server = 0, elsewhere = 0] = await beside(other)(lab);
    return [Number(new URL(await startNginx(lab, server, lines(elsewhere))).port)];
  };

const plain = untouched(() => ['proxy_http_version 1.1;']);
const toOther = (other: (lab: LabContext) => Promise<number>) =>
  untouched((port) => [...FORWARD_UPGRADE, `if ($http_upgrade) { proxy_pass http://127.0.0.1:${port}; }`], other);

const byDefault: Fault = ({ server }) => `const socket = io(${quote(server)});`;
const socketAlone =
  (options = ''): Fault =>
  (at) =>
    `const socket = io(${alone(options).arguments(at)});`;

const polls = (rule: string, backends: Proof['backends'], more: Partial<Proof> = {}): Proof => ({
  rule,
  fix: 'browser-client-polling',
  subject: 'page',
  transport: 'polling',
  backends,
  fault: byDefault,
  ...more,
});

const withoutSocket: Proof[] = [
  polls('ws-upgrade-400-proxy', plain),
  polls(
    'ws-upgrade-other-status',
    untouched(() => ['if ($http_upgrade) { return 501; }']),
  ),
  polls(
    'ws-upgrade-dropped',
    untouched(() => ['if ($http_upgrade) { return 444; }']),
  ),
  polls('ws-upgrade-failed-hidden', plain, { browser: withAdBlocker }),
  polls('no-transport-fallback', plain, { fault: socketAlone() }),
  polls('probe-failed', toOther(silent), { isSlow: true }),
  polls('stuck-on-polling', toOther(waits), { isSlow: true }),
  polls('ws-silent-after-101', toOther(silent), { isSlow: true, fault: socketAlone(', timeout: 6000') }),
];

export const upgrades: Proof[] = [
  ...withoutSocket,
  ...each(headersLost, { rule: 'ws-upgrade-400-proxy', backends: onePage }),
  ...each(headersLost, { rule: 'ws-upgrade-failed-hidden', backends: onePage, browser: withAdBlocker }),
  ...each(headersLost, { rule: 'no-transport-fallback', backends: onePage, client: alone() }),
  ...each(sentElsewhere, { rule: 'ws-upgrade-other-status', backends: beside(nobody) }),
  ...each(dropped, { rule: 'ws-upgrade-dropped', backends: onePage }),
  ...each(sentElsewhere, { rule: 'probe-failed', backends: beside(silent), isSlow: true }),
  ...each(sentElsewhere, { rule: 'stuck-on-polling', backends: beside(waits), isSlow: true }),
  ...each(sentElsewhere, {
    rule: 'ws-silent-after-101',
    backends: beside(silent),
    client: alone(', timeout: 6000'),
    isSlow: true,
  }),
  {
    // Who the page is, both say: the server alone may, afterwards.
    rule: 'ws-upgrade-400-proxy',
    variant: 'CORS',
    fix: 'nginx',
    subject: 'nginx-http',
    backends: behind((page) => ({ cors: { origin: page, credentials: true } })),
    client: { arguments: ({ server }) => `${quote(server)}, { withCredentials: true }` },
    fault: ({ port, page }) => `server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://socketio;
    proxy_hide_header Access-Control-Allow-Origin;
    add_header Access-Control-Allow-Origin ${page} always;
  }
}`,
  },
  {
    rule: 'uvicorn-unsupported-upgrade',
    fix: 'nginx',
    subject: 'nginx-http',
    backends: oneUvicorn,
    fault: ({ port, page }) => `server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://socketio;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_hide_header Access-Control-Allow-Origin;
    add_header Access-Control-Allow-Origin ${page} always;
  }
}`,
  },
  {
    rule: 'uvicorn-unsupported-upgrade',
    fix: 'haproxy',
    subject: 'haproxy-backend',
    backends: oneUvicorn,
    fault: ({ page }) => `http-request set-header Upgrade h2c if !{ req.hdr(Upgrade) -m found }
http-request set-header Connection upgrade
http-response set-header Access-Control-Allow-Origin ${page}`,
  },
];
