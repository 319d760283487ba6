/** Requests that are sent elsewhere, and servers that are something else. */
import express from 'express';
import { certificate } from '../../lab/certificates.ts';
import { FORWARD_UPGRADE, startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startSecureServer, startServer } from '../../lab/servers.ts';
import { startHttp, startWebSocketServer } from '../../lab/stacks.ts';
import type { Proof } from '../proof.ts';
import { quote } from './parties.ts';

/** Redirects everything to the same path at `target`. */
async function redirecting(lab: LabContext, target: string): Promise<number[]> {
  const { port } = await startHttp(
    lab,
    express().use((request, response) => response.redirect(307, `${target}${request.originalUrl}`)),
  );
  return [port];
}

/** nginx takes the slash from the end of every path, before a server that does without. */
async function withoutSlash(lab: LabContext): Promise<number[]> {
  const server = await startServer(lab, { addTrailingSlash: false, cors: { origin: lab.page } });
  const url = await startNginx(lab, server.port, {
    server: ['absolute_redirect off;', 'rewrite ^(/.+)/$ $1 permanent;'],
  });
  return [Number(new URL(url).port)];
}

const targets: Proof[] = [
  {
    rule: 'polling-redirect',
    detail: 'host',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const { port } = await startServer(lab, { cors: { origin: lab.page } });
      return redirecting(lab, `http://127.0.0.1:${port}`);
    },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  {
    rule: 'polling-redirect',
    detail: 'http-to-https',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const { url } = await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } });
      return redirecting(lab, url);
    },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  {
    rule: 'polling-redirect',
    detail: 'trailing-slash',
    fix: 'browser-client',
    subject: 'page',
    backends: withoutSlash,
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
  {
    rule: 'preflight-redirect',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const { port } = await startServer(lab, { cors: { origin: lab.page } });
      return redirecting(lab, `http://localhost:${port}`);
    },
    fault: ({ server }) => `const socket = io(${quote(server)}, { extraHeaders: { "x-token": "secret" } });`,
  },
];

/** No path of it is Socket.IO's; the headers are those of a host that runs functions. */
const onFunctions: Proof = {
  rule: 'serverless-host',
  fix: 'browser-client',
  subject: 'page',
  backends: async (lab) => {
    const functions = express().use((_request, response) => {
      response.set({ server: 'Vercel', 'x-vercel-id': 'fra1::lab-1' }).status(404).send('The page could not be found');
    });
    const { port } = await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } });
    return [(await startHttp(lab, functions)).port, port];
  },
  isSlow: true,
  // Where the name in the fix leads.
  browser: ({ backends }) => ({
    switches: [`--host-resolver-rules=MAP realtime.example.com:443 127.0.0.1:${backends[1]}`],
  }),
  fault: ({ server }) => `const socket = io(${quote(server)});`,
};

const plain: Proof[] = [
  {
    rule: 'plain-websocket-server',
    fix: 'browser-client-path',
    subject: 'page',
    backends: async (lab) => {
      const { url } = await startWebSocketServer(lab, (socket) => socket.send('{"type":"welcome"}'));
      const { port } = await startServer(lab);
      const nginx = await startNginx(lab, port, {
        locations: { '/live/': [`proxy_pass ${url};`, ...FORWARD_UPGRADE] },
      });
      return [Number(new URL(nginx).port)];
    },
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/", transports: ["websocket"] });`,
  },
];

export const redirects: Proof[] = [...targets, onFunctions, ...plain];
