/** Clients and servers of different generations. */
import { startServer, startV2Server, startV3Server, startV30Server } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import {
  behind,
  customServer,
  each,
  type Fault,
  IMPORT,
  inNode,
  inPython,
  type Parties,
  quote,
  servedBy,
} from './parties.ts';

const onPage: Fault = ({ server }) => `const socket = io(${quote(server)});`;
const onPageBySocket: Fault = ({ server }) => `const socket = io(${quote(server)}, { transports: ["websocket"] });`;

/** A client of Engine.IO 3 that tries WebSocket alone. */
const oldBySocket = {
  version: 2,
  arguments: ({ server }: At) => `${quote(server)}, { transports: ["websocket"] }`,
} as const;

/** The same on another HTTP server. */
const onServer = (name: string, fault: string) => fault.replace('httpServer', name);

/** Each after the installation that the fix begins with. */
function afterInstall(older: 'v2' | 'v3-0', fault: Fault): Parties & Pick<Proof, 'installs'>[] {
  const nodeV4 = older === 'v2' ? 'node-v2-module' : 'node-v3-0';
  const express = older === 'v2' ? 'express-v2-module' : 'express-v3-0';
  return [
    { fix: 'node-v4', subject: nodeV4, installs: 'node-v4', fault },
    { fix: 'express', subject: express, installs: 'express', fault },
    {
      fix: 'fastify',
      subject: `fastify-${older}`,
      installs: 'fastify',
      fault: (at) => onServer('app.server', fault(at)),
    },
    { fix: 'next', subject: `next-${older}`, installs: 'next', isSlow: true, fault: (at) => customServer(fault(at)) },
    {
      fix: 'nestjs',
      subject: `nestjs-${older}`,
      installs: 'nestjs',
      fault: ({ page }) => `@WebSocketGateway({ cors: { origin: ${quote(page)}, credentials: true } })`,
    },
  ];
}

/** Socket.IO 3.1 or 4.0 in each framework: they hold a WebSocket of Engine.IO 3 open, and say nothing. */
const SILENT = {
  'node-v4': 'node-v4-0',
  'node-v3': 'node-v3',
  express: 'express-v3',
  nestjs: 'nestjs-v3',
  fastify: 'fastify-v4-0',
  next: 'next-v3',
} as const;
const silent: Parties = inNode(() => '{}').flatMap((party) => {
  const subject = Object.entries(SILENT).find(([fix]) => fix === party.fix)?.[1];
  return subject ? [{ ...party, subject }] : [];
});

const isNotV3 = ({ fix }: { fix: string }) => fix !== 'node-v3';

/** A page with an old client, before each server of Python that allows it. */
const beforePython = inPython(({ page }) => `cors_allowed_origins=[${quote(page)}]`).map(
  (party): Proof => ({
    rule: 'python-unsupported-version',
    variant: party.fix,
    fix: 'browser-client',
    subject: 'page',
    backends: servedBy(party),
    client: { version: 2 },
    fault: onPage,
  }),
);

export const versions: Proof[] = [
  ...beforePython,
  ...each(
    inNode(() => '{}'),
    { rule: 'version-eio3-to-v3plus', client: { version: 2 } },
  ),
  {
    rule: 'version-eio3-to-v3plus',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page } })),
    client: { version: 2 },
    fault: onPage,
  },
  ...each(
    afterInstall(
      'v3-0',
      ({ page }) =>
        `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)}, credentials: true } });`,
    ),
    { rule: 'version-eio3-to-v3-0', client: { version: 2 } },
  ),
  {
    rule: 'version-eio3-to-v3-0',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [(await startV30Server(lab, { cors: { origin: lab.page, credentials: true } })).port],
    client: { version: 2 },
    fault: onPage,
  },
  ...each(
    afterInstall('v2', () => "import createServerOfV2 from 'socket.io';\nconst io = createServerOfV2(httpServer);"),
    { rule: 'version-eio4-to-v2' },
  ),
  {
    rule: 'version-eio4-to-v2',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [Number(new URL(await startV2Server(lab)).port)],
    fault: onPage,
  },
  ...each(inNode(() => '{}').filter(isNotV3), { rule: 'version-eio3-ws-invalid-frame', client: oldBySocket }),
  {
    rule: 'version-eio3-ws-invalid-frame',
    fix: 'browser-client',
    subject: 'page',
    // No CORS: a WebSocket needs none.
    backends: async (lab) => [(await startServer(lab)).port],
    client: { version: 2 },
    fault: onPageBySocket,
  },
  ...each(silent, {
    rule: 'ws-silent-after-101',
    isSlow: true,
    client: {
      version: 2,
      // The client itself would wait for 20 s.
      arguments: ({ server }) => `${quote(server)}, { transports: ["websocket"], timeout: 6000 }`,
    },
  }),
  {
    rule: 'ws-silent-after-101',
    isSlow: true,
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [(await startV3Server(lab)).port],
    client: { version: 2 },
    fault: ({ server }) => `const socket = io(${quote(server)}, { transports: ["websocket"], timeout: 6000 });`,
  },
];
