/** Secrets in addresses: who, which session, with what token. */
import type { Secrets } from './secrets.ts';

/** Query parameters of the user's own that carry credentials. */
const SECRET_PARAMETER =
  /token|secret|passw|pwd|api-?_?key|session|auth|jwt|signature|credential|bearer|^(key|sig|code|otp|pin|user(name)?|login|e?mail)$/i;
/** Engine.IO's own, and ids of builds: no secrets, however random they look. */
const PROTOCOL_PARAMETER = /^(EIO|transport|t|j|b64|v|ver|version|hash|_)$/;

const PARAMETER = /([?&#;])([^=&#;\s"'<>\\[\]]+)=([^&#\s"'<>\\]*)/g;
/** As in RFC 3986, section 3.2.1, in text of any kind. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)([^/?#\s"'<>@\\]+)@/gi;

/** Hides credentials in every address that a text holds. */
export function redactAddresses(text: string, secrets: Secrets): string {
  const withoutUsers = text.includes('://')
    ? text.replace(USER_INFO, (_, scheme: string, user: string) => `${scheme}${hideUser(user, secrets)}@`)
    : text;
  if (!withoutUsers.includes('=')) return withoutUsers;
  return withoutUsers.replace(PARAMETER, (whole: string, lead: string, name: string, value: string) => {
    const hidden = redactParameter(decode(name), decode(value), secrets);
    return hidden === null ? whole : `${lead}${name}=${hidden}`;
  });
}

/** What stands for a parameter's value; null when it stays. */
export function redactParameter(name: string, value: string, secrets: Secrets): string | null {
  if (name === 'sid') return secrets.hide('sid', value);
  if (PROTOCOL_PARAMETER.test(name)) return null;
  return SECRET_PARAMETER.test(name) || looksRandom(value) ? secrets.hide('query', value) : null;
}

/** Name and password are hidden together: which of them is the secret, nobody knows. */
function hideUser(user: string, secrets: Secrets): string {
  const placeholder = secrets.hide('user', decode(user));
  for (const part of decode(user).split(':')) secrets.hide('user', part);
  return placeholder;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A JSON Web Token (RFC 7519), or what else is long and has no word in it. */
export function looksRandom(value: string): boolean {
  if (/eyJ[\w-]{6,}\.[\w-]{6,}\./.test(value)) return true;
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
