import { UnusableInputError } from '../capture/har-file.ts';
import { parseUrl } from '../protocol/url.ts';

/** The origin that a user named. @throws UnusableInputError where it is none */
export function checkedOrigin(option: string, text: string): string {
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new UnusableInputError(`${option}: "${text}" is not an origin such as https://app.example.com`);
}
