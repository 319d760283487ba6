import { startProgram } from './program.ts';
import type { LabContext } from './scenario.ts';

/** What HAProxy shall do besides passing on to its backends. All lists hold lines of configuration. */
export interface HaproxyConfig {
  /** Of the backend section: how to choose a server, and what to do to requests and answers. */
  backend?: readonly string[];
  /** Of the frontend section. */
  frontend?: readonly string[];
  /** Further backend sections, by name. */
  backends?: Record<string, readonly string[]>;
  /** Of the defaults section, after the lab's own: the last of two alike counts. */
  defaults?: readonly string[];
}

/** Sends a client to the same server each time. Source: https://socket.io/docs/v4/using-multiple-nodes/#haproxy-configuration */
const BY_COOKIE: readonly string[] = ['balance roundrobin', 'cookie io prefix indirect nocache'];

/** The same where the client sends no cookies: cross-origin, without credentials. */
export const BY_SOURCE: readonly string[] = ['balance source', 'hash-type consistent'];

/**
 * Starts a real HAProxy that listens on a free loopback port and passes everything to `backends`. Without `wanted` it is set up as
 * it should be, with the stickiness that Socket.IO's documentation shows. Resolves to its URL, once it answers.
 */
export async function startHaproxy(
  lab: LabContext,
  backends: number | readonly number[],
  wanted: HaproxyConfig = {},
): Promise<string> {
  const { url } = await startProgram(lab, 'haproxy', async ({ port, write }) => ({
    args: ['-db', '-f', await write('haproxy.cfg', config(port, [backends].flat(), wanted))],
  }));
  return url;
}

function config(port: number, targets: readonly number[], wanted: HaproxyConfig): string {
  const { backend = BY_COOKIE, backends = {}, frontend = [], defaults = [] } = wanted;
  const servers = targets.map((target, index) => `server node${index} 127.0.0.1:${target} cookie node${index}`);
  const sections = [
    section('defaults', [...DEFAULTS, ...defaults]),
    section('frontend lab', [`bind 127.0.0.1:${port}`, ...frontend, 'default_backend nodes']),
    section('backend nodes', [...backend, ...servers]),
    ...Object.entries(backends).map(([name, lines]) => section(`backend ${name}`, lines)),
  ];
  return sections.join('');
}

const DEFAULTS = ['mode http', 'timeout connect 5s', 'timeout client 60s', 'timeout server 60s', 'timeout tunnel 1h'];

function section(name: string, lines: readonly string[]): string {
  return `${name}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
