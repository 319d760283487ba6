/**
 * Secrets in pages and other markup. What says why a request failed stays: the elements, an error's status and words, an XML
 * answer's code and message. Whatever else a page holds is its own, and hidden.
 */
import { looksRandom, redactAddresses, redactTokens } from './addresses.ts';
import type { Secrets } from './secrets.ts';

/** What browsers do not read as markup: it may hold any character. */
const RAW = /(<(script|style)\b[^<>]*>)([\s\S]*?)(<\/(?:script|style)\s*>|$)/gi;
/** A comment, a tag, a text. Each character is in one of them. */
const PIECE = /<!--[\s\S]*?(?:-->|$)|<[^<>]*>?|[^<]+/g;
/** `<name ...>`, `</name>`. */
const TAG = /^<(\/?[a-z][\w:.-]{0,40})(?=[\s/>]|$)([^>]*)(>?)$/i;
const DECLARATION = /^<(!doctype html|\?xml( (version|encoding|standalone)=["'][\w.-]{1,12}["'])*\s*\?)>$/i;
const ATTRIBUTE = /([^\s=/"']+|["'])(\s*=\s*("[^"]*"?|'[^']*'?|[^\s"'>]+))?/g;
/** Attributes that say nothing of a person. */
const PLAIN_ATTRIBUTE =
  /^(lang|dir|charset|http-equiv|rel|type|xmlns|version|encoding|defer|async|crossorigin|nomodule|hidden|disabled)$/i;
const PLAIN_VALUE = /^[\w ;:./=-]{0,60}$/;

/**
 * The words of error pages: those of the status (RFC 9110, section 15), of Express, and the names of servers. A number alone is the
 * status; before other words it may be a house's.
 */
const TELLING_TEXT =
  /^\s*([45]\d\d\s*($|[-–:|.]|(bad|unauthori|payment|forbidden|(page )?not|method|proxy|request|conflict|gone|length|precondition|payload|content|uri|unsupported|range|expectation|misdirected|unprocessable|locked|failed|too|upgrade|internal|server|service|gateway|http|insufficient|loop|network|error|origin|web server|ssl|connection)\b)|([a-z]+ ){0,2}error\b|cannot (get|post|options|put)\b|bad (gateway|request)|(page )?not found|forbidden|unauthorized|access denied|(service|site) (temporarily )?unavailable|gateway time-?out|request time-?out|too many requests|method not allowed|(payload|content|request entity) too large|(30\d )?(moved permanently|found$|temporary redirect|permanent redirect)|no server is available|your browser sent an invalid request|the server (returned an invalid|didn't respond)|nginx|openresty|apache|cloudflare|haproxy)/i;
/** Elements of XML that say why. */
const TELLING_ELEMENT = /^(\w+:)?(code|message|msg|status|reason|detail|faultcode|faultstring)$/i;
const HTML = /<(!doctype html|html|head|body|title|h\d|p|pre|div|center|hr|br|meta|a|span)\b/i;

/** Markup of any kind, well formed or not; it begins as it did. */
export function redactMarkup(text: string, secrets: Secrets): string {
  const isXml = !HTML.test(text);
  let element = '';
  const withoutCode = text.replace(
    RAW,
    (_, open: string, _name: string, code: string, close: string) => open + hideText(code, secrets) + close,
  );
  return withoutCode.replace(PIECE, (piece) => {
    if (!piece.startsWith('<')) {
      const isTelling = TELLING_TEXT.test(piece) || (isXml && TELLING_ELEMENT.test(element));
      return isTelling ? firstLine(piece, secrets) : hideText(piece, secrets);
    }
    if (piece.startsWith('<!--')) return '<!---->';
    const [, name = ''] = TAG.exec(piece) ?? [];
    element = name;
    return redactTag(piece, secrets);
  });
}

/** Behind the words of an error comes where it was: a stack, a user's data. */
function firstLine(text: string, secrets: Secrets): string {
  const [, lead = '', line = '', rest = ''] = /^(\s*)([^\r\n]*)([\s\S]*)$/.exec(text) ?? [];
  return lead + redactTokens(redactAddresses(line, secrets), secrets) + hideText(rest, secrets);
}

function hideText(text: string, secrets: Secrets): string {
  const words = text.trim();
  return words === '' ? text : text.replace(words, () => secrets.hide('data', words));
}

function redactTag(tag: string, secrets: Secrets): string {
  if (DECLARATION.test(tag)) return tag;
  const [, name = '', attributes = '', end = ''] = TAG.exec(tag) ?? [];
  if (name === '' || looksRandom(name)) {
    const close = tag.endsWith('>') ? '>' : '';
    return `<${hideText(tag.slice(1, tag.length - close.length), secrets)}${close}`;
  }
  return `<${name}${attributes.replace(ATTRIBUTE, (...match) => redactAttribute(match, secrets))}${end}`;
}

function redactAttribute([whole = '', name = '', , value]: (string | undefined)[], secrets: Secrets): string {
  if (name === '"' || name === "'") return '';
  const isPlain = PLAIN_ATTRIBUTE.test(name);
  if (value === undefined) return isPlain ? whole : secrets.hide('data', name);
  const bare = value.replace(/^["']|["']$/g, '');
  if (isPlain && PLAIN_VALUE.test(bare) && !looksRandom(bare)) return whole;
  const shown = /^[a-z:@_][\w:.-]{0,40}$/i.test(name) && !looksRandom(name) ? name : secrets.hide('data', name);
  return `${shown}="${secrets.hide('data', bare)}"`;
}
