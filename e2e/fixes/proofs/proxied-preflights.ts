/** Preflights that a proxy answers, and answers wrongly; and those that it should answer, where the server behind it does not. */
import type { LabContext } from '../../lab/scenario.ts';
import { startV2Server } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, inProxies, type Parties, quote, sendBinary } from './parties.ts';

const options = (more = '') => ({
  arguments: ({ server }: At) => `${quote(server)}, { extraHeaders: { "x-token": "secret" }, ${more} }`,
});
const withHeader = options();
const withHeaderAndCookies = options('withCredentials: true');

/** A server that leaves CORS to the proxy. */
const withoutCors = behind(() => ({}));

type Header = [name: string, value: string];
type Headers = (at: At) => Header[];

/** What is often found in the field: the proxy answers OPTIONS by itself. */
const answering = (headers: Headers, status = 204): Parties =>
  inProxies(
    (at) => `if ($request_method = OPTIONS) {
${headers(at)
  .map(([name, value]) => `add_header ${name} "${value}";`)
  .join('\n')}
return ${status};
}`,
    (at) =>
      `http-request return status ${status} ${headers(at)
        .map(([name, value]) => `hdr ${name} "${value}"`)
        .join(' ')} if METH_OPTIONS`,
    (at) => `RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteRule ^ - [R=${status},L]
${headers(at)
  .map(([name, value]) => `Header always set ${name} "${value}" "expr=%{REQUEST_METHOD} == 'OPTIONS'"`)
  .join('\n')}`,
    (at) => `@options method OPTIONS
header @options {
X-Answered-By proxy
${headers(at)
  .map(([name, value]) => `${name} "${value}"`)
  .join('\n')}
}
respond @options ${status}`,
  );

/** The proxy sends these headers with what the server answers, and passes OPTIONS on. */
const adding = (headers: Headers): Parties => {
  const lines = (line: (header: Header) => string): Fault => {
    return (at) => headers(at).map(line).join('\n');
  };
  return inProxies(
    lines(([name, value]) => `add_header ${name} "${value}" always;`),
    lines(([name, value]) => `http-response set-header ${name} "${value}"`),
    lines(([name, value]) => `Header always set ${name} "${value}"`),
    lines(([name, value]) => `header ${name} "${value}"`),
  );
};

const ORIGIN = 'Access-Control-Allow-Origin';
const COOKIES: Header = ['Access-Control-Allow-Credentials', 'true'];
const NAMES: Header = ['Access-Control-Allow-Headers', 'x-token'];

const wrongAnswers: Proof[] = [
  ...each(
    answering(() => [[ORIGIN, 'http://localhost:1'], NAMES]),
    { rule: 'preflight-origin-mismatch', client: withHeader },
  ),
  ...each(
    answering(() => [NAMES]),
    { rule: 'preflight-missing-origin', client: withHeader },
  ),
  ...each(
    answering(() => [[ORIGIN, '*'], COOKIES, NAMES]),
    { rule: 'preflight-wildcard-with-credentials', client: withHeaderAndCookies },
  ),
  ...each(
    answering(({ page }) => [[ORIGIN, page], NAMES]),
    { rule: 'preflight-credentials-not-allowed', client: withHeaderAndCookies },
  ),
  ...each(
    answering(({ page }) => [
      [ORIGIN, page],
      ['Access-Control-Allow-Headers', 'content-type'],
    ]),
    { rule: 'preflight-header-not-allowed', client: withHeader },
  ),
  ...each(
    answering(() => [], 405),
    { rule: 'preflight-not-ok', client: withHeader },
  ),
  // Right as far as it goes: what the server answers goes without.
  ...each(
    answering(({ page }) => [[ORIGIN, page], NAMES]),
    { rule: 'cors-proxy-stripped', variant: 'preflight', client: withHeader },
  ),
].map((proof) => ({ ...proof, backends: withoutCors }));

const startV2 = async (lab: LabContext) => [Number(new URL(await startV2Server(lab)).port)];

const passedOn: Proof[] = [
  ...each(
    adding(({ page }) => [[ORIGIN, page]]),
    { rule: 'preflight-bad-handshake-method', backends: withoutCors, client: withHeader },
  ),
  // It names the origin by itself, but leaves preflights to its user.
  ...each(
    adding(() => [['X-Frame-Options', 'DENY']]),
    {
      rule: 'preflight-bad-handshake-method',
      variant: 'v2',
      backends: startV2,
      client: {
        version: 2,
        arguments: ({ server }) =>
          `${quote(server)}, { transports: ["polling"], transportOptions: { polling: { extraHeaders: { "x-token": "secret" } } } }`,
        act: sendBinary,
      },
      transport: 'polling',
    },
  ),
  ...each(
    adding(({ page }) => [[ORIGIN, page], COOKIES]),
    {
      rule: 'preflight-sid-500',
      backends: behind(() => ({ allowEIO3: true })),
      client: {
        version: 2,
        arguments: ({ server }) => `${quote(server)}, { transports: ["polling"] }`,
        act: sendBinary,
      },
      transport: 'polling',
    },
  ),
];

export const proxiedPreflights: Proof[] = [...wrongAnswers, ...passedOn];
