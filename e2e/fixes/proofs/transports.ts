/** Transports that one end does not offer. */
import type { Proof } from '../proof.ts';
import { behind, each, inNode, inPython, notExpress, quote } from './parties.ts';

export const transports: Proof[] = [
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, transports: ["websocket"] }`).filter(notExpress), {
    rule: 'transport-disabled',
  }),
  ...each(
    inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], transports=["websocket"]`).filter(
      ({ fix }) => fix !== 'flask',
    ),
    { rule: 'transport-disabled' },
  ),
  ...each(
    inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], allow_upgrades=False`),
    { rule: 'server-no-upgrades' },
  ),
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
