/**
 * Header values are bytes. Chromium's DevTools shows every byte as one character of windows-1252, whatever it is part of,
 * while its CORS check reads UTF-8.
 */
export interface HeaderText {
  /** The value as UTF-8; what is not UTF-8 has become U+FFFD. */
  text: string;
  isUtf8: boolean;
}

const ASCII = /^[\0-\x7f]*$/;

/** What the bytes 0x80 to 0x9f are shown as; from 0xa0 on it is Latin-1. Source: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const C1_CHARACTERS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Reads a value as the browser's check does. One that cannot be bytes shown so (a tool decoded it before) is taken as it is. */
export function headerText(shown: string): HeaderText {
  const bytes = ASCII.test(shown) ? null : bytesOf(shown);
  if (!bytes) return { text: shown, isUtf8: true };
  const text = new TextDecoder().decode(bytes);
  return { text, isUtf8: !text.includes('\ufffd') };
}

function bytesOf(shown: string): Uint8Array<ArrayBuffer> | null {
  const bytes = Array.from(shown, byteOf);
  return bytes.includes(-1) ? null : Uint8Array.from(bytes);
}

/** -1 for a character that stands for no byte. */
function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? -1;
  if (code < 0x100) return code;
  const index = C1_CHARACTERS.indexOf(character);
  return index < 0 ? -1 : 0x80 + index;
}
