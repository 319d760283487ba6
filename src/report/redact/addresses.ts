/** Secrets in addresses: who, which session, with what token. */
import type { Secrets } from './secrets.ts';

/** Query parameters of the user's own that carry credentials. */
const SECRET_PARAMETER =
  /token|secret|passw|pwd|api-?_?key|session|auth|jwt|signature|credential|bearer|ticket|assertion|saml|^(key|sig|code|otp|pin|user(name)?|login|e?mail)$/i;
/** Engine.IO's own (`t` and `j` tell one request from another), as far as their values are what its clients write. */
const PROTOCOL_PARAMETER = /^(EIO|transport|t|j|b64)=[\w.-]{0,20}$/;
/** What says nothing of a person: a word or three, a short number, a version. */
const PLAIN_VALUE = /^([a-z]{1,12}([-_][a-z]{1,12}){0,2}|v?\d{1,4}(\.\d{1,3}){0,2})?$/i;

/** In running text an address ends where a quote, a space or a JSON text's escape begins. What was hidden before is one value. */
const PARAMETER = /([?&#;])([^=&#;\s"'<>\\]+)=(\[redacted:\w+:\d+\]|(?:[^&#\s"'<>\\]|\\(?!["'\\/nrtu]))*)/g;
/**
 * As in RFC 3986, section 3.2.1, in text of any kind, with or without a scheme. Browsers take it to the last @ (WHATWG URL,
 * "authority state").
 */
const USER_INFO = /(\/\/)([^/?#\s"'<>\\]+)@/g;

/** What follows the host, up to the query. */
const PATH = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#\s"'<>\\]+)(\/[^?#\s"'<>\\]+)/gi;
/** A redirect's target may be a path alone. */
const RELATIVE = /^\/[^?#\s"'<>\\]+/;
/** Bundlers write hashes into the names of files: they say which file it is, and no more. */
const FILE_NAME = /\.[a-z]\w{0,5}(:\d+)*$/i;
/** Scheme and authority, path, and the rest. */
const ADDRESS = /^((?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*)?([^?#]*)(.*)$/is;

/** Hides credentials in every address that a text holds. */
export function redactAddresses(text: string, secrets: Secrets): string {
  const withoutUsers = hideUsers(text, secrets);
  const withoutTokens = text.includes('://')
    ? withoutUsers.replace(PATH, (_, lead: string, path: string) => lead + hidePath(path, secrets))
    : withoutUsers.replace(RELATIVE, (path) => hidePath(path, secrets));
  if (!withoutTokens.includes('=')) return withoutTokens;
  return withoutTokens.replace(PARAMETER, (whole: string, lead: string, name: string, value: string) => {
    // The end of a sentence or of a list's item is none of it.
    const end = /[,.;:)]{0,3}$/.exec(value)?.[0] ?? '';
    const inner = decode(value.slice(0, value.length - end.length));
    // Behind a semicolon it may be a media type's parameter, too, or a program's statement.
    if (lead === ';' && !SECRET_PARAMETER.test(decode(name)) && !isTokenInPath(inner)) return whole;
    const hidden = redactParameter(decode(name), inner, secrets);
    return hidden === null ? whole : `${lead}${name}=${hidden}${end}`;
  });
}

/** The same where the whole text is known to be one address: whatever characters stand in it, and parameters without a name. */
export function redactAddress(address: string, secrets: Secrets): string {
  const [, authority = '', path = '', rest = ''] = ADDRESS.exec(address) ?? [];
  const query = rest
    .split(/([?&#])/)
    .map((pair) => (/^[?&#]?$/.test(pair) ? pair : redactPair(pair, secrets)))
    .join('');
  return hideUsers(authority, secrets) + hidePath(path, secrets) + query;
}

function redactPair(pair: string, secrets: Secrets): string {
  const equals = pair.indexOf('=');
  const name = decode(pair.slice(0, Math.max(equals, 0)));
  const hidden = redactParameter(name, decode(pair.slice(equals + 1)), secrets);
  const shown = looksRandom(name) ? secrets.hide('query', name) : pair.slice(0, Math.max(equals, 0));
  return `${shown}${equals < 0 ? '' : '='}${hidden ?? pair.slice(equals + 1)}`;
}

function hideUsers(text: string, secrets: Secrets): string {
  return text.includes('//')
    ? text.replace(USER_INFO, (_, lead: string, user: string) => `${lead}${hideUser(user, secrets)}@`)
    : text;
}

/** Invitations and links to reset a password carry their token in the path. */
function hidePath(path: string, secrets: Secrets): string {
  return path
    .split('/')
    .map((part) => (isTokenInPath(decode(part)) ? secrets.hide('token', decode(part)) : part))
    .join('/');
}

/** Whether a path's part holds a token, or a text in JSON, which nobody knows. */
export function isTokenInPath(part: string): boolean {
  return /["{}]/.test(part) || isToken(part.replace(/[!$'()*,;:@&=\\]+/g, '-'));
}

/** `release`, `oauth2`, `2026`, `v3`, `2nd`. */
const WORD = /^([a-z]{1,12}\d{0,4}|\d+[a-z]{0,2})$/i;

/** What stands in running text has to look less like words than what is a value by itself: `eio3-to-v3-release-2026` is none. */
function isToken(text: string): boolean {
  if (!looksRandom(text) || FILE_NAME.test(text)) return false;
  return text.split(/[-_.~+]/).some((part) => part !== '' && !WORD.test(part));
}

/** What of a text has no word in it and is long enough to be a token. */
const TOKEN = /[\w+/=.~-]{16,}/g;

/** Hides what looks random in a text of any kind: a header of an unknown name, an error page, a note. */
export function redactTokens(text: string, secrets: Secrets): string {
  const hidePart = (part: string) => (isToken(part) ? secrets.hide('token', part) : part);
  // With slashes or equals signs in it, it is base64 or a path or a pair: of these, each part by itself.
  return text.replace(TOKEN, (run) =>
    isBase64(run)
      ? secrets.hide('token', run)
      : run
          .split(/([/=]+)/)
          .map(hidePart)
          .join(''),
  );
}

function isBase64(run: string): boolean {
  return /^[A-Za-z0-9+/]{24,}={0,2}$/.test(run) && looksRandom(run) && !/(^|\/)[a-z]+(\/|$)/.test(run);
}

/** What stands for a parameter's value; null when it stays. */
export function redactParameter(name: string, value: string, secrets: Secrets): string | null {
  if (name === 'sid') return secrets.hide('sid', value);
  if (PROTOCOL_PARAMETER.test(`${name}=${value}`)) return null;
  return SECRET_PARAMETER.test(name) || !PLAIN_VALUE.test(value) ? secrets.hide('query', value) : null;
}

/** Name and password are hidden together: which of them is the secret, nobody knows. */
function hideUser(user: string, secrets: Secrets): string {
  const placeholder = secrets.hide('user', decode(user));
  for (const part of decode(user).split(':')) secrets.hide('user', part);
  return placeholder;
}

/** Percent-decoded, where it can be. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A JSON Web Token (RFC 7519). */
export const JWT = /(?<![\w-])eyJ[\w-]{6,4000}\.[\w-]{6,8000}\.[\w-]*/g;

/** A JSON Web Token, or what else is long and has no word in it. */
export function looksRandom(value: string): boolean {
  if (value.search(JWT) >= 0) return true;
  if (value.length < 16 || !/^[\w+/=.~:-]+$/.test(value)) return false;
  const letters = /[a-z]/i.test(value);
  const digits = value.replace(/\D/g, '').length;
  return letters && digits >= 2 && entropy(value) > 3.2;
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
