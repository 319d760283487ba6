/** Limits of proxies: how long they wait, how much they take, what they hold back. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, NGINX } from './context.ts';

function nginx({ path }: FixContext, title: string, lines: readonly string[]): Fix {
  const all = ['# proxy_pass and the other lines of this location stay as they are', ...lines];
  return {
    id: 'nginx',
    stack: NGINX,
    title,
    language: 'nginx',
    file: 'nginx.conf',
    code: block(`location ${isNginxSafe(path) ? path : '/socket.io/'} {`, all, '}').join('\n'),
  };
}

/** Seconds that are more than the heartbeat takes at worst. @param patienceMs `pingInterval + pingTimeout`, ms */
export function secondsAbove(patienceMs: number): number {
  return Math.ceil(patienceMs / 1000) + 15;
}

/** Time for a connection on which nothing happens. Sources: nginx `ngx_http_proxy_module`, HAProxy `timeout tunnel`, Apache `ProxyTimeout`. */
export function raiseIdleTimeout(context: FixContext, patienceMs: number): Fix[] {
  const needed = secondsAbove(patienceMs);
  return [
    nginx(context, `Wait ${needed} s before an idle connection is closed`, [
      `proxy_read_timeout ${needed}s;`,
      `proxy_send_timeout ${needed}s;`,
    ]),
    {
      id: 'haproxy',
      stack: 'HAProxy',
      title: `Keep tunnels open for ${needed} s without traffic`,
      language: 'text',
      file: 'haproxy.cfg',
      code: [
        'defaults',
        `    timeout tunnel ${needed}s   # WebSocket`,
        `    timeout server ${needed}s   # long polling`,
      ].join('\n'),
    },
    {
      id: 'apache',
      stack: 'Apache',
      title: `Wait ${needed} s for the server behind the proxy`,
      language: 'text',
      file: 'httpd.conf',
      code: `ProxyTimeout ${needed}`,
    },
  ];
}

/** Room for a POST. @param bytes size to take, bytes */
export function acceptBody(context: FixContext, bytes: number): Fix {
  const megabytes = Math.ceil(bytes / 1e6);
  return nginx(context, `Accept bodies of up to ${megabytes} MB`, [`client_max_body_size ${megabytes}m;`]);
}

/** Answers passed on as they come. */
export function passOnAtOnce(context: FixContext): Fix {
  return nginx(context, 'Pass answers on as they come', [
    'proxy_buffering off;',
    'proxy_cache off;',
    '# compression holds back what is small',
    'gzip off;',
  ]);
}
