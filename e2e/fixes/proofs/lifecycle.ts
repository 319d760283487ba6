/** Clients that open, close and reopen at the wrong moments, and pauses of either side. */
import { startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { each, type Fault, inNode, inPython, notExpress, nothing, quote } from './parties.ts';

const wait = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
const lively = async (lab: LabContext) => [
  (await startServer(lab, { cors: { origin: lab.page }, pingInterval: 1_000, pingTimeout: 1_000 })).port,
];
const inPage = { fix: 'browser-client', subject: 'page', backends: lively } as const;
const page =
  (lines: string): Fault =>
  ({ server }) =>
    `const url = ${quote(server)};\n${lines}`;

export const clients: Proof[] = [
  {
    ...inPage,
    rule: 'connection-leak',
    client: { act: wait(4_500) },
    fault: page('const socket = io(url);\nfor (const ms of [700, 1_400, 2_100]) setTimeout(() => io(url), ms);'),
  },
  {
    ...inPage,
    rule: 'strict-mode-double-connect',
    rootCause: null,
    client: { act: wait(1_000) },
    fault: page('io(url).disconnect();\nconst socket = io(url);'),
  },
  {
    ...inPage,
    rule: 'reconnect-storm',
    client: { act: wait(3_000), waitsMs: 6_000 },
    fault: page('const socket = io(url);\nsetInterval(() => socket.disconnect().connect(), 300);'),
  },
  {
    ...inPage,
    rule: 'heartbeat-mismatch',
    client: { act: wait(2_500) },
    fault: page('const socket = io(url);\nsetInterval(() => socket.io.engine._sendPacket("ping"), 800);'),
  },
  {
    ...inPage,
    rule: 'request-overlap',
    client: { act: wait(2_500) },
    fault: page(`const socket = io(url, { transports: ["polling"] });
socket.once("connect", () => {
  fetch(\`\${url}/socket.io/?EIO=4&transport=polling&t=again&sid=\${socket.io.engine.id}\`).catch(() => {});
});`),
  },
  {
    ...inPage,
    rule: 'server-disconnect',
    comesBack: true,
    tellsOfLoss: true,
    isSlow: true,
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      let clients = 0;
      io.on('connection', (socket) => {
        clients += 1;
        // The first of each page: that of the fault never comes back.
        if (clients <= 2) setTimeout(() => socket.disconnect(), 1_000);
      });
      return [port];
    },
    client: { act: wait(8_000) },
    fault: page('const socket = io(url);'),
  },
];

const freeze = `const end = Date.now() + 3_500;
while (Date.now() < end);
${wait(1_500)}`;

/** Work that keeps its thread. */
const busy = `function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end);
  return 'done';
}`;

/** Within the client's own code, so that it does not ask again meanwhile. */
const sleep = `socket.io.engine.once('packet', () => {
  const end = Date.now() + 3_000;
  while (Date.now() < end);
});
${wait(4_500)}`;

const impatient = (intervalMs: number, timeoutMs: number) => [
  ...inNode(
    ({ page: origin }) =>
      `{ cors: { origin: ${quote(origin)} }, pingInterval: ${intervalMs}, pingTimeout: ${timeoutMs} }`,
  ).filter(notExpress),
  ...inPython(
    ({ page: origin }) =>
      `cors_allowed_origins=[${quote(origin)}], ping_interval=${intervalMs / 1000}, ping_timeout=${timeoutMs / 1000}`,
  ),
];

