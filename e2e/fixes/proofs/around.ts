/** The server stays as it is, whatever it says; the page comes from elsewhere. */
import { FORWARD_UPGRADE, startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { each, nothing, type Parties, quote, sendBinary, withRoute } from './parties.ts';

const parties: Parties = [
  { fix: 'vite', subject: 'vite', fault: () => 'export default {};' },
  { fix: 'webpack', subject: 'webpack', fault: () => 'module.exports = {};' },
  { fix: 'nginx-page', subject: 'nginx-page', fault: nothing },
];

type Config = Parameters<typeof startServer>[1];

/** The page comes through the subject, so that is its origin. */
const pageThrough = (port: number) => `http://localhost:${port}`;

const behind = (config: (page: string) => Config) => async (lab: LabContext, port: number) => [
  (await startServer(lab, config(pageThrough(port)))).port,
];

/** The same with nginx before it. */
const behindNginx =
  (config: (page: string) => Config, directives: (page: string) => string[]) =>
  async (lab: LabContext, port: number) => {
    const page = pageThrough(port);
    const { port: own } = await startServer(lab, config(page));
    const url = await startNginx(lab, own, [...FORWARD_UPGRADE, ...directives(page)]);
    return [Number(new URL(url).port)];
  };

const direct = ({ backends }: At) => quote(`http://localhost:${backends[0]}`);

/** The page asks the server itself, with these options. */
const asking = (options = '{}') => ({ arguments: (at: At) => `${direct(at)}, ${options}` });

const withHeader = asking('{ extraHeaders: { "x-token": "secret" } }');
const withCookies = asking('{ withCredentials: true }');

const around = (rule: string, backends: Proof['backends'], client: Proof['client'] = asking()): Proof[] =>
  each(parties, { rule, bringsPage: true, backends, client });

export const arounds: Proof[] = [
  ...around(
    'cors-not-configured',
    behind(() => ({})),
  ),
  ...around(
    'cors-origin-mismatch',
    behind(() => ({ cors: { origin: 'http://localhost:1' } })),
  ),
  ...around(
    'cors-origin-not-in-list',
    behind(() => ({ cors: { origin: ['https://other.example'] } })),
  ),
  ...around(
    'cors-wildcard-with-credentials',
    behind(() => ({ cors: { origin: '*' } })),
    withCookies,
  ),
  ...around(
    'cors-credentials-not-allowed',
    behind((page) => ({ cors: { origin: page } })),
    withCookies,
  ),
  ...around('cors-express-only', async (lab, port) => withRoute(lab, pageThrough(port)), {
    arguments: (at) => `(fetch(${direct(at)} + "/api/profile"), ${direct(at)})`,
  }),
  ...around(
    'preflight-bad-handshake-method',
    behind(() => ({})),
    withHeader,
  ),
  ...around(
    'preflight-missing-origin',
    behind(() => ({ cors: { origin: ['https://other.example'] } })),
    withHeader,
  ),
  ...around(
    'preflight-not-ok',
    behindNginx(
      (page) => ({ cors: { origin: page } }),
      () => ['if ($request_method = OPTIONS) { return 405; }'],
    ),
    withHeader,
  ),
  ...around(
    'preflight-sid-500',
    behindNginx(
      () => ({ allowEIO3: true }),
      (page) => [
        `add_header Access-Control-Allow-Origin ${page} always;`,
        'add_header Access-Control-Allow-Credentials true always;',
      ],
    ),
    { ...asking('{ transports: ["polling"] }'), version: 2, act: sendBinary },
  ),
];
