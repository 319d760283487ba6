/**
 * Content Security Policy as far as it decides whether a page may connect: `connect-src`, and `default-src` in its place.
 * Source: https://w3c.github.io/webappsec-csp/ ("URL matching"); where the browsers differ, as Chromium 156 does.
 */

/** Directives that are looked at; `treat-as-public-address` makes Chromium ask before the page may reach the local network. */
const TELLING = ['connect-src', 'default-src', 'treat-as-public-address'];

/** One policy: its directives by name in lower case, each with its source expressions. The first of a name counts. */
export type ContentSecurityPolicy = ReadonlyMap<string, string[]>;

/** Reads the value of a header, which may hold several policies, separated by commas ("parse a serialized CSP list"). */
export function parsePolicies(header: string): ContentSecurityPolicy[] {
  return header
    .split(',')
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): ContentSecurityPolicy {
  const policy = new Map<string, string[]>();
  for (const directive of text.split(';')) {
    const [name = '', ...sources] = directive.split(/[\t\n\f\r ]+/).filter((token) => token !== '');
    if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

/** Only what decides about connections, as a header's value: what a report may hand on. `''` when that is nothing. */
export function tellingPart(header: string): string {
  const policies = parsePolicies(header).map((policy) =>
    [...policy]
      .filter(([name]) => TELLING.includes(name))
      .map(([name, sources]) => [name, ...sources].join(' '))
      .join('; '),
  );
  return policies.filter((policy) => policy !== '').join(', ');
}

/** `<meta http-equiv="Content-Security-Policy" content="...">` in the beginning of a document; one value for each. */
export function policiesInMarkup(html: string): string[] {
  const tags = withoutComments(html).match(/<meta\s[^<>]*>/gi) ?? [];
  return tags
    .filter((tag) => /^content-security-policy$/i.test(attribute(tag, 'http-equiv') ?? ''))
    .flatMap((tag) => attribute(tag, 'content') ?? []);
}

/** By hand, because a pattern takes quadratic time on comments that do not end. */
function withoutComments(html: string): string {
  const [first = '', ...rest] = html.split('<!--');
  return (
    first + rest.map((part) => part.slice(part.indexOf('-->') < 0 ? part.length : part.indexOf('-->') + 3)).join('')
  );
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`[\\s"']${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? null : decodeEntities(value);
}

const ENTITIES: Record<string, string> = { '&quot;': '"', '&apos;': "'", '&#39;': "'", '&#x27;': "'", '&amp;': '&' };

function decodeEntities(text: string): string {
  return text.replace(/&(?:quot|apos|amp|#39|#x27);/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? entity);
}

/** The directive of a policy that decides about connections. */
export interface DecidingDirective {
  name: 'connect-src' | 'default-src';
  sources: string[];
}

/** Which directive of a policy decides about connections; null when it has none, and so forbids none. */
export function connectDirective(policy: ContentSecurityPolicy): DecidingDirective | null {
  for (const name of ['connect-src', 'default-src'] as const) {
    const sources = policy.get(name);
    if (sources) return { name, sources };
  }
  return null;
}

/**
 * Whether a page of this origin may connect to `url` (http, https, ws or wss) under these source expressions, as Chromium 156
 * decides: `http:` does not stand for `ws:`, and without a scheme the page's counts.
 *
 * @param pageOrigin `https://chat.example`; what `'self'` means
 */
export function allowsConnection(sources: readonly string[], url: string, pageOrigin: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(pageOrigin)) return true;
  const [target, self] = [new URL(url), new URL(pageOrigin)];
  return sources.some((source) => matches(source, target, self));
}

/** `scheme://host:port/path`, of which only the host has to be there; a query is no part of it. IPv6 has no form of its own. */
const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[\w.-]+)(?::(\d+|\*))?(\/[^?#]*)?(?:[?#].*)?$/i;
const SCHEME_SOURCE = /^([a-z][a-z0-9+.-]*):$/i;

function matches(source: string, url: URL, self: URL): boolean {
  if (source === '*') return true;
  if (/^'self'$/i.test(source)) return matchesSelf(url, self);
  const scheme = SCHEME_SOURCE.exec(source)?.[1];
  if (scheme !== undefined) return schemeMatch(scheme, url) !== 'no';
  const [, ownScheme, host, port, path = ''] = HOST_SOURCE.exec(source) ?? [];
  if (host === undefined || !matchesHost(host, url) || !matchesPath(path, url)) return false;
  return matchesSchemeAndPort(ownScheme ?? schemeOf(self), port, url);
}

type Match = 'exact' | 'upgrade' | 'any' | 'no';

/** What a source's scheme stands for beside itself: its more secure form. */
const UPGRADES: Record<string, string> = { http: 'https', ws: 'wss' };

function schemeOf(url: URL): string {
  return url.protocol.slice(0, -1);
}

function schemeMatch(scheme: string, url: URL): Match {
  const wanted = scheme.toLowerCase();
  if (wanted === schemeOf(url)) return 'exact';
  return UPGRADES[wanted] === schemeOf(url) ? 'upgrade' : 'no';
}

/** The more secure scheme only on a port that goes with it, and its port only with the scheme (Chromium, `csp_source.cc`). */
function matchesSchemeAndPort(scheme: string, port: string | undefined, url: URL): boolean {
  const [schemes, ports] = [schemeMatch(scheme, url), portMatch(port, url)];
  if (schemes === 'no' || ports === 'no') return false;
  return schemes === 'upgrade' ? ports !== 'exact' : ports !== 'upgrade';
}

const DEFAULT_PORTS: Record<string, string> = { http: '80', https: '443', ws: '80', wss: '443' };

/** `URL.port` is empty for the scheme's own. */
function portMatch(port: string | undefined, url: URL): Match {
  if (port === '*') return 'any';
  if (port === undefined) return url.port === '' ? 'any' : 'no';
  const [wanted, usual] = [String(Number(port)), DEFAULT_PORTS[schemeOf(url)]];
  if (url.port === '' && wanted === usual) return 'any';
  if (url.port === wanted) return 'exact';
  return wanted === '80' && (url.port || usual) === '443' ? 'upgrade' : 'no';
}

/** Which schemes `'self'` stands for, by the page's. */
const OF_SELF: Record<string, string[]> = { http: ['http', 'https', 'ws', 'wss'], https: ['https', 'wss'] };

/** The same host, and the same port or each scheme's own. */
function matchesSelf(url: URL, self: URL): boolean {
  return (
    url.hostname === self.hostname && url.port === self.port && (OF_SELF[schemeOf(self)] ?? []).includes(schemeOf(url))
  );
}

function matchesHost(pattern: string, { hostname }: URL): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === '*') return true;
  return wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted;
}

/** A path that ends in `/` stands for all below it. */
function matchesPath(path: string, { pathname }: URL): boolean {
  if (path === '' || path === '/') return true;
  const [wanted, actual] = [decode(path), decode(pathname)];
  return wanted.endsWith('/') ? actual.startsWith(wanted) : actual === wanted;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
