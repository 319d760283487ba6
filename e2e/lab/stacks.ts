/** What Socket.IO meets in real projects: frameworks around it, and servers that are something else. */
import { createServer, type RequestListener } from 'node:http';
import express, { type Express } from 'express';
import { Server, type ServerOptions } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LabContext } from './scenario.ts';
import { greet } from './servers.ts';

/** An HTTP server that is up. */
export interface LabHttp {
  url: string;
  port: number;
}

/** Starts an HTTP server that answers with `app`. */
export async function startHttp(lab: LabContext, app: RequestListener): Promise<LabHttp> {
  const port = await lab.listen(createServer(app));
  return { url: `http://localhost:${port}`, port };
}

const INDEX = '<!doctype html>\n<html lang="en"><title>App</title><div id="root"></div></html>\n';

/** A single-page app, as static hosts serve it: whatever is asked for, the answer is `index.html`. */
export function singlePageApp(): Express {
  return express().use((_request, response) => {
    response.type('html').send(INDEX);
  });
}

/**
 * Next.js with API routes, each by its path: what else is asked for is redirected to where it has no slash at its end, and not
 * found there. It is a model, since Next.js itself is 350 MB: statuses, headers and order are those that 16.4 gave to a handshake.
 */
export function nextApp(routes: Record<string, RequestListener> = {}): RequestListener {
  return (request, response) => {
    const [pathname = '/', query] = (request.url ?? '/').split('?');
    if (pathname.endsWith('/')) {
      const location = pathname.slice(0, -1) + (query ? `?${query}` : '');
      response.writeHead(308, { location, refresh: `0;url=${location}` }).end(location);
      return;
    }
    const route = routes[pathname];
    if (route) route(request, response);
    else response.writeHead(404, NEXT_NOT_FOUND).end(NOT_FOUND_PAGE);
  };
}

const NEXT_NOT_FOUND = {
  'Cache-Control': 'private, no-cache, no-store, max-age=0, must-revalidate',
  'X-Powered-By': 'Next.js',
  'Content-Type': 'text/html; charset=utf-8',
};
const NOT_FOUND_PAGE =
  '<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>404: This page could not be found</title></head></html>';

/** The API route of the usual tutorials: hangs Socket.IO on the server when it is first called, and answers nothing. */
export function socketRoute(lab: LabContext, config: Partial<ServerOptions>): RequestListener {
  let io: Server | undefined;
  return (_request, response) => {
    if (!io) {
      io = new Server(lab.pageServer, config);
      io.on('connection', greet);
      const { engine } = io;
      lab.atEnd(() => engine.close());
    }
    response.end();
  };
}

/** Starts a plain WebSocket server (`ws`), on which there is no Engine.IO. `path`: the only one that it takes. */
export async function startWebSocketServer(
  lab: LabContext,
  onConnection: (socket: WebSocket) => void,
  { path }: { path?: string } = {},
): Promise<LabHttp> {
  const http = createServer((_request, response) => response.writeHead(426).end('Upgrade Required'));
  new WebSocketServer({ server: http, path }).on('connection', onConnection);
  const port = await lab.listen(http);
  return { url: `http://localhost:${port}`, port };
}

/** Options of `@WebSocketGateway`, and of the app's own `enableCors`, which does not reach the gateway. */
export interface NestConfig {
  gateway?: Record<string, unknown>;
  enableCors?: Record<string, unknown>;
}

/** Starts a NestJS app with one gateway. Loads NestJS only now: it takes a moment that other scenarios need not wait for. */
export async function startNest(lab: LabContext, { gateway = {}, enableCors }: NestConfig = {}): Promise<LabHttp> {
  await import('reflect-metadata');
  const { Module } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');

  class AppModule {}
  Module({ providers: [await greeterGateway(gateway)] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false, forceCloseConnections: true });
  if (enableCors) app.enableCors(enableCors);
  await app.init();
  lab.atEnd(() => app.close());
  const port = await lab.listen(app.getHttpServer());
  return { url: `http://localhost:${port}`, port };
}

/** The decorators are called: this project's TypeScript is stripped of its types, no more. */
async function greeterGateway(options: Record<string, unknown>) {
  const { SubscribeMessage, WebSocketGateway } = await import('@nestjs/websockets');
  class Greeter {
    /** The page says hello once it is connected, and shows the answer. NestJS puts the socket first. */
    hello(_socket: unknown, name: string): string {
      return `Hello ${name}`;
    }
  }
  const hello = Object.getOwnPropertyDescriptor(Greeter.prototype, 'hello');
  if (hello) SubscribeMessage('hello')(Greeter.prototype, 'hello', hello);
  WebSocketGateway(options)(Greeter);
  return Greeter;
}
