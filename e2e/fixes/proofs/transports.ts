/** Transports that one end does not offer. */
import { FORWARD_UPGRADE, startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import type { Proof } from '../proof.ts';
import { behind, each, inNode, inPython, notExpress, quote } from './parties.ts';

/** The page's own origin, where a WSGI server's refusals can be read; elsewhere it names no origin on them. */
const withPage = (lab: LabContext, port: number) =>
  startNginx(lab, port, {
    location: [...FORWARD_UPGRADE.filter((line) => !line.includes('Host')), 'proxy_set_header Host $http_host;'],
    locations: { '/proof/': [`proxy_pass ${lab.page};`] },
  });

const isWsgi = ({ fix }: { fix: string }) => fix === 'flask';

export const transports: Proof[] = [
  ...each(inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, transports: ["websocket"] }`).filter(notExpress), {
    rule: 'transport-disabled',
  }),
  ...each(
    inPython(({ page }) => `cors_allowed_origins=[${quote(page)}], transports=["websocket"]`).filter(
      (party) => !isWsgi(party),
    ),
    { rule: 'transport-disabled' },
  ),
  ...each(inPython(() => 'transports=["websocket"]').filter(isWsgi), {
    rule: 'transport-disabled',
    front: withPage,
    bringsPage: true,
  }),
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
