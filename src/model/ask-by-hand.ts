/** The request that shows a fault, asked again in a terminal: as the browser asked, with curl, in any POSIX shell. */
import type { ExchangeKind } from './exchange.ts';
import type { Evidence } from './finding.ts';
import type { HarHeader } from './har.ts';
import { headerValue } from './headers.ts';

/** What is asked again. */
export interface Ask {
  kind: ExchangeKind;
  /** As the browser asked, sid and all. */
  url: string;
  /** As the browser sent them. */
  headers: readonly HarHeader[];
  /** For `Origin`; null for none. */
  origin: string | null;
}

/** @param endpoint for the origin where the browser shows no request headers */
export function askOf(
  { kind, url }: Pick<Ask, 'kind' | 'url'>,
  headers: readonly HarHeader[],
  endpoint: { url: string; pageOrigin: string | null },
): Ask {
  return { kind, url, headers, origin: headerValue(headers, 'Origin') ?? foreignOrigin(endpoint) };
}

function foreignOrigin({ url, pageOrigin }: { url: string; pageOrigin: string | null }): string | null {
  return URL.canParse(url) && new URL(url).origin !== pageOrigin ? pageOrigin : null;
}

/** The exchange that a finding is about: first one whose evidence is not as it should be. Undefined where curl could ask none of them. */
export function exchangeOf<E extends { kind: ExchangeKind }>(
  finding: { evidence: readonly Pick<Evidence, 'exchange' | 'expected' | 'actual'>[]; exchanges: readonly string[] },
  byId: (id: string) => E | undefined,
): E | undefined {
  const wrong = finding.evidence.filter(({ expected, actual }) => expected !== null && expected !== actual);
  const ids = [...[...wrong, ...finding.evidence].map(({ exchange }) => exchange), ...finding.exchanges];
  const seen = ids.flatMap((id) => (id === null ? [] : (byId(id) ?? [])));
  return seen.find(({ kind }) => kind !== 'other' && kind !== 'webtransport');
}

/** A follow-up is answered by its sid, and that one is over: then a session is opened, and asked again on new connections. */
export function needsSession({ kind, url }: Pick<Ask, 'kind' | 'url'>): boolean {
  return kind === 'polling' && hasSid(url);
}

/** The command line. Whatever the traffic holds, nothing in it is run. */
export function commandFor(ask: Ask): string {
  if (needsSession(ask)) return askRepeatedly(ask);
  const url = askableUrl(ask.url);
  // Its sid may matter to a preflight, which some servers take for the request itself.
  const isWithin = ask.kind === 'preflight' && hasSid(ask.url);
  const command = [
    // A WebSocket that opens stays open.
    `curl -sig --max-time ${ask.kind === 'websocket' ? 3 : 10}`,
    ...(ask.kind === 'preflight' ? preflightWords(ask.headers) : []),
    ...(ask.kind === 'websocket' ? UPGRADE_WORDS : []),
    ...originWords(ask),
    isWithin ? withSid(url) : quoted(url),
  ].join(' ');
  return isWithin ? `${openSession(ask)}; ${command}` : command;
}

function askRepeatedly(ask: Ask): string {
  const url = askableUrl(ask.url);
  const body = /[?&]EIO=3(&|$)/.test(url) ? '1:2' : '40';
  const words = [
    `curl -sg --max-time 10 -w ' %{http_code}\\n'`,
    ...originWords(ask),
    `-H "Content-Type: text/plain;charset=UTF-8" -d ${body}`,
    withSid(url),
  ];
  return `${openSession(ask)}; for n in 1 2 3 4; do ${words.join(' ')}; done`;
}

function openSession(ask: Ask): string {
  const open = ['curl -sg --max-time 10', ...originWords(ask), quoted(askableUrl(ask.url))].join(' ');
  return `sid=$(${open} | sed 's/.*"sid":"\\([^"]*\\)".*/\\1/')`;
}

function withSid(url: string): string {
  return `${quoted(`${url}&sid=`)}"$sid"`;
}

function originWords({ origin }: Ask): string[] {
  return origin === null ? [] : [`-H ${quoted(`Origin: ${origin}`)}`];
}

const UPGRADE_WORDS = [
  '--http1.1',
  '-H "Connection: Upgrade"',
  '-H "Upgrade: websocket"',
  '-H "Sec-WebSocket-Version: 13"',
  // The example of RFC 6455, section 1.3: any 16 bytes will do.
  '-H "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="',
];

function preflightWords(headers: readonly HarHeader[]): string[] {
  const asked = ['Access-Control-Request-Method', 'Access-Control-Request-Headers'].flatMap((name) => {
    const value = headerValue(headers, name);
    return value === null ? [] : [`-H ${quoted(`${name}: ${value}`)}`];
  });
  return ['-X OPTIONS', ...asked];
}

function hasSid(url: string): boolean {
  return /[?&]sid=/.test(url);
}

/** Without the session's id and the cache buster; curl speaks http, and upgrades. */
function askableUrl(url: string): string {
  const [address = '', query = ''] = url.split('#')[0]?.split(/\?(.*)/s) ?? [];
  const parameters = query.split('&').filter((pair) => pair !== '' && !/^(sid|t|j)=/.test(pair));
  return `${address.replace(/^ws/i, 'http')}?${parameters.join('&')}`;
}

/** Double quotes, which Windows knows, too, for what means nothing between them; else single ones, in which a shell reads nothing. */
function quoted(text: string): string {
  return /^[\w .,:;/?&=*+@~()[\]-]*$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
