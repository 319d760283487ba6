import { parseUrl } from './url.ts';

/** In what way a single `Access-Control-Allow-Origin` value misses the origin that it was meant for. */
export type NearMiss =
  | 'trailing-slash'
  | 'scheme'
  | 'port'
  | 'loopback-alias'
  | 'www'
  | 'case'
  | 'missing-scheme'
  | 'has-path'
  | 'other';

interface Parts {
  protocol: string;
  hostname: string;
  port: string;
  path: string;
}

type Test = (origin: string, allowed: string) => boolean;

/** The first that holds. Each says that the two differ in this and in nothing else that an origin has. */
const tests: readonly (readonly [NearMiss, Test])[] = [
  ['trailing-slash', (origin, allowed) => allowed === `${origin}/`],
  ['scheme', onlyDiffersIn('protocol')],
  ['port', onlyDiffersIn('port')],
  ['port', namesDefaultPort],
  ['loopback-alias', onlyDiffersIn('hostname', (origin, allowed) => isLoopback(origin) && isLoopback(allowed))],
  ['www', onlyDiffersIn('hostname', (origin, allowed) => withoutWww(origin) === withoutWww(allowed))],
  ['case', (origin, allowed) => withoutSlash(allowed).toLowerCase() === origin],
  [
    'missing-scheme',
    (origin, allowed) =>
      !/^https?:/i.test(allowed) && afterScheme(origin) === afterScheme(withoutSlash(allowed).toLowerCase()),
  ],
  ['has-path', (origin, allowed) => allowed.toLowerCase().startsWith(`${origin}/`)],
];

/**
 * Names the mistake behind an `AllowOriginMismatch` or `InvalidAllowOriginValue`.
 *
 * @param origin the request's `Origin`
 * @param allowed the response's `Access-Control-Allow-Origin`, one value
 */
export function nearMiss(origin: string, allowed: string): NearMiss {
  return tests.find(([, test]) => test(origin, allowed))?.[0] ?? 'other';
}

const originParts = ['protocol', 'hostname', 'port'] as const;

/** Two origins that differ in that part alone, and for which `test` holds. */
function onlyDiffersIn(
  part: (typeof originParts)[number],
  test: (origin: Parts, allowed: Parts) => boolean = () => true,
): Test {
  return (originText, allowedText) => {
    const origin = partsOf(originText);
    const allowed = partsOf(allowedText);
    if (!origin || !allowed || allowed.path !== '/') return false;
    return originParts.every((name) => (origin[name] !== allowed[name]) === (name === part)) && test(origin, allowed);
  };
}

/** Null when the text is not an http(s) URL. */
function partsOf(text: string): Parts | null {
  const url = /^https?:\/\//i.test(text) ? parseUrl(text) : null;
  if (!url) return null;
  const { protocol, hostname, port, pathname, search, hash } = url;
  return { protocol, hostname, port, path: pathname + search + hash };
}

/** `http://a:80` is the origin `http://a`, but is compared as text. */
function namesDefaultPort(origin: string, allowed: string): boolean {
  return withoutSlash(allowed) === `${origin}:${origin.startsWith('https:') ? 443 : 80}`;
}

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

function isLoopback({ hostname }: Parts): boolean {
  return loopbackHosts.includes(hostname);
}

function withoutWww({ hostname }: Parts): string {
  return hostname.replace(/^www\./, '');
}

function afterScheme(text: string): string {
  return text.replace(/^([a-z]+:)?\/\//, '');
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, '');
}
