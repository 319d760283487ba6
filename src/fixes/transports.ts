/** Which transports each end uses, and in which order. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, js } from './context.ts';
import { connect } from './socket-client.ts';
import { fixFor } from './stacks.ts';

/** The client with what the server offers. */
export function singleTransport(context: FixContext, transport: 'polling' | 'websocket'): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: `Let the client use \`${transport}\` alone`,
    language: 'js',
    file: 'client.js',
    code: connect(context, [`transports: [${js(transport)}],`]).join('\n'),
  };
}

/** The way around whatever lets no WebSocket through. A client that began with one has met no CORS yet. */
export function pollingAlone(context: FixContext): Fix {
  const { page, isSocketFirst } = context;
  const lines = [
    '// a way around: slower, a request for every message; several processes need stickiness for it',
    ...(isSocketFirst && page !== null
      ? [`// polling needs CORS, which a WebSocket does not: the server has to allow ${js(page)} (cors.origin)`]
      : []),
  ];
  const fix = singleTransport(context, 'polling');
  return {
    ...fix,
    id: 'browser-client-polling',
    title: 'Do without WebSocket: let the client use `polling` alone',
    code: [...lines, fix.code].join('\n'),
    workaround: true,
  };
}

/** Polling first, as by default, for a client that tries WebSocket alone: what cannot be upgraded stays on it. `tryAllTransports` came with client 4.8. */
export function pollingFirst(context: FixContext): Fix {
  return fixFor('browser-client', 'Start with polling, and upgrade from there', [
    '// without `transports`: polling first, then WebSocket, which is the default',
    ...connect(context),
    '',
    '// or, from client 4.8 on, WebSocket first and polling if that fails:',
    '// transports: ["websocket", "polling"], tryAllTransports: true',
  ]);
}
