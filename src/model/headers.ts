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
  return values.length === 0 ? null : values.map((value) => value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')).join(', ');
}
