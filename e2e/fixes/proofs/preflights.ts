/** Questions that the browser asks before a request with headers of its own. */
import type { At, Proof } from '../proof.ts';
import { behind, each, inNode, quote } from './parties.ts';

const withHeader = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" } }`,
};
const withHeaderAndCookies = {
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" }, withCredentials: true }`,
};
const withV2Header = {
  version: 2,
  arguments: ({ server }: At) =>
    `${quote(server)}, { transportOptions: { polling: { extraHeaders: { "x-token": "secret" } } } }`,
} as const;

export const preflights: Proof[] = [
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)}, allowedHeaders: ["content-type"] } }`),
    {
      rule: 'preflight-header-not-allowed',
      client: withHeader,
    },
  ),
  {
    rule: 'preflight-header-not-allowed',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page, credentials: true, allowedHeaders: ['content-type'] } })),
    fault: ({ server }) => `const socket = io(${quote(server)}, { extraHeaders: { "x-token": "secret" } });`,
  },
  ...each(
    inNode(() => '{}'),
    { rule: 'preflight-bad-handshake-method', client: withHeader },
  ),
  {
    rule: 'preflight-bad-handshake-method',
    fix: 'node-v2',
    subject: 'node-v2',
    fault: () => 'const io = require("socket.io")(httpServer);',
    client: withV2Header,
  },
  ...each(
    inNode(() => '{ cors: { origin: "http://localhost:1" } }'),
    {
      rule: 'preflight-origin-mismatch',
      client: withHeader,
    },
  ),
  ...each(
    inNode(() => '{ cors: { origin: ["https://other.example"] } }'),
    {
      rule: 'preflight-missing-origin',
      client: withHeader,
    },
  ),
  ...each(
    inNode(() => '{ cors: { origin: "*" } }'),
    {
      rule: 'preflight-wildcard-with-credentials',
      client: withHeaderAndCookies,
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`),
    {
      rule: 'preflight-credentials-not-allowed',
      client: withHeaderAndCookies,
    },
  ),
  ...each(
    inNode(({ page }) => `{ cors: { origin: "${page}, https://other.example" } }`),
    {
      rule: 'preflight-multiple-acao',
      client: withHeader,
    },
  ),
  {
    rule: 'cors-response-header-sent-by-client',
    fix: 'browser-client',
    subject: 'page',
    backends: behind((page) => ({ cors: { origin: page, allowedHeaders: ['content-type'] } })),
    fault: ({ server }) =>
      `const socket = io(${quote(server)}, { extraHeaders: { "Access-Control-Allow-Origin": "*" } });`,
  },
];
