/** Limits of proxies: how long they wait, how much they take, what they hold back. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isNginxSafe } from './context.ts';
import { fixFor } from './stacks.ts';

function nginx({ path }: FixContext, title: string, lines: readonly string[]): Fix {
  const place = isNginxSafe(path) ? path : '/socket.io/';
  return fixFor('nginx', title, [`# inside location ${place} { }, in place of lines of the same names`, ...lines]);
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
    fixFor('haproxy', `Keep tunnels open for ${needed} s without traffic`, [
      '# in the defaults section, in place of lines of the same names',
      `timeout tunnel ${needed}s   # WebSocket`,
      `timeout server ${needed}s   # long polling`,
    ]),
    fixFor('apache', `Wait ${needed} s for the server behind the proxy`, [
      '# in the virtual host, in place of another ProxyTimeout',
      `ProxyTimeout ${needed}`,
    ]),
    fixFor('ingress-nginx', `Wait ${needed} s before an idle connection is closed`, [
      'metadata:',
      '  annotations:',
      `    nginx.ingress.kubernetes.io/proxy-read-timeout: "${needed}"`,
      `    nginx.ingress.kubernetes.io/proxy-send-timeout: "${needed}"`,
    ]),
    fixFor('alb', `Keep idle connections for ${needed} s`, [
      'aws elbv2 modify-load-balancer-attributes --load-balancer-arn "YOUR-LOAD-BALANCER-ARN" \\',
      `  --attributes Key=idle_timeout.timeout_seconds,Value=${needed}`,
    ]),
  ];
}

/**
 * Room for a POST. HAProxy has no limit but what its configuration refuses; Apache passes any size on, whatever its `LimitRequestBody` is,
 * and Caddy answers a `502`. @param bytes size to take, bytes
 */
export function acceptBody(context: FixContext, bytes: number): Fix[] {
  const megabytes = Math.ceil(bytes / 1e6);
  const title = `Accept bodies of up to ${megabytes} MB`;
  return [
    nginx(context, title, [`client_max_body_size ${megabytes}m;`]),
    fixFor('haproxy', title, [
      '# in place of the line that refuses large bodies',
      `http-request deny deny_status 413 if { req.body_size gt ${megabytes * 1e6} }`,
    ]),
    fixFor('ingress-nginx', title, [
      'metadata:',
      '  annotations:',
      `    nginx.ingress.kubernetes.io/proxy-body-size: "${megabytes}m"`,
    ]),
  ];
}