export const pauses: Proof[] = [
  // uvicorn does not end a connection that it gave up, and says no more on it.
  ...each(
    impatient(1_000, 1_000).map((party) => ({
      ...party,
      detail: party.fix === 'asgi' ? 'server-silent' : 'page-frozen',
    })),
    { rule: 'ping-timeout', isSlow: true, client: { act: freeze } },
  ),
  {
    rule: 'ping-timeout',
    detail: 'page-frozen',
    isSlow: true,
    fix: 'browser-client',
    subject: 'page-work',
    backends: lively,
    client: { act: `await work(3_500);\n${wait(1_500)}` },
    fault: () => busy,
  },
  {
    // Given up after 2 s; the server comes back when all is told.
    rule: 'ping-timeout',
    detail: 'server-silent',
    isSlow: true,
    fix: 'node-event-loop',
    subject: 'node-working',
    client: { act: `socket.emit('work', 9_000, () => {});\n${wait(5_500)}` },
    fault: () => busy,
  },
  ...each(impatient(1_000, 800), {
    rule: 'session-expired',
    rootCause: null,
    isSlow: true,
    transport: 'polling',
    client: {
      act: sleep,
      arguments: ({ server }: At) => `${quote(server)}, { transports: ["polling"] }`,
    },
  }),
];

export const restarts: Proof[] = each(
  [
    { fix: 'node-shutdown', subject: 'handlers', fault: nothing },
    { fix: 'aiohttp', subject: 'handlers-aiohttp', fault: nothing },
  ],
  {
    rule: 'server-restarted',
    comesBack: true,
    transport: 'polling',
    balancer: async (lab, [first = 0, second]) =>
      Number(new URL(await startNginx(lab, first, { upstream: [`server 127.0.0.1:${second} backup;`] })).port),
    client: {
      arguments: ({ server }) =>
        `(io(${quote(server)}, { transports: ["polling"] }), ${quote(server)}), { transports: ["polling"], forceNew: true }`,
      // Long enough that nobody takes the sids for new ones; then the first process is told to end.
      act: `${wait(2_500)}\nawait fetch('/proof/event');\n${wait(4_000)}`,
    },
  },
);

const beside: Fault = () => 'new WebSocketServer({ server: httpServer, path: "/graphql" });';
const upgrades = inNode(() => '{}').filter(({ fix }) => !['nestjs', 'fastify', 'next'].includes(fix));

export const handlers: Proof[] = each(
  upgrades.map((party) => ({
    ...party,
    fault: (at: At) => `import { WebSocketServer } from 'ws';\n${party.fault(at)}\n${beside(at)}`,
  })),
  {
    rule: 'two-servers-same-http',
    client: { arguments: ({ server }: At) => `${quote(server)}, { transports: ["websocket"] }` },
  },
);

/** It asks for the cookie of a login, and answers 401 to everybody else. */
const behindLogin = async (lab: LabContext) => {
  const { io, port } = await startServer(lab, { cors: { origin: lab.page, credentials: true } }, (_request, response) =>
    response.writeHead(200, LOGIN(lab.page)).end(),
  );
  io.engine.use((request: { headers: { cookie?: string } }, response: Refusing, next: () => void) => {
    if (request.headers.cookie?.includes('login=valid')) return next();
    response.writeHead(401, { 'content-type': 'text/plain' });
    response.end('Log in first.');
  });
  return [port];
};
interface Refusing {
  writeHead(status: number, headers: Record<string, string>): void;
  end(text: string): void;
}
const LOGIN = (origin: string) => ({
  'set-cookie': 'login=valid; Path=/',
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
});

export const logins: Proof[] = [
  {
    rule: 'api-auth-401',
    fix: 'nginx',
    subject: 'nginx-location',
    backends: lively,
    // A file without users: nobody has the password.
    fault: () => 'auth_basic "lab";\nauth_basic_user_file /dev/null;',
  },
  {
    rule: 'api-auth-401',
    fix: 'browser-client',
    subject: 'page',
    backends: behindLogin,
    client: { before: ({ server }) => `await fetch(${quote(`${server}/login`)}, { credentials: 'include' });` },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
];

export const workers: Proof[] = [
  {
    rule: 'service-worker-intercept',
    fix: 'service-worker',
    subject: 'service-worker',
    backends: lively,
    client: {
      before: () => `const { serviceWorker } = navigator;
const registration = await serviceWorker.register('/proof/service-worker.js', { updateViaCache: 'none' });
await registration.update();
while (registration.installing || registration.waiting || !serviceWorker.controller) {
  ${wait(50)}
}`,
    },
    fault: nothing,
  },
];
