/** Whole small servers, one a stack, which listen where the client asks: over TLS where it asks over https. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, indent, isDefaultPath, isLoopback, pathInPython, portOf } from './context.ts';
import { IMPORT_SERVER, newServer, nodeServers, pythonServers } from './socket-server.ts';
import { serverV2 } from './socket-server-v2.ts';
import { fixFor } from './stacks.ts';

/** @param notes lines of comment above each, without its sign */
export function wholeServers(context: FixContext, title: string, notes: readonly string[] = []): Fix[] {
  const node = nodeProgram(context);
  const programs = [
    fixFor('node-v4', title, node),
    fixFor('express', title, expressProgram(context)),
    fixFor('nestjs', title, nestProgram(context)),
    fixFor('fastify', title, fastifyProgram(context)),
    fixFor('node-v3', title, node),
    ...serverV2(context, title).map((fix) => ({ ...fix, code: v2Program(context, fix.code).join('\n') })),
    ...pythonServers(context, {}, title).map((fix) => ({ ...fix, code: pythonProgram(context, fix).join('\n') })),
  ];
  return programs.map((fix) => ({
    ...fix,
    file: fix.id === 'nestjs' ? 'main.ts' : fix.file,
    code: [...notes.map((note) => `${fix.language === 'py' ? '#' : '//'} ${note}`), fix.code].join('\n'),
  }));
}

const CERTIFICATE = 'a certificate that the browsers trust, for the name in the client’s URL';
const KEYS = 'key: readFileSync("key.pem"), cert: readFileSync("cert.pem")';

function isSecure({ server }: FixContext): boolean {
  return server.startsWith('https:');
}

function listen(context: FixContext): string {
  const port = portOf(context.server);
  return `httpServer.listen(${port}, () => console.log("listening on port ${port}"));`;
}

/** `node:http` or `node:https`. @param handler what answers beside Socket.IO */
function httpServer(context: FixContext, handler: string[] = []): string[] {
  if (!isSecure(context)) return [`const httpServer = createServer(${handler.join('')});`];
  return [`// ${CERTIFICATE}`, `const httpServer = createServer(${[`{ ${KEYS} }`, ...handler].join(', ')});`];
}

function imports(context: FixContext): string[] {
  if (!isSecure(context)) return ['import { createServer } from "node:http";'];
  return [...importFiles(context), 'import { createServer } from "node:https";'];
}

function importFiles(context: FixContext): string[] {
  return isSecure(context) ? ['import { readFileSync } from "node:fs";'] : [];
}

function nodeProgram(context: FixContext): string[] {
  return [...imports(context), IMPORT_SERVER, '', ...httpServer(context), ...newServer(context), '', listen(context)];
}

function expressProgram(context: FixContext): string[] {
  return [
    ...imports(context),
    'import express from "express";',
    IMPORT_SERVER,
    '',
    'const app = express();',
    ...httpServer(context, ['app']),
    ...newServer(context),
    '',
    '// not app.listen(): it starts another HTTP server, without Socket.IO',
    listen(context),
  ];
}

function fastifyProgram(context: FixContext): string[] {
  const options = isSecure(context) ? `{ https: { ${KEYS} } }` : '';
  return [
    ...importFiles(context),
    'import Fastify from "fastify";',
    IMPORT_SERVER,
    '',
    ...(isSecure(context) ? [`// ${CERTIFICATE}`] : []),
    `const app = Fastify(${options});`,
    ...newServer(context, {}, 'app.server'),
    '',
    `await app.listen({ port: ${portOf(context.server)}, host: "${addressOf(context)}" });`,
  ];
}

/** Gateway and module as small as they can be: the user has their own. */
function nestProgram(context: FixContext): string[] {
  const decorator = nodeServers(context, {}, '').find(({ id }) => id === 'nestjs')?.code ?? '';
  // Its remarks are for a gateway that is there already.
  const gateway = decorator.split('\n').filter((line) => !line.startsWith('//'));
  const options = isSecure(context) ? ', { httpsOptions }' : '';
  return [
    ...importFiles(context),
    'import { Module } from "@nestjs/common";',
    'import { NestFactory } from "@nestjs/core";',
    'import { WebSocketGateway } from "@nestjs/websockets";',
    '',
    ...gateway,
    'class EventsGateway {}',
    '',
    '@Module({ providers: [EventsGateway] })',
    'class AppModule {}',
    '',
    ...block(
      'async function bootstrap() {',
      [
        ...(isSecure(context) ? [`// ${CERTIFICATE}`, `const httpsOptions = { ${KEYS} };`] : []),
        `const app = await NestFactory.create(AppModule${options});`,
        `await app.listen(${portOf(context.server)});`,
      ],
      '}',
    ),
    'bootstrap();',
  ];
}

function v2Program(context: FixContext, server: string): string[] {
  const keys = '{ key: fs.readFileSync("key.pem"), cert: fs.readFileSync("cert.pem") }';
  const secure = [
    'const fs = require("node:fs");',
    `// ${CERTIFICATE}`,
    `const httpServer = require("node:https").createServer(${keys});`,
  ];
  const plain = ['const httpServer = require("node:http").createServer();'];
  return [...(isSecure(context) ? secure : plain), server, '', listen(context)];
}

/** What to bind to: this machine only, where the client asks it by such a name. */
function addressOf({ server }: FixContext): string {
  const { hostname } = URL.canParse(server) ? new URL(server) : { hostname: '' };
  if (!isLoopback(hostname)) return '0.0.0.0';
  return hostname === '[::1]' ? '::1' : '127.0.0.1';
}

/** @param server its statement, and the import before it */
function pythonProgram(context: FixContext, { id, code: server }: Fix): string[] {
  const where = `host="${addressOf(context)}", port=${portOf(context.server)}`;
  const keys = isSecure(context) ? [`# ${CERTIFICATE}`] : [];
  const path = isDefaultPath(context.path) ? '' : `, socketio_path=${pathInPython(context)}`;
  if (id === 'flask') {
    const files = isSecure(context) ? ', certfile="cert.pem", keyfile="key.pem"' : '';
    return [
      'from flask import Flask',
      ...flaskServer(context, server),
      '',
      ...keys,
      `socketio.run(app, ${where}${files})`,
    ];
  }
  if (id === 'asgi') {
    const files = isSecure(context) ? ', ssl_certfile="cert.pem", ssl_keyfile="key.pem"' : '';
    const app = `app = socketio.ASGIApp(sio${path})`;
    return ['import uvicorn', server, app, '', ...keys, `uvicorn.run(app, ${where}${files})`];
  }
  const secure = [
    ...keys,
    'tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)',
    'tls.load_cert_chain("cert.pem", "key.pem")',
    `web.run_app(app, ${where}, ssl_context=tls)`,
  ];
  return [
    ...(isSecure(context) ? ['import ssl', ''] : []),
    'from aiohttp import web',
    server,
    'app = web.Application()',
    `sio.attach(app${path})`,
    '',
    ...(isSecure(context) ? secure : [`web.run_app(app, ${where})`]),
  ];
}

function flaskServer(context: FixContext, server: string): string[] {
  const [importLine = '', blank = '', ...statement] = server.split('\n');
  const path = isDefaultPath(context.path) ? [] : indent([`path=${pathInPython(context)},`], 2);
  return [importLine, blank, 'app = Flask(__name__)', ...statement.slice(0, -1), ...path, ...statement.slice(-1)];
}
