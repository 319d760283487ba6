/**
 * A URL, or null where the text is none. `URL.canParse` will not do for every URL of a capture: Node 20 takes `ü` for broken
 * UTF-8 once it is optimised.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
