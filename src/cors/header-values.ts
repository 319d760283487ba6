/** One header line as it came: names compare without case, lines of one name add up. */
export interface HeaderLine {
  name: string;
  value: string;
}

/**
 * The value that the checks see: lines of one name, stripped of HTTP whitespace and joined with `, `; null when there is none.
 * Source: Fetch, "get" (https://fetch.spec.whatwg.org/#concept-header-list-get) and "normalize"
 * (https://fetch.spec.whatwg.org/#concept-header-value-normalize).
 */
export function combinedValue(lines: readonly HeaderLine[], name: string): string | null {
  const wanted = name.toLowerCase();
  const values = lines.filter((line) => line.name.toLowerCase() === wanted).map((line) => stripWhitespace(line.value));
  return values.length === 0 ? null : values.join(', ');
}

/** Not by a pattern: one that looks for whitespace before the end takes quadratic time on a line of blanks. */
function stripWhitespace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isWhitespace(value.charCodeAt(start))) start += 1;
  while (end > start && isWhitespace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** Tab, line feed, carriage return, space. */
function isWhitespace(code: number): boolean {
  return code === 0x09 || code === 0x0a || code === 0x0d || code === 0x20;
}

/** RFC 9110, 5.6.2 (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * The elements of a list of tokens, empty ones left out; null when an element is no token. An absent header is an empty list.
 * Source: Fetch, "extract header list values" (https://fetch.spec.whatwg.org/#extract-header-list-values).
 */
export function tokenList(value: string | null): string[] | null {
  const elements = (value ?? '').split(',').map(stripWhitespace).filter(Boolean);
  return elements.every((element) => TOKEN.test(element)) ? elements : null;
}
