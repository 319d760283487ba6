import type { HarHeader } from './har.ts';

/** All values of a header, in the order they came; names compare without case (RFC 9110, 5.1). */
export function headerValues(headers: readonly HarHeader[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter((header) => header.name.toLowerCase() === wanted).map((header) => header.value);
}

/**
 * The value as a browser sees it: lines of one name trimmed and joined with `, ` (Fetch, "get a header"); null when there is none.
 */
export function headerValue(headers: readonly HarHeader[], name: string): string | null {
  const values = headerValues(headers, name);
  return values.length === 0 ? null : values.map(trimBlanks).join(', ');
}

const BLANKS = '\t\n\r ';

/** By hand, because a pattern for trailing blanks takes quadratic time on a hostile run of them. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && BLANKS.includes(value.charAt(start))) start += 1;
  while (end > start && BLANKS.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}
