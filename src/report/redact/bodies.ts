/**
 * Secrets in what is no packet: an error page, an API's JSON, a form. What says why a request failed stays (an error's code and
 * words, the page's kind); what a page or its server keeps in it does not.
 */
import { redactAddresses, redactTokens } from './addresses.ts';
import { hideKey, redactPayload } from './packets.ts';
import type { Secrets } from './secrets.ts';

/** Fields of an error body that say why: Engine.IO's `code` and `message`, and those of the usual frameworks (RFC 9457). */
const TELLING_FIELD =
  /^(code|message|error|errors|reason|status|statusCode|statusText|title|type|detail|details|ok|success)$/;

/** Engine.IO 3's answer to a script element (engine.io `lib/transports/polling-jsonp.js`). */
const JSONP = /^(___eio\[\d+\])\((".*")\);?\s*$/s;

/** The body of a polling request or its answer, whatever it turns out to be. */
export function redactBody(text: string, secrets: Secrets): string {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined) return JSON.stringify(redactJson(json, secrets));
  // Cut short, several in a row, behind a prefix that keeps scripts out, or a form in parts: what cannot be read is hidden whole.
  if (/^\s*([{[]|\)\]\}'|--\S+\r?\n)/.test(text)) return secrets.hide('data', text);
  if (/^\s*</.test(text)) return redactMarkup(text, secrets);
  const [, call = '', argument = ''] = JSONP.exec(text) ?? [];
  const packets = argument === '' ? undefined : parseJson(argument);
  if (typeof packets === 'string') return `${call}(${JSON.stringify(redactPayload(packets, secrets))});`;
  const payload = redactPayload(text, secrets);
  // What was a packet has its data hidden already, and its lengths must not change again.
  return payload === text && !/^(\d+:)?\d+(\/|[[{"]|$)/.test(text)
    ? redactTokens(redactForm(text, secrets), secrets)
    : payload;
}

function redactJson(value: unknown, secrets: Secrets, isTelling = false): unknown {
  if (typeof value === 'string')
    return isTelling ? redactTokens(redactAddresses(value, secrets), secrets) : secrets.hide('data', value);
  if (typeof value === 'number') return isTelling ? value : secrets.hide('data', String(value));
  if (Array.isArray(value)) return value.map((item) => redactJson(item, secrets, isTelling));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      hideKey(name, secrets),
      redactJson(part, secrets, TELLING_FIELD.test(name)),
    ]),
  );
}

const SCRIPT = /(<script\b[^<>]*>)([\s\S]*?)(<\/script\s*>|$)/gi;
/** What a page holds for its scripts: a token against forged requests, a user's name. */
const VALUE = /(\s(?:value|content|nonce|data-[\w-]+)\s*=\s*)("[^"]*"|'[^']*')/gi;
const TITLE = /(<title\b[^<>]*>)([^<]*)/gi;
/** `502 Bad Gateway`, `Error`: what proxies and frameworks call their error pages. */
const ERROR_TITLE = /^\s*(\d{3}\b|error\b)/i;
const COMMENT = /<!--[\s\S]*?(-->|$)/g;

function redactMarkup(text: string, secrets: Secrets): string {
  const hide = (value: string) => (value.trim() === '' ? value : secrets.hide('data', value.trim()));
  const safe = text
    .replace(COMMENT, '')
    .replace(SCRIPT, (_, open: string, code: string, close: string) => `${open}${hide(code)}${close}`)
    .replace(VALUE, (_, name: string, value: string) => `${name}"${hide(value.slice(1, -1))}"`)
    .replace(TITLE, (whole, open: string, title: string) =>
      ERROR_TITLE.test(title) ? whole : `${open}${hide(title)}`,
    );
  return redactTokens(redactAddresses(safe, secrets), secrets);
}

/** `a=1&b=2`: what somebody filled in. */
function redactForm(text: string, secrets: Secrets): string {
  if (!/^[\w.%+[\]-]+=[^\s&]*(&[\w.%+[\]-]+=[^\s&]*)*$/.test(text)) return redactAddresses(text, secrets);
  return text
    .split('&')
    .map((pair) => pair.replace(/=(.*)$/s, (_, value: string) => `=${secrets.hide('data', value)}`))
    .join('&');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
