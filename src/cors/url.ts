/** A URL, or null where the text is none. `URL.canParse` will not do: Node 20 takes `ü` for broken UTF-8 once it is optimised. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * Whether Chromium takes a text for an absolute URL. It looks no closer at host names that are ASCII already, where the
 * standard wants `xn--` labels to be valid ones (url/url_canon_host.cc, `DoSimpleHost`).
 */
export function isUrlInChromium(text: string): boolean {
  return parseUrl(text) !== null || parseUrl(text.replace(/xn--/gi, 'xn-')) !== null;
}
