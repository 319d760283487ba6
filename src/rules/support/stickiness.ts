/** Cookies by which a load balancer knows a client again, and why they do not come back. */
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import { headerValue, headerValues } from '../../model/headers.ts';
import type { Endpoint, Session } from '../../model/session.ts';
import { showsCredentials } from './cors.ts';
import { observed } from './exchanges.ts';
import { handshakeOf, type LostSid, misroutedSids } from './lost-sids.ts';

/**
 * Names that load balancers give by default: ALB and ELB, HAProxy, nginx Plus and Apache, ingress-nginx, Traefik's examples,
 * Heroku, Azure, Google Cloud, Cloudflare, F5; `io` is Engine.IO's own, used as a prefix by HAProxy (https://socket.io/docs/v4/using-multiple-nodes/).
 */
const NAMES = [
  /^AWSALB/i,
  /^AWSELB/i,
  /^SERVERID$/i,
  /^SRV(ID)?$/i,
  /^route(id)?$/i,
  /^INGRESSCOOKIE$/i,
  /^server_id$/i,
  /^heroku-session-affinity$/i,
  /^ARRAffinity/i,
  /^GCLB$/i,
  /^GCILB$/i,
  /^__cflb$/i,
  /^BIGipServer/i,
  /^(sticky|stickyness|stickiness|backend|lb)$/i,
  /^io$/,
];

export interface StickyCookie {
  name: string;
  /** In lower case; null when the attribute is absent. */
  sameSite: string | null;
  secure: boolean;
}

/** A misrouted sid whose handshake set a stickiness cookie that the next request lacks. */
export interface UnsentCookie extends LostSid {
  cookie: StickyCookie;
  handshake: JudgedExchange;
  /** The request that lacks it. */
  next: JudgedExchange;
}

/** The misrouted sids of an endpoint that a cookie would have led to the right process. */
export function unsentCookies(endpoint: Endpoint): UnsentCookie[] {
  return misroutedSids(endpoint).flatMap((lost) => {
    const unsent = unsentCookie(lost.session, NAMES);
    return unsent ? [{ ...lost, ...unsent }] : [];
  });
}

/** The cookie of one of these names that the session's handshake set and its next request lacks; null when there is none. */
export function unsentCookie(session: Session, names: readonly RegExp[]): Omit<UnsentCookie, keyof LostSid> | null {
  const handshake = handshakeOf(session);
  const next = nextRequest(session);
  if (!handshake || !next) return null;
  const cookie = cookiesOf(handshake, names).find(({ name }) => !carries(next, name));
  return cookie ? { cookie, handshake, next } : null;
}

/** The first request of the sid whose headers are all shown: of a provisional one the cookies may be missing. */
function nextRequest(session: Session): JudgedExchange | undefined {
  return observed(session).find(
    ({ kind, target, requestHeadersComplete }) => kind === 'polling' && target.sid !== null && requestHeadersComplete,
  );
}

function cookiesOf(exchange: JudgedExchange, names: readonly RegExp[]): StickyCookie[] {
  return headerValues(exchange.response?.headers ?? [], 'Set-Cookie')
    .flatMap((value) => value.split('\n'))
    .map(parseCookie)
    .filter(({ name }) => names.some((pattern) => pattern.test(name)));
}

/** https://www.rfc-editor.org/rfc/rfc6265#section-5.2, as far as it matters here. */
function parseCookie(line: string): StickyCookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const sameSite = attributes.find((attribute) => /^samesite=/i.test(attribute));
  return {
    name: pair.split('=')[0]?.trim() ?? '',
    sameSite: sameSite?.split('=')[1]?.trim().toLowerCase() ?? null,
    secure: attributes.some((attribute) => /^secure$/i.test(attribute)),
  };
}

function carries(exchange: JudgedExchange, name: string): boolean {
  const pairs = (headerValue(exchange.requestHeaders, 'Cookie') ?? '').split(';');
  return pairs.some((pair) => pair.split('=')[0]?.trim() === name);
}

/** Whether a browser sends such a cookie with a request to another site. */
export function mayCrossSites({ sameSite, secure }: StickyCookie): boolean {
  return sameSite === 'none' && secure;
}

/**
 * Whether the request goes to another site. The browser says so to trustworthy hosts (`Sec-Fetch-Site`); else the names tell,
 * where they are of different machines beyond doubt. Null when it cannot be told: that needs the list of public suffixes.
 */
export function isCrossSite(exchange: JudgedExchange): boolean | null {
  const said = headerValue(exchange.requestHeaders, 'Sec-Fetch-Site');
  if (said !== null) return said === 'cross-site';
  const page = exchange.pageOrigin;
  if (page === null || !URL.canParse(page)) return null;
  const [a, b] = [new URL(page), new URL(exchange.target.origin)];
  if (a.hostname === b.hostname) return a.protocol !== b.protocol;
  if (isAddress(a.hostname) || isAddress(b.hostname)) return true;
  return lastLabel(a.hostname) === lastLabel(b.hostname) ? null : true;
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}

function lastLabel(host: string): string {
  return host.split('.').at(-1) ?? '';
}

/** Whether cookies go with the client's requests; null when it cannot be told. */
export function sendsCredentials({ next, handshake }: UnsentCookie): boolean | null {
  const known = [next, handshake].map(({ cors }) => cors.credentials).find((mode) => mode !== 'unknown');
  if (known) return known === 'include';
  if (next.cors.verdict === 'not-applicable') return true;
  return [next, handshake].some(showsCredentials) ? true : null;
}

/** The cookie as the server set it, without its value, beside the request that lacks it. */
export function cookieEvidence({ cookie, handshake, next }: UnsentCookie, expected: string | null): Evidence[] {
  const sameSite = cookie.sameSite === null ? '' : `; SameSite=${cookie.sameSite}`;
  const actual = `${cookie.name}=…${sameSite}${cookie.secure ? '; Secure' : ''}`;
  return [
    { exchange: handshake.key, where: 'response header', name: 'Set-Cookie', expected: expected ?? actual, actual },
    { exchange: next.key, where: 'request header', name: 'Cookie', expected: `${cookie.name}=…`, actual: null },
  ];
}
