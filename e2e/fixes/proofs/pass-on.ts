/** Proxies and development servers that do not pass Socket.IO's path on, or pass on another. */
import express from 'express';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import { startHttp } from '../../lab/stacks.ts';
import type { Proof } from '../proof.ts';
import { behind, each, type Fault, nothing, type Parties, quote } from './parties.ts';

/** The page comes through the subject, too. */
const ofSamePage = { bringsPage: true, client: { arguments: () => '' } } as const;

/** One fault in each proxy before the server of the page. */
function inProxies(nginx: Fault, haproxy: Fault, apache: Fault, caddy: Fault): Parties {
  return [
    { fix: 'nginx', subject: 'nginx-page', fault: nginx },
    { fix: 'haproxy', subject: 'haproxy-page', fault: haproxy },
    { fix: 'apache', subject: 'apache-page', fault: apache },
    { fix: 'caddy', subject: 'caddy-page', fault: caddy },
  ];
}

/** The same in each development server: what its configuration is. */
function inDevServers(vite: Fault, webpack: Fault): Parties {
  return [
    { fix: 'vite', subject: 'vite', fault: (at) => `export default ${vite(at)};` },
    { fix: 'webpack', subject: 'webpack', fault: (at) => `module.exports = ${webpack(at)};` },
  ];
}

/** Whatever is asked for, the answer is the application's page. */
const fallbacks: Parties = [
  ...inProxies(nothing, nothing, nothing, nothing).filter(({ fix }) => fix !== 'caddy'),
  ...inDevServers(
    () => '{}',
    () => '{ devServer: { historyApiFallback: true, static: __dirname } }',
  ),
];

const to = (at: { backends: readonly number[] }, index: number) => quote(`http://127.0.0.1:${at.backends[index]}`);

/** Passed on to the server behind it, without the path's beginning. */
const cut: Parties = [
  ...inProxies(
    () => 'location /socket.io/ {\n  proxy_pass http://socketio/;\n}',
    ({ backends }) => `use_backend cut if { path_beg /socket.io/ }

backend cut
  http-request replace-path /socket.io(/.*) \\1
  server node1 127.0.0.1:${backends[0]}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
    () => 'RewriteEngine On\nRewriteRule ^/socket\\.io/(.*) "http://${socketio}/$1" [P,L]',
    ({ backends }) => `handle_path /socket.io/* {\n  reverse_proxy 127.0.0.1:${backends[0]}\n}`,
  ),
  ...inDevServers(
    (at) =>
      `{ server: { proxy: { "/socket.io/": { target: ${to(at, 0)}, rewrite: (path) => path.replace("/socket.io", "") } } } }`,
    (at) =>
      `{ devServer: { proxy: [{ context: ["/socket.io/"], target: ${to(at, 0)}, pathRewrite: { "^/socket.io": "" } }] } }`,
  ),
];

/** Answered by itself, which has nothing there. */
const kept: Parties = [
  ...inProxies(
    () => 'location /socket.io/ {\n  root html;\n}',
    () => 'http-request deny deny_status 404 if { path_beg /socket.io/ }',
    () => 'RewriteEngine On\nRewriteRule ^/socket\\.io/ - [R=404,L]',
    () => 'handle /socket.io/* {\n  file_server\n}',
  ),
  ...inDevServers(
    () => '{ appType: "mpa" }',
    () => '{}',
  ),
];

/** Passed on to the second backend, which is not Socket.IO. */
const sentElsewhere: Parties = [
  ...inProxies(
    ({ backends }) => `location /socket.io/ {\n  proxy_pass http://127.0.0.1:${backends[1]};\n}`,
    ({ backends }) => `use_backend other if { path_beg /socket.io/ }

backend other
  server node1 127.0.0.1:${backends[1]}`,
    ({ backends }) => `RewriteEngine On\nRewriteRule ^(/socket\\.io/.*) "http://127.0.0.1:${backends[1]}$1" [P,L]`,
    ({ backends }) => `reverse_proxy /socket.io/* 127.0.0.1:${backends[1]}`,
  ),
  ...inDevServers(
    (at) => `{ server: { proxy: { "/socket.io/": ${to(at, 1)} } } }`,
    (at) => `{ devServer: { proxy: [{ context: ["/socket.io/"], target: ${to(at, 1)} }] } }`,
  ),
];

/** Beside an Express application, which does not know any other path. */
const onExpress = async (lab: LabContext) => [(await startServer(lab, {}, express())).port];

const beside = (other: (lab: LabContext) => Promise<number>) => async (lab: LabContext) => [
  (await startServer(lab)).port,
  await other(lab),
];

const restInterface = async (lab: LabContext) => {
  const { port } = await startHttp(
    lab,
    express().use((_request, response) => void response.json({ status: 'ok' })),
  );
  return port;
};

export const passedOn: Proof[] = [
  ...each(fallbacks, { ...ofSamePage, rule: 'spa-fallback-html', backends: behind(() => ({})) }),
  ...each(
    [
      { fix: 'apache', subject: 'apache-fallback', fault: nothing },
      { fix: 'caddy', subject: 'caddy-fallback', fault: nothing },
    ],
    { rule: 'spa-fallback-html', variant: 'files', backends: behind((page) => ({ cors: { origin: page } })) },
  ),
  ...each(cut, { ...ofSamePage, rule: 'wrong-path-404', variant: 'path cut', backends: onExpress }),
  ...each(kept, { ...ofSamePage, rule: 'wrong-path-404', variant: 'not passed on', backends: behind(() => ({})) }),
  ...each(
    sentElsewhere.filter(({ fix }) => fix !== 'vite'),
    { ...ofSamePage, rule: 'gateway-502-503-504', backends: beside((lab) => lab.freePort()) },
  ),
  ...each(sentElsewhere, { ...ofSamePage, rule: 'not-engineio-200', backends: beside(restInterface) }),
];
