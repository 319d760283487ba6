import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Answer, caseOfUrl, type FuzzCase, type WireFault } from './case.ts';

interface WireRequest {
  method: string;
  target: string;
  headers: Map<string, string>;
}

/**
 * A server on loopback that answers every case's request with exactly the scripted bytes. Node's own HTTP server would
 * tidy header lines up (trim, merge, refuse), and untidy lines are what is to be tested.
 */
export class ScriptedServer {
  readonly #cases = new Map<string, FuzzCase>();
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  /** Opens one listener and returns its port; 0 asks for a free one. Throws when the address is taken. */
  listen(host: string, port = 0): Promise<number> {
    const server = createServer((socket) => this.#serve(socket));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  }

  script(cases: readonly FuzzCase[]): void {
    for (const one of cases) this.#cases.set(one.id, one);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) server.close();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      // A TLS handshake (record type 22): answered in plain text, as a server without TLS does.
      if (received.startsWith('\u0016')) return fail(socket, 'garbage');
      for (;;) {
        const parsed = parseRequest(received);
        if (!parsed) return;
        received = received.slice(parsed.length);
        this.#answer(socket, parsed.request);
      }
    });
  }

  #answer(socket: Socket, request: WireRequest): void {
    const page = pageFor(request.target);
    if (page) return send(socket, page, request.method);
    const found = caseOfUrl(request.target);
    const hop = found && this.#cases.get(found.id)?.hops[found.hop];
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
    const answer = hop ? (isPreflight ? hop.preflight : hop.response) : null;
    if (answer === null || answer === undefined) return send(socket, NOT_SCRIPTED, request.method);
    if (typeof answer === 'string') return fail(socket, answer);
    send(socket, answer, request.method);
  }
}

const NOT_SCRIPTED: Answer = { status: 404, statusText: 'Not Found', headers: [['Content-Length', '0']], body: '' };

const PAGE_SCRIPT = readFileSync(join(import.meta.dirname, 'page.js'), 'utf8');

const PAGES: Record<string, [name: string, value: string][]> = {
  // Cookies mind no ports: this one goes along with credentialed requests to any server on the page's own host.
  '/page': [['Set-Cookie', 'fuzz=1; Path=/socket.io/']],
  '/sandbox': [['Content-Security-Policy', 'sandbox allow-scripts']],
  '/csp': [['Content-Security-Policy', "connect-src 'self'"]],
};

function pageFor(target: string): Answer | null {
  const headers = PAGES[target];
  if (!headers) return null;
  const body = `<!doctype html><title>page</title><script>${PAGE_SCRIPT}</script>`;
  return {
    status: 200,
    statusText: 'OK',
    headers: [['Content-Type', 'text/html'], ['Content-Length', String(Buffer.byteLength(body))], ...headers],
    body,
  };
}

function parseRequest(text: string): { request: WireRequest; length: number } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = end + 4 + Number(headers.get('content-length') ?? 0);
  if (text.length < length) return null;
  const [method = '', target = ''] = start.split(' ');
  return { request: { method, target, headers }, length };
}

function send(socket: Socket, answer: Answer, method: string): void {
  const named = new Set(answer.headers.map(([name]) => name.toLowerCase()));
  const bodyless = method === 'HEAD' || answer.status === 204 || answer.status === 304;
  const framed = bodyless || named.has('content-length');
  const lines = [
    `HTTP/1.1 ${answer.status} ${answer.statusText}`,
    ...answer.headers.map(([name, value]) => `${name}:${value}`),
  ];
  if (!framed) lines.push('Connection: close');
  const bytes = `${lines.join('\r\n')}\r\n\r\n${bodyless ? '' : answer.body}`;
  socket.write(Buffer.from(bytes, 'latin1'));
  if (!framed) socket.end();
}

function fail(socket: Socket, fault: WireFault): void {
  if (fault === 'reset') socket.resetAndDestroy();
  else if (fault === 'close') socket.end();
  else socket.end('\u0000\u0001garbage, not HTTP\r\n\r\n');
}
