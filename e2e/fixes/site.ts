/** What one proof needs around it: a page of its own origin, ports, and an end. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { certificate } from '../lab/certificates.ts';
import { openPorts } from '../lab/ports.ts';
import type { ClientVersion, LabContext } from '../lab/scenario.ts';

const require = createRequire(import.meta.url);
const CLIENTS: Record<ClientVersion, string> = {
  2: require.resolve('socket.io-client-v2/dist/socket.io.js'),
  3: require.resolve('socket.io-client-v3/dist/socket.io.js'),
  4: require.resolve('socket.io-client/dist/socket.io.js'),
};

/** The page as it is now; a proof about the client changes its script. */
export interface PagePlan {
  version: ClientVersion;
  /** Of `client.js`, its region filled. */
  script: string;
  /** Of `headers.txt`, its region filled: what the page is served with. */
  headers: string;
  /** What the page does once it is connected: body of an async function of `socket`. */
  act: string;
  /** Served as a stranger's frame has it: without an origin. */
  isSandboxed: boolean;
  /** What the page does before its own script runs: body of an async function. Without it the script runs at once. */
  before: string;
  /** Origin of the server, for scripts whose region is about something else. */
  server: string;
  /** Of `service-worker.js`, its region filled. */
  worker: string;
  /** Called when the page asks for it: what the world does to it. */
  event(): Promise<unknown>;
  /** The script is a whole application, which is its own witness. */
  isApp: boolean;
  /** ms after which the page counts as settled, although it still waits for something. */
  waitsMs: number;
}

export interface Site {
  lab: LabContext;
  plan: PagePlan;
  close(): Promise<void>;
}

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A fix, proven</title><link rel="icon" href="data:,">
<body><h1>A fix, proven</h1><pre id="log"></pre>
<script src="/proof/io.js"></script><script src="/proof/act.js"></script>
@START@</body></html>
`;
const AT_ONCE = '<script src="/proof/client.js"></script>';
const LATER = '<script type="module" src="/proof/start.js"></script>';
const APP = '<script type="module" src="/proof/client.js"></script>';
const NEVER_MS = 60_000;

/** Opens a page on a port of its own, over https if that is asked for. */
export async function openSite({ isHttps = false } = {}): Promise<Site> {
  const ports = openPorts(0);
  const ends: (() => unknown)[] = [];
  const plan: PagePlan = {
    version: 4,
    script: '',
    headers: '',
    act: '',
    isSandboxed: false,
    before: '',
    server: '',
    worker: '',
    event: async () => {},
    isApp: false,
    waitsMs: NEVER_MS,
  };
  const listener: RequestListener = (request, response) => {
    answer(request, response, plan).catch((error: unknown) => send(response, 500, 'text/plain', String(error)));
  };
  const pageServer = isHttps ? createSecureServer(certificate('page'), listener) : createServer(listener);
  const port = await ports.listen(pageServer);
  const lab: LabContext = {
    page: `${isHttps ? 'https' : 'http'}://localhost:${port}`,
    pageServer,
    mount: () => {
      throw new Error('A proof has one page');
    },
    listen: ports.listen,
    freePort: ports.free,
    atEnd: (end) => void ends.push(end),
  };
  return {
    lab,
    plan,
    async close() {
      await Promise.allSettled(ends.map(async (end) => end()));
      await ports.close();
    },
  };
}

/** Reads a file of `sources/`. */
export function readSource(name: string): Promise<string> {
  return readFile(new URL(`sources/${name}`, import.meta.url), 'utf8');
}

async function answer(request: IncomingMessage, response: ServerResponse, plan: PagePlan): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/proof/io.js')
    return send(response, 200, 'text/javascript', await readFile(CLIENTS[plan.version], 'utf8'));
  if (pathname === '/proof/client.js') return send(response, 200, 'text/javascript', await clientScript(plan));
  if (pathname === '/proof/act.js') return send(response, 200, 'text/javascript', await actions(plan));
  if (pathname === '/proof/service-worker.js') return send(response, 200, 'text/javascript', plan.worker);
  if (pathname === '/proof/work.js') return send(response, 200, 'text/javascript', await readSource('page/work.js'));
  if (pathname === '/proof/event') return send(response, 200, 'text/plain', String(await plan.event()));
  if (pathname === '/proof/start.js') return send(response, 200, 'text/javascript', await readSource('page/start.js'));
  if (pathname === '/proof/') {
    if (plan.isSandboxed) response.setHeader('content-security-policy', 'sandbox allow-scripts');
    for (const [, name = '', value = ''] of plan.headers.matchAll(/^([\w-]+): (.+)$/gm))
      response.setHeader(name, value);
    return send(response, 200, 'text/html', PAGE.replace('@START@', startOf(plan)));
  }
  send(response, 404, 'text/plain', 'No such page.');
}

/** The page's own script and, in the same task, its witness: one that came later could miss the connection. An application has its own. */
async function clientScript({ script, isApp }: PagePlan): Promise<string> {
  return isApp ? script : `${script}\n${await readSource('page/witness.js')}`;
}

function startOf({ isApp, before }: PagePlan): string {
  if (isApp) return APP;
  return before ? LATER : AT_ONCE;
}

async function actions({ before, act, waitsMs, server }: PagePlan): Promise<string> {
  return `${await readSource('page/note.js')}
window.before = async () => {\n${before}\n};
window.act = async (socket) => {\n${act}\n};
window.waitsMs = ${waitsMs};\nwindow.server = ${JSON.stringify(server)};`;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}
