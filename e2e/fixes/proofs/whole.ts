/** Whole programs that listen: where, and with which certificate. */
import type { At } from '../proof.ts';
import { type Fault, type Parties, quote } from './parties.ts';

type PortOf = (at: At) => number;

/** Of the certificate's files: the one that the browser trusts has none. Null: no TLS. */
type Prefix = string | null;

const keysOf = (prefix: string) =>
  `{ key: fs.readFileSync('${prefix}key.pem'), cert: fs.readFileSync('${prefix}cert.pem') }`;

/** @param createServer of `node:http` or `node:https` */
const listening = (createServer: string, prefix: Prefix) => `${createServer}(${prefix === null ? '' : keysOf(prefix)})`;

/** One server of Node.js for all frameworks: nobody gets as far as what it says. */
export function wholeNode(portOf: PortOf, prefix: Prefix = null): Parties {
  const fault: Fault = (at) => `import fs from 'node:fs';
import { createServer } from 'node:${prefix === null ? 'http' : 'https'}';
import { Server } from 'socket.io';
const httpServer = ${listening('createServer', prefix)};
const io = new Server(httpServer, { cors: { origin: ${quote(at.page)} } });
httpServer.listen(${portOf(at)});`;
  return [
    { fix: 'node-v4', subject: 'node-alone', fault },
    { fix: 'express', subject: 'express-alone', fault },
    { fix: 'nestjs', subject: 'nestjs-alone', fault },
    { fix: 'fastify', subject: 'fastify-alone', fault },
    { fix: 'node-v3', subject: 'node-alone-v3', fault },
  ];
}

/** The same with Socket.IO 2. */
export function wholeV2(portOf: PortOf, prefix: Prefix = null): Parties {
  const module = prefix === null ? 'http' : 'https';
  const fault: Fault = (at) => `const fs = require('node:fs');
const httpServer = ${listening(`require('node:${module}').createServer`, prefix)};
const io = require('socket.io')(httpServer);
httpServer.listen(${portOf(at)});`;
  return [{ fix: 'node-v2', subject: 'node-alone-v2', fault }];
}

/** The same in Python. */
export function wholePython(portOf: PortOf, prefix: Prefix = null): Parties {
  const fault: Fault = (at) => `import ssl
import socketio
from aiohttp import web
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[${quote(at.page)}])
app = web.Application()
sio.attach(app)
tls = None
${prefix === null ? '' : `tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)\ntls.load_cert_chain("${prefix}cert.pem", "${prefix}key.pem")`}
web.run_app(app, host="127.0.0.1", port=${portOf(at)}, ssl_context=tls, print=None)`;
  return [
    { fix: 'aiohttp', subject: 'python-alone', fault },
    { fix: 'asgi', subject: 'python-alone', fault },
    { fix: 'flask', subject: 'flask-alone', fault },
  ];
}

/** Proxies before a server without TLS. */
export function proxiesWithTls(prefix: Prefix, portOf: PortOf = ({ port }) => port): Parties {
  const isPlain = prefix === null;
  const nginx = isPlain ? '' : `ssl_certificate ${prefix}cert.pem;\n  ssl_certificate_key ${prefix}key.pem;`;
  return [
    {
      fix: 'nginx',
      subject: 'nginx-http',
      fault: (at) => `server {
  listen 127.0.0.1:${portOf(at)}${isPlain ? '' : ' ssl'};
  ${nginx}
  location / { proxy_pass http://socketio; }
}`,
    },
    {
      fix: 'haproxy',
      subject: 'haproxy-frontend',
      fault: (at) => `bind 127.0.0.1:${portOf(at)}${isPlain ? '' : ` ssl crt ${prefix}site.pem`}`,
    },
    {
      fix: 'apache',
      subject: 'apache-headers',
      fault: () =>
        isPlain ? '' : `SSLEngine on\nSSLCertificateFile ${prefix}cert.pem\nSSLCertificateKeyFile ${prefix}key.pem`,
    },
    {
      fix: 'caddy',
      subject: 'caddy-https',
      fault: (at) => `${isPlain ? 'http' : 'https'}://localhost:${portOf(at)} {
  ${isPlain ? '' : `tls ${prefix}cert.pem ${prefix}key.pem`}
  reverse_proxy {$SOCKET_IO_ADDRESS}
}`,
    },
  ];
}
