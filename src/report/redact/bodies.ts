/**
 * Secrets in what is no packet: an error page, an API's JSON, a form. What says why a request failed stays (an error's code and
 * words, the page's kind); what a page or its server keeps in it does not.
 */
import { redactAddresses, redactTokens } from './addresses.ts';
import { rewriteLengthPrefixed } from './length-prefixed.ts';
import { redactMarkup } from './markup.ts';
import { hideKey, redactBrokenPayload, redactMessages, redactPayload } from './packets.ts';
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
  if (typeof packets === 'string')
    return `${call}(${JSON.stringify(redactBrokenPayload(packets, secrets) ?? redactPayload(packets, secrets))});`;
  if (FORM.test(text)) return redactForm(text, secrets);
  const broken = redactBrokenPayload(text, secrets);
  if (broken !== null) return broken;
  const payload = redactMessages(text, secrets);
  // What was a packet has its data hidden already, and its lengths must not change again.
  const isPayload = /^\d+(\/|[[{"]|$)/.test(payload) || rewriteLengthPrefixed(text, (packet) => packet) !== null;
  return isPayload ? payload : redactTokens(redactAddresses(payload, secrets), secrets);
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

/** `a=1&b=2`: what somebody filled in. Scripts that poll write their packets so, unencoded in some tools' files. */
const FORM = /^[\w.%+[\]-]{1,80}=/;

function redactForm(text: string, secrets: Secrets): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return pair.slice(0, equals + 1) + secrets.hide('data', pair.slice(equals + 1));
    })
    .join('&');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
