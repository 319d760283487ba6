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
];
