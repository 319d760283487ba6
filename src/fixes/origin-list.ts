/** Servers that let any website in: a list of origins, held up over every transport. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe } from './context.ts';
import { onlyProxyAnswers } from './proxy-cors.ts';
import { nodeServers, pythonServers, type ServerNeeds } from './socket-server.ts';
import { allowOriginV2 } from './socket-server-v2.ts';

const TITLE = 'Allow the origins that you trust, and no other';

/**
 * `cors` with a list, and the same list in `allowRequest`: CORS alone guards neither WebSocket nor a request whose answer
 * nobody reads. Socket.IO 2 and python-socketio ask their list for both. The server's own origin stays in: pages that it serves name it.
 *
 * @param origin the origin to allow
 */
export function allowOnlyListed(
  context: FixContext,
  origin: string,
  needs: Pick<ServerNeeds, 'isNotPython' | 'alsoAllow'> = {},
): Fix[] {
  const page: FixContext = { ...context, page: origin, credentials: 'unknown' };
  const listed = { ...needs, alsoAllow: [...(needs.alsoAllow ?? []), context.server] };
  const options = block(
    'allowRequest: (req, callback) => {',
    [
      'const { origin } = req.headers; // none: same origin, or no browser',
      'callback(null, origin === undefined || allowed.includes(origin));',
    ],
    '},',
  );
  return [
    ...nodeServers(page, { ...listed, originAs: 'constant', options }, TITLE),
    ...allowOriginV2(context, origin),
    ...pythonServers(page, listed, TITLE),
    ...proxies(page, origin),
  ];
}

/** A proxy before the server, which answers for CORS, and keeps those outside whom CORS does not. */
function proxies(context: FixContext, page: string): Fix[] {
  const origins = [...new Set([page, context.server])].filter(isNginxSafe);
  return onlyProxyAnswers(context).map((fix) => ({
    ...fix,
    title: `Let ${fix.stack} allow this page, and refuse other origins`,
    code: [fix.code, NOTE, ...(GUARDS[fix.id]?.(origins) ?? [])].join('\n'),
  }));
}

const NOTE =
  '# CORS guards no WebSocket: whoever names another origin stays outside (no origin: same origin, or no browser)';

const GUARDS: Readonly<Record<string, (origins: readonly string[]) => string[]>> = {
  nginx: (origins) =>
    block(
      `if ($http_origin !~ "^(${origins.map((each) => each.replace(/[.[\]]/g, '\\$&')).join('|')})?$") {`,
      ['return 403;'],
      '}',
    ),
  haproxy: (origins) => [
    `http-request deny deny_status 403 if { req.fhdr(Origin) -m found } !{ req.fhdr(Origin) -m str ${quoted(origins).join(' ')} }`,
  ],
  apache: (origins) =>
    block(
      `<If "!(%{HTTP:Origin} in { ${['', ...origins].map((each) => `'${each}'`).join(', ')} })">`,
      ['Require all denied'],
      '</If>',
    ),
  caddy: (origins) => [
    ...block('@stranger {', ['header Origin *', ...quoted(origins).map((each) => `not header Origin ${each}`)], '}'),
    'respond @stranger 403',
  ],
};

function quoted(values: readonly string[]): string[] {
  return values.map((value) => `"${value}"`);
}
