/** The lab of misbehaving servers: one page that lists the scenarios, and the servers of those that were visited. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { certificate } from './certificates.ts';
import { indexPage, scenarioPage, serviceWorker } from './page.ts';
import { openPorts } from './ports.ts';
import type { LabContext, Running, Scenario } from './scenario.ts';
import { scenarios as allScenarios } from './scenarios/index.ts';

const require = createRequire(import.meta.url);
const FILES: Record<string, { type: string; path: string }> = {
  '/client/v4.js': { type: 'text/javascript', path: require.resolve('socket.io-client/dist/socket.io.js') },
  '/client/v3.js': { type: 'text/javascript', path: require.resolve('socket.io-client-v3/dist/socket.io.js') },
  '/client/v2.js': { type: 'text/javascript', path: require.resolve('socket.io-client-v2/dist/socket.io.js') },
  '/page.js': { type: 'text/javascript', path: fileURLToPath(new URL('page.client.js', import.meta.url)) },
  '/page.css': { type: 'text/css', path: fileURLToPath(new URL('page.css', import.meta.url)) },
};

export interface Lab {
  /** Origin of its page. */
  origin: string;
  scenarios: readonly Scenario[];
  /** Address of a scenario's page. Its clients try again and again, as they do by default, unless told to try once. */
  url(id: string, how?: 'once'): string;
  /** Starts a scenario's servers, unless they are up. */
  start(id: string): Promise<Running>;
  close(): Promise<void>;
}

/**
 * Opens the lab. Nothing but its page is up until a scenario is visited.
 * @param firstPort the page's port; the servers' follow, skipping taken ones. 0: any free ports.
 */
export async function openLab({ firstPort = 0, scenarios = allScenarios } = {}): Promise<Lab> {
  const ports = openPorts(firstPort);
  const ends: (() => unknown)[] = [];
  const started = new Map<string, Promise<Running>>();
  const mounted = new Map<string, RequestListener>();

  const listener: RequestListener = (request, response) => {
    const app = [...mounted].find(([path]) => request.url?.startsWith(path))?.[1];
    if (app) return app(request, response);
    answer(request, response).catch((error: unknown) => send(response, 500, 'text/plain', String(error)));
  };
  const pageServer = createServer(listener);
  const page = `http://localhost:${await ports.listen(pageServer)}`;
  const secureServer = createSecureServer(certificate('page'), listener);
  let securePage: Promise<string> | undefined;
  const context: LabContext = {
    page,
    pageServer,
    mount: (path, app) => void mounted.set(path, app),
    listen: ports.listen,
    freePort: ports.free,
    atEnd: (end) => void ends.push(end),
  };

  function find(id: string): Scenario | undefined {
    return scenarios.find((scenario) => scenario.id === id);
  }

  /** Only up once a scenario needs it: while someone looks, ports are given out in order. */
  async function pageOf(scenario: Scenario | undefined): Promise<string> {
    if (!scenario?.isHttps) return page;
    securePage ??= ports.listen(secureServer).then((port) => `https://localhost:${port}`);
    return securePage;
  }

  function start(id: string): Promise<Running> {
    const scenario = find(id);
    if (!scenario) return Promise.reject(new Error(`The lab has no scenario "${id}"`));
    const running = started.get(id) ?? pageOf(scenario).then((origin) => scenario.start({ ...context, page: origin }));
    started.set(id, running);
    return running;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', page);
    const file = FILES[pathname];
    if (file) return send(response, 200, file.type, await readFile(file.path, 'utf8'));
    if (pathname === '/') return send(response, 200, 'text/html', indexPage(scenarios));
    const isWorker = pathname === '/service-worker.js';
    const scenario = find(isWorker ? (searchParams.get('of') ?? '') : pathname.replace('/s/', ''));
    if (!scenario) return send(response, 404, 'text/plain', 'The lab has no such page.');
    const address = `${await pageOf(scenario)}${request.url}`;
    if (scenario.isHttps && !(request.socket instanceof TLSSocket)) {
      response.writeHead(302, { location: address, 'cache-control': 'no-store' });
      return void response.end();
    }
    const { client } = await start(scenario.id);
    if (isWorker) {
      response.setHeader('service-worker-allowed', '/');
      return send(response, 200, 'text/javascript', serviceWorker(client));
    }
    for (const [name, value] of Object.entries(client.pageHeaders ?? {})) response.setHeader(name, value);
    if (client.isSandboxed) response.setHeader('content-security-policy', 'sandbox allow-scripts');
    return send(response, 200, 'text/html', scenarioPage(scenario, client));
  }

  return {
    origin: page,
    scenarios,
    url: (id, how) => `${page}/s/${id}${how === 'once' ? '?once' : ''}`,
    start,
    async close() {
      await Promise.allSettled(ends.map(async (end) => end()));
      await ports.close();
    },
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}
