/** Clients and servers of different generations. */
import type { Proof } from '../proof.ts';
import { each, IMPORT, inNode, quote } from './parties.ts';

export const versions: Proof[] = [
  ...each(
    inNode(() => '{}'),
    { rule: 'version-eio3-to-v3plus', client: { version: 2 } },
  ),
  {
    rule: 'version-eio3-to-v3-0',
    fix: 'node-v4',
    subject: 'node-v3-0',
    installs: 'node-v4',
    client: { version: 2 },
    fault: ({ page }) =>
      `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)}, credentials: true } });`,
  },
  {
    rule: 'version-eio4-to-v2',
    fix: 'node-v4',
    subject: 'node-v2-module',
    installs: 'node-v4',
    fault: () => "import createServerOfV2 from 'socket.io';\nconst io = createServerOfV2(httpServer);",
  },
];
