/** What of a fix is the same for every user: by it, a text that was run is known again with another user's values in it. */

/** Of a fix; `language` as a report may have it. */
interface Text {
  language: string;
  code: string;
}

const SLASH_COMMENT = /(^|\s)\/\/.*$/gm;
const HASH_COMMENT = /(^|\s)#.*$/gm;
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
/** A value of the user's traffic: an address, a path, a header's name, a placeholder. Words such as "websocket" are the fix's own. */
const OWN_WORD = /^[a-z][a-zA-Z0-9]*$/;
const ADDRESS = /\b(?:https?|wss?):\/\/[^\s"'`;,)]+/g;
/** Bare in a configuration; in JavaScript a slash or a dot between words is code. */
const BARE_PATH = /(?<=^|\s)\/[\w./@%~-]*/gm;
const BARE_HOST = /\b[\w-]+(?:\.[\w-]+)+\b/g;
const NUMBER = /\b\d+/g;

const CONFIGURATIONS: readonly string[] = ['nginx', 'yaml', 'text', 'sh'];

/**
 * The text without its comments, the user's addresses, names and numbers, and with one value in place of a list's many. Texts of one
 * shape say the same in the same words.
 */
export function shapeOf({ language, code }: Text): string {
  const isScript = language === 'js' || language === 'ts';
  const bare = code
    .replace(ADDRESS, 'ADDRESS')
    .replace(isScript ? SLASH_COMMENT : HASH_COMMENT, '')
    .replace(QUOTED, (text) => (OWN_WORD.test(text.slice(1, -1)) ? text : '""'))
    .replace(/""(?:,\s*"")+/g, '""');
  const plain = CONFIGURATIONS.includes(language) ? bare.replace(BARE_PATH, 'PATH').replace(BARE_HOST, 'HOST') : bare;
  return plain.replace(NUMBER, '0').replace(/\s+/g, ' ').trim();
}

/** A shape in eight characters (FNV-1a, 32 bit): what proofs.json keeps of the texts that were run. */
export function shapeName(text: Text): string {
  let hash = 0x811c9dc5;
  for (const character of shapeOf(text)) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
