/** The forms in which a value may stand in a capture, and what all that hides values needs of them. */
import type { HarHeader } from '../../model/har.ts';

/** What may be base64 of something: long enough to hold it. */
export const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

/** The bytes of a base64 text (either alphabet) as characters; empty when it is none. */
export function decodeLatin1(base64: string): string {
  const digits = base64.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
  } catch {
    return '';
  }
}

/** The value as it is, percent-encoded (in either case), and as it stands within a JSON text. */
export function formsOf(value: string): Set<string> {
  const encoded = encodeUri(value);
  return new Set([value, encoded, encoded.toLowerCase(), JSON.stringify(value).slice(1, -1)]);
}

function encodeUri(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The text as part of a regular expression. */
export function escapedForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a part of a report or an entry is a header, a cookie or a parameter. */
export function isHeader(item: object): item is HarHeader {
  return 'name' in item && 'value' in item && typeof item.name === 'string' && typeof item.value === 'string';
}
