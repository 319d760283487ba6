/** The stacks that fixes are written for: how the Stack box calls them, and the file that is changed. */
import type { Fix } from '../model/finding.ts';

type Look = Pick<Fix, 'stack' | 'language' | 'file'>;

export const STACKS = {
  'node-v4': { stack: 'Node.js Socket.IO v4', language: 'js', file: 'server.js' },
  'node-v3': { stack: 'Node.js Socket.IO v3', language: 'js', file: 'server.js' },
  'node-v2': { stack: 'Node.js Socket.IO v2', language: 'js', file: 'server.js' },
  express: { stack: 'Express', language: 'js', file: 'server.js' },
  'express-session': { stack: 'Express with express-session', language: 'js', file: 'server.js' },
  nestjs: { stack: 'NestJS', language: 'ts', file: 'events.gateway.ts' },
  fastify: { stack: 'Fastify', language: 'js', file: 'server.js' },
  next: { stack: 'Next.js custom server', language: 'js', file: 'server.js' },
  'next-api': { stack: 'Next.js API route', language: 'js', file: 'pages/api/socket.js' },
  'next-config': { stack: 'Next.js', language: 'js', file: 'next.config.js' },
  aiohttp: { stack: 'python-socketio (aiohttp)', language: 'py', file: 'server.py' },
  asgi: { stack: 'python-socketio (ASGI)', language: 'py', file: 'server.py' },
  flask: { stack: 'Flask-SocketIO', language: 'py', file: 'server.py' },
  nginx: { stack: 'nginx', language: 'nginx', file: 'nginx.conf' },
  haproxy: { stack: 'HAProxy', language: 'text', file: 'haproxy.cfg' },
  apache: { stack: 'Apache', language: 'text', file: 'httpd.conf' },
  caddy: { stack: 'Caddy', language: 'text', file: 'Caddyfile' },
  traefik: { stack: 'Traefik', language: 'yaml', file: 'dynamic.yml' },
  'ingress-nginx': { stack: 'Kubernetes ingress-nginx', language: 'yaml', file: 'ingress.yaml' },
  alb: { stack: 'AWS Application Load Balancer', language: 'sh', file: 'terminal' },
  heroku: { stack: 'Heroku', language: 'sh', file: 'terminal' },
  cloudflare: { stack: 'Cloudflare', language: 'text', file: 'dashboard' },
  vite: { stack: 'Vite dev server', language: 'js', file: 'vite.config.js' },
  webpack: { stack: 'webpack dev server', language: 'js', file: 'webpack.config.js' },
  react: { stack: 'React', language: 'js', file: 'useSocket.js' },
  'browser-client': { stack: 'Browser client', language: 'js', file: 'client.js' },
} as const satisfies Record<string, Look>;

export type StackId = keyof typeof STACKS;

/** The same fixes with a note above their code, as a comment of its language. */
export function withNote(fixes: readonly Fix[], note: string): Fix[] {
  return fixes.map((fix) => ({ ...fix, code: `${fix.language === 'py' ? '#' : '//'} ${note}\n${fix.code}` }));
}

/** The fix for one stack. @param lines its code */
export function fixFor(id: StackId, title: string, lines: readonly string[]): Fix {
  return { id, ...STACKS[id], title, code: lines.join('\n') };
}
