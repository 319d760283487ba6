/** Questions that the browser asks before a request with headers of its own. */
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, inNode, inV2, quote } from './parties.ts';

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

/** A v2 server whose own answer to preflights has this status, and these headers (JavaScript). */
const answering = (rule: string, headers: Fault, status = 200): Proof[] =>
  each(
    inV2((at) => `{ handlePreflightRequest: (req, res) => res.writeHead(${status}, ${headers(at)}).end() }`),
    { rule, client: withV2Header },
  );

const byHand = (origin: string, credentials = 'true', headers = 'x-token') => `{
  "Access-Control-Allow-Origin": ${quote(origin)},
  "Access-Control-Allow-Headers": ${quote(headers)},
  "Access-Control-Allow-Credentials": ${quote(credentials)},
}`;

const onV2: Proof[] = [
  ...answering('preflight-header-not-allowed', ({ page }) => byHand(page, 'true', 'content-type')),
  ...answering('preflight-origin-mismatch', () => byHand('https://other.example')),
  ...answering('preflight-missing-origin', () => '{}'),
  ...answering('preflight-wildcard-with-credentials', () => byHand('*')),
  ...answering('preflight-credentials-not-allowed', ({ page }) => byHand(page, 'false')),
  ...answering('preflight-multiple-acao', ({ page }) => byHand(`${page}, https://other.example`)),
  ...answering('preflight-not-ok', ({ page }) => byHand(page), 405),
  ...answering('preflight-auth-blocked', ({ page }) => byHand(page), 401),
];

export const preflights: Proof[] = [
  ...onV2,
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
  ...each(
    inV2(() => '{}'),
    { rule: 'preflight-bad-handshake-method', client: withV2Header },
  ),
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
