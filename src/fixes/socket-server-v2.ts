/** The server of Socket.IO v2: it lets every origin in unless told otherwise, and leaves preflights to its user. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js, pathOption, portOf } from './context.ts';
import { fixFor } from './stacks.ts';

/**
 * One statement, for a page whose client speaks Engine.IO 3: else none. Without `origins`, which would keep out whoever else connects:
 * by default everybody may. @param options further ones, each line ending in a comma
 */
export function serverV2(context: FixContext, title: string, options: readonly string[] = []): Fix[] {
  if (context.eio !== 3) return [];
  const all = [...pathOption(context), ...options];
  const code =
    all.length === 0
      ? ['const io = require("socket.io")(httpServer);']
      : block('const io = require("socket.io")(httpServer, {', all, '});');
  return [fixFor('node-v2', title, code)];
}

/** As `origins` compares it: with the port even where the scheme implies it, and without an IPv6 address' brackets (socket.io 2, `checkRequest`). */
function withPort(origin: string): string {
  if (!URL.canParse(origin)) return origin;
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname.replace(/[[\]]/g, '')}:${portOf(origin)}`;
}

/** The page's origin among those that may connect; pages of the server's own are asked, too (by their `Referer`). */
export function allowOriginV2(context: FixContext, page: string): Fix[] {
  const origins = [...new Set([page, context.server])].map((origin) => js(withPort(origin))).join(', ');
  return serverV2(context, 'Add the page’s origin to `origins`', [
    '// with their ports, beside those that are listed already; asked for WebSocket, too',
    `origins: [${origins}],`,
  ]);
}

/**
 * A v2 server answers preflights only through `handlePreflightRequest`; the headers of the other answers are right already.
 *
 * @param headers those that the page may send
 */
export function answerPreflightV2(context: FixContext, headers: readonly string[]): Fix[] {
  const answer = [
    `"Access-Control-Allow-Origin": ${js(context.page ?? context.server)},`,
    `"Access-Control-Allow-Headers": ${js(headers.join(', '))},`,
    '"Access-Control-Allow-Credentials": "true",',
  ];
  return serverV2(
    context,
    'Answer preflights with `handlePreflightRequest`',
    block(
      'handlePreflightRequest: (req, res) => {',
      [...block('res.writeHead(200, {', answer, '});'), 'res.end();'],
      '},',
    ),
  );
}
