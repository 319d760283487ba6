/** Connections that begin well. */
import { startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import {
  behind,
  each,
  type Fault,
  inNode,
  inPython,
  inV2,
  notExpress,
  type Parties,
  quote,
  withCredentials,
} from './parties.ts';

const sendMuch = (bytes: number) => `await Promise.race([
  new Promise((resolve) => socket.once('disconnect', resolve)),
  new Promise((resolve) => socket.emit('upload', 'x'.repeat(${bytes}), resolve)),
]);
await new Promise((resolve) => setTimeout(resolve, 1_500));`;

const polling = { arguments: ({ server }: At) => `${quote(server)}, { transports: ["polling"] }` };
const websocket = {
  arguments: ({ server }: At) => `${quote(server)}, { transports: ["websocket"], reconnectionDelay: 500 }`,
};

const takesUploads = async (lab: LabContext) => {
  const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
  io.on('connection', (socket) =>
    socket.on('upload', (data: string, answer: (size: number) => void) => answer(data.length)),
  );
  return [port];
};

const listed: Fault = ({ page }) => `{ cors: { origin: ${quote(page)} } }`;
const isOld = ({ fix }: { fix: string }) => fix === 'node-v3';

export const stability: Proof[] = [
  ...each(
    [
      ...inNode(({ page }) => `{ cors: { origin: ${quote(page)} }, maxHttpBufferSize: 100_000 }`).filter(
        (party) => notExpress(party) && !isOld(party),
      ),
    ],
    { rule: 'payload-too-large', client: { act: sendMuch(200_000) } },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)}, credentials: true }, maxHttpBufferSize: 100_000 }`).filter(
      (party) => notExpress(party) && !isOld(party),
    ),
    { rule: 'payload-too-large', variant: 'cookies', client: { act: sendMuch(200_000), ...withCredentials } },
  ),
  // Before 4.5 a server does not say how much it takes: the usual limit counts.
  ...each(inNode(listed).filter(isOld), { rule: 'payload-too-large', client: { act: sendMuch(1_400_000) } }),
  ...each(
    inPython(({ page }) => `cors_allowed_origins=[${quote(page)}]`).filter(({ fix }) => fix !== 'asgi'),
    { rule: 'payload-too-large', client: { act: sendMuch(1_400_000) } },
  ),
  ...each(
    [
      { fix: 'nginx', subject: 'nginx-location', fault: () => 'client_max_body_size 100k;' },
      {
        fix: 'haproxy',
        subject: 'haproxy-backend',
        fault: () => 'http-request deny deny_status 413 if { req.body_size gt 100000 }',
      },
    ],
    {
      rule: 'payload-too-large',
      backends: takesUploads,
      client: { act: sendMuch(200_000), ...polling },
      transport: 'polling',
    },
  ),
];

/** What proxies wait for, where they do not wait long enough. */
const impatient: Parties = [
  { fix: 'nginx', subject: 'nginx-location', fault: () => 'proxy_read_timeout 2s;' },
  { fix: 'haproxy', subject: 'haproxy-defaults', fault: () => 'timeout tunnel 2s\ntimeout server 2s' },
];

const impatientNginx = (lab: LabContext, port: number) =>
  startNginx(lab, port, [
    'proxy_http_version 1.1;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $connection_upgrade;',
    'proxy_set_header Host $http_host;',
    'proxy_read_timeout 2s;',
  ]);

/** Longer than the proxies wait in the faults, and shorter than after the fix. */
const stay = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;

const onePage = behind((page) => ({ cors: { origin: page } }));
const loses = { rule: 'idle-timeout-proxy', isSlow: true, client: { act: stay(9_500), ...websocket } } as const;
const gaveUp = {
  rule: 'poll-gateway-timeout',
  isSlow: true,
  client: { act: stay(4_500), ...polling },
  transport: 'polling',
} as const;

/** Servers that ping too seldom for the nginx before them, which stays as it is. */
const patient: Parties = [
  ...inNode(listed).filter(notExpress),
  ...inPython(({ page }) => `cors_allowed_origins=[${quote(page)}]`),
];

export const idle: Proof[] = [
  ...each(impatient, { ...loses, backends: onePage }),
  ...each(patient, { ...loses, front: impatientNginx }),
  // Of `Timeout`, for the client, and `ProxyTimeout`, for the server, the longer one ends a tunnel.
  ...each([{ fix: 'apache', subject: 'apache-headers', fault: () => 'ProxyTimeout 2' }], {
    ...loses,
    backends: onePage,
    keeps: '\nTimeout 2\n',
  }),
  ...each(impatient, { ...gaveUp, backends: onePage }),
  ...each(patient, { ...gaveUp, front: impatientNginx }),
  ...[loses, gaveUp].flatMap((proof) =>
    each(
      inV2(() => '{}'),
      { ...proof, front: impatientNginx, client: { ...proof.client, version: 2 } },
    ),
  ),
];
