/**
 * Names of hosts behind stand-ins, for reports that are made public. What the diagnosis compares stays as it was: equal names stay
 * equal, a subdomain stays one of the same site, `www.` stays, names of different top-level domains stay different, an address
 * stays in its address space. Loopback names stay altogether: they are the same on every machine.
 */
import type { HarEntry, HarHeader } from '../../model/har.ts';
import { BASE64_RUN, decodeLatin1, escapedForPattern } from './encodings.ts';

export interface HostNames {
  /** A text of any kind. */
  replaceIn(text: string): string;
  /** A header whose whole value is a name; null when it is none of those. */
  replaceInHeader(header: HarHeader): HarHeader | null;
  /** The fields of an entry that hold a bare name or address. */
  redactFields(entry: HarEntry): HarEntry;
}

/** Where a name stands in an address; schemes without a server behind them (`webpack:`, `chrome-extension:`) have none. */
const AUTHORITY =
  /((?:^|[^\w+.-])(?:https?|wss?):\/\/(?:[^/?#\s"'<>@\\]*@)?|(?:^|[\s"'(=,;])\/\/(?=[\w-]+\.))(\[[\da-f:.]+\]|[^/?#\s"'<>@\\,;:)[\]{}|`$*&]+)/gi;
/** The same, percent-encoded, as it stands in a parameter of another address. */
const ENCODED_AUTHORITY = /((?:https?|wss?)%3A%2F%2F(?:[\w%.-]+%40)?)([\w.-]+)/gi;
const NAME_HEADER =
  /^(host|:authority|x-forwarded-host|x-forwarded-server|x-real-ip|x-forwarded-for|true-client-ip|cf-connecting-ip)$/i;
const COOKIE_DOMAIN = /(;\s*domain=\.?)([^;\s]+)/gi;
/** A source of a Content-Security-Policy or another list of names: `api.example.com:3000`, `*.example.com`. */
const BARE_NAME = /^(?:[a-z]+:\/\/)?(\*\.)?([a-z\d_-]+(?:\.[a-z\d_-]+)*\.[a-z][a-z\d-]+)(:\d+|:\*)?(\/.*)?$/i;
const LIST_HEADER = /^(content-security-policy(-report-only)?|access-control-allow-origin|via|forwarded)$/i;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)\.?$/i;
const STAND_IN = /^(?:(?:www|\*|sub-\d+)\.)*host-\d+(\.(example\d*|local))?$/i;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** Second-level domains under which names are given out; the list of public suffixes is longer than this product. */
const SHARED_SECOND_LEVEL = /^(co|com|org|net|gov|edu|ac|or|ne|go)\.[a-z]{2}$/i;
/** The protocol's own name, which is a domain, too: it stands in every path. */
const NEVER_IN_TEXT = /^socket\.io$/i;

/** Collects the names that the entries hold. */
export function createHostNames(entries: readonly HarEntry[]): HostNames {
  const standIns = createStandIns();
  for (const entry of entries) collect(entry, standIns.of);
  const known = knownPattern(standIns.names());
  const runs = new Map<string, number>();

  const replaceKnown = (text: string) =>
    known === null ? text : text.replace(known, (name) => (STAND_IN.test(name) ? name : standIns.of(name)));
  const replacePlain = (text: string) =>
    replaceKnown(
      text
        .replace(AUTHORITY, (_, lead: string, host: string) => lead + standIns.of(host))
        .replace(ENCODED_AUTHORITY, (_, lead: string, host: string) => lead + standIns.of(host)),
    );

  function replaceIn(text: string): string {
    const plain = replacePlain(text);
    return plain.replace(BASE64_RUN, (run) => {
      const decoded = decodeLatin1(run);
      if (!/^[\x20-\x7e\n\r\t]{8,}$/.test(decoded) || replacePlain(decoded) === decoded) return run;
      const number = runs.get(run) ?? runs.size + 1;
      runs.set(run, number);
      return `[redacted:host:${number}]`;
    });
  }

  return {
    replaceIn,
    replaceInHeader({ name, value }) {
      if (NAME_HEADER.test(name))
        return { name, value: value.replace(/[^\s,]+/g, (host) => withPort(host, standIns.of)) };
      if (/^set-cookie$/i.test(name)) {
        const cookie = value.replace(COOKIE_DOMAIN, (_, lead: string, host: string) => lead + standIns.of(host));
        return { name, value: replaceIn(cookie) };
      }
      return null;
    },
    redactFields: (entry) => ({
      ...entry,
      ...(entry.serverIPAddress !== undefined && { serverIPAddress: bareAddress(entry.serverIPAddress, standIns.of) }),
      request: { ...entry.request, cookies: entry.request.cookies?.map((cookie) => cookieOf(cookie, standIns.of)) },
      response: { ...entry.response, cookies: entry.response.cookies?.map((cookie) => cookieOf(cookie, standIns.of)) },
    }),
  };
}

type StandInOf = (host: string) => string;

interface StandIns {
  /** The stand-in of a host without its port. */
  of: StandInOf;
  /** All that has one. */
  names(): string[];
}

function createStandIns(): StandIns {
  const byName = new Map<string, string>();
  const sites = new Map<string, number>();
  const labels = new Map<string, number>();
  const endings = new Map<string, number>();
  const addresses = new Map<string, number>();

  const numberOf = (numbers: Map<string, number>, key: string) => {
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
  const ending = (top: string) => {
    const number = numberOf(endings, top);
    return number === 1 ? 'example' : `example${number}`;
  };
  const subdomain = (label: string) => (/^(www|\*)$/.test(label) ? label : `sub-${numberOf(labels, label)}`);

  function standInOf(name: string): string {
    if (IPV4.test(name)) return ipv4(name, numberOf(addresses, name));
    if (name.startsWith('[')) return ipv6(name, numberOf(addresses, name));
    const parts = name.split('.');
    const last = parts.at(-1) ?? '';
    if (last === 'localhost') return [...parts.slice(0, -1).map(subdomain), last].join('.');
    if (parts.length === 1) return `host-${numberOf(sites, name)}`;
    const size = siteSize(parts);
    const site = parts.slice(-size).join('.');
    const end = last === 'local' ? 'local' : ending(last);
    return [...parts.slice(0, -size).map(subdomain), `host-${numberOf(sites, site)}.${end}`].join('.');
  }

  return {
    of(host) {
      if (LOOPBACK.test(host) || STAND_IN.test(host) || !/[\p{L}\p{N}]/u.test(host)) return host;
      const dot = host.endsWith('.') ? '.' : '';
      const name = canonical(host);
      const standIn = byName.get(name) ?? standInOf(name);
      byName.set(name, standIn);
      // A name in another case is another origin to a server that compares texts.
      const isLower = host === host.toLowerCase() || host.includes('%');
      return (isLower ? standIn : standIn.toUpperCase()) + dot;
    },
    names: () => [...byName.keys()],
  };
}

/** As browsers write it: lower case, an international name in its ASCII form. */
function canonical(host: string): string {
  const bare = host.replace(/\.$/, '');
  return URL.canParse(`http://${bare}/`)
    ? new URL(`http://${bare}/`).hostname || bare.toLowerCase()
    : bare.toLowerCase();
}

/** An address of the same address space, of those that no network is likely to use. */
function ipv4(address: string, number: number): string {
  const [high, low] = [number >> 8, number & 255];
  if (/^10\./.test(address)) return `10.255.${high}.${low}`;
  if (/^192\.168\./.test(address)) return `192.168.${255 - high}.${low}`;
  if (/^172\.(1[6-9]|2\d|3[01])\./.test(address)) return `172.31.${255 - high}.${low}`;
  if (/^169\.254\./.test(address)) return `169.254.${255 - high}.${low}`;
  if (/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address)) return `100.127.${255 - high}.${low}`;
  // RFC 2544: for benchmarks.
  return `198.18.${high}.${low}`;
}

function ipv6(address: string, number: number): string {
  const prefix = /^\[f[cd]/i.test(address) ? 'fd00:' : /^\[fe[89ab]/i.test(address) ? 'fe80:' : '2001:db8:';
  return `[${prefix}:${number.toString(16)}]`;
}

function withPort(host: string, of: StandInOf): string {
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  return of(name) + port;
}

function bareAddress(address: string, of: StandInOf): string {
  if (!address.includes(':') || address.startsWith('[')) return of(address);
  return of(`[${address}]`).slice(1, -1);
}

function cookieOf(cookie: unknown, of: StandInOf): unknown {
  if (typeof cookie !== 'object' || cookie === null || !('domain' in cookie) || typeof cookie.domain !== 'string')
    return cookie;
  return { ...cookie, domain: cookie.domain.replace(/[^.].*$/, of) };
}

/** Tells every name that stands where only a name can stand. */
function collect(entry: HarEntry, of: StandInOf): void {
  for (const text of stringsOf(entry)) {
    for (const [, , host = ''] of text.matchAll(AUTHORITY)) of(host);
    for (const [, , host = ''] of text.matchAll(ENCODED_AUTHORITY)) of(host);
  }
  if (entry.serverIPAddress) bareAddress(entry.serverIPAddress, of);
  for (const { name, value } of [...entry.request.headers, ...entry.response.headers]) {
    if (NAME_HEADER.test(name)) for (const host of value.split(/[\s,]+/)) withPort(host, of);
    if (/^set-cookie$/i.test(name)) for (const [, , host = ''] of value.matchAll(COOKIE_DOMAIN)) of(host);
    if (!LIST_HEADER.test(name)) continue;
    for (const word of value.split(/[\s,;="]+/)) {
      const [, , host] = BARE_NAME.exec(word) ?? [];
      if (host) of(host);
    }
  }
}

function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* stringsOf(part);
}

/** Finds the known names in running text, with whatever subdomain; a name without a dot only before a port. */
function knownPattern(names: readonly string[]): RegExp | null {
  const dotted = names.filter(
    (name) => name.includes('.') && !name.endsWith('.localhost') && !NEVER_IN_TEXT.test(name),
  );
  const single = names.filter((name) => !/[.[]/.test(name));
  const sites = [...new Set(dotted.map(siteOf))].sort((a, b) => b.length - a.length);
  const parts = [
    ...(sites.length > 0 ? [`(?:[\\w-]+\\.)*(?:${sites.map(escapedForPattern).join('|')})(?![\\w-])`] : []),
    ...(single.length > 0 ? [`(?:${single.map(escapedForPattern).join('|')})(?=:\\d)`] : []),
  ];
  // A name may follow a percent-encoded character, whose digits are none of it.
  return parts.length === 0 ? null : new RegExp(`(?:(?<![\\w%-])|(?<=%[\\da-f]{2}))(?:${parts.join('|')})`, 'gi');
}

function siteOf(name: string): string {
  if (IPV4.test(name)) return name;
  const parts = name.split('.');
  return parts.slice(-siteSize(parts)).join('.');
}

/** How many of a name's labels name its site. */
function siteSize(parts: readonly string[]): number {
  return parts.length > 2 && SHARED_SECOND_LEVEL.test(parts.slice(-2).join('.')) ? 3 : 2;
}
