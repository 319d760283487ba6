/** Proxies that end TLS before Socket.IO, which speaks plain HTTP behind them. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isLoopback, isNginxSafe, portOf } from './context.ts';
import { fixFor } from './stacks.ts';
import { nginxServer } from './upgrade.ts';

const CERTIFICATE = '# a certificate that the browsers trust, for the name in the client’s URL, with its whole chain';

/**
 * Each proxy with a certificate, and with WebSockets passed on. Empty where the server's name cannot stand in a configuration.
 * Sources: nginx `ngx_http_ssl_module`, HAProxy `bind … ssl crt`, Apache `mod_ssl`, https://caddyserver.com/docs/caddyfile/directives/tls
 */
export function endTls(context: FixContext): Fix[] {
  const { server } = context;
  if (!URL.canParse(server) || !isNginxSafe(new URL(server).hostname)) return [];
  const { hostname, host } = new URL(server);
  const port = portOf(server);
  return [
    fixFor(
      'nginx',
      'Let nginx speak TLS',
      nginxServer(context, [CERTIFICATE, 'ssl_certificate cert.pem;', 'ssl_certificate_key key.pem;']),
    ),
    fixFor('haproxy', 'Let HAProxy speak TLS', [
      '# in the frontend, in place of its bind line for that port; site.pem: certificate, chain and key in one file',
      CERTIFICATE,
      `bind ${isLoopback(hostname) ? `${hostname}:${port}` : `:${port}`} ssl crt site.pem`,
    ]),
    fixFor('apache', 'Let Apache speak TLS', [
      `# in the virtual host for port ${port}; needs mod_ssl`,
      CERTIFICATE,
      'SSLEngine on',
      'SSLCertificateFile cert.pem',
      'SSLCertificateKeyFile key.pem',
    ]),
    fixFor('caddy', 'Let Caddy speak TLS', [
      '# in place of the site block for that address; the address of your server, unless the environment says another',
      ...block(
        `https://${host} {`,
        [
          `${CERTIFICATE}; for a public name, Caddy gets one itself without this line`,
          'tls cert.pem key.pem',
          'reverse_proxy {$SOCKET_IO_ADDRESS:127.0.0.1:3001}',
        ],
        '}',
      ),
    ]),
  ];
}
