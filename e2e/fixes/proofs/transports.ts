/** Transports that one end or a proxy does not carry. */
import type { Proof } from '../proof.ts';
import { behind, each, inNode, notExpress, quote } from './parties.ts';

export const transports: Proof[] = [
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, transports: ["websocket"] }`).filter(notExpress), {
    rule: 'transport-disabled',
  }),
  {
    rule: 'transport-disabled',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page }, transports: ['websocket'] })),
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, allowUpgrades: false }`).filter(notExpress), {
    rule: 'server-no-upgrades',
  }),
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'nginx',
    subject: 'nginx-http',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: ({ port }) => `server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://socketio;
  }
}`,
  },
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'haproxy',
    subject: 'haproxy-backend',
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: () => 'http-request del-header Upgrade',
  },
  {
    rule: 'ws-upgrade-400-proxy',
    fix: 'apache',
    subject: 'apache-host',
    backends: behind((page) => ({ cors: { origin: page } })),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Apache's own variable.
    fault: () => 'ProxyPass / http://${socketio}/',
  },
];
