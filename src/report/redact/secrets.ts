/** What is hidden, and what stands for it: the same placeholder for the same value. */
import { BASE64_RUN, decodeLatin1, formsOf } from './encodings.ts';
import { createFinder } from './finder.ts';

/** Why a value is hidden; part of its placeholder. */
export type Kind = 'sid' | 'cookie' | 'header' | 'auth' | 'query' | 'user' | 'token' | 'data' | 'base64';

export interface Secrets {
  /** The placeholder of a value. */
  hide(kind: Kind, value: string): string;
  /** Replaces every value that was hidden and cannot be mistaken for anything else, in any form. */
  replaceIn(text: string): string;
}

/** Shorter words of letters and digits may be anything. */
const UNMISTAKABLE = /^[\w+/=.~%:@-]{10,}$/;

/**
 * A value that nothing else can be equal to by chance: letters and digits mixed, not short. A cookie `true` is replaced in its
 * place only, or `Access-Control-Allow-Credentials: true` would be gone with it.
 */
function isUnmistakable(kind: Kind, value: string): boolean {
  if (kind === 'sid') return value.length >= 8;
  return UNMISTAKABLE.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/**
 * Nothing is hidden yet.
 *
 * @param diagnostic what the diagnosis rests on: a secret that stands in it by chance (a cookie with the host's name) is hidden
 *   in its place only
 */
export function createSecrets(diagnostic: Iterable<string>): Secrets {
  const evidence = [...new Set(diagnostic)].join('\n');
  const placeholders = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const finder = createFinder();
  const replaced = new Map<string, string>();

  function placeholderFor(kind: Kind): string {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `[redacted:${kind}:${count}]`;
  }

  function hide(kind: Kind, value: string): string {
    if (value === '' || isPlaceholder(value)) return value;
    const known = placeholders.get(value);
    if (known !== undefined) return known;
    const placeholder = placeholderFor(kind);
    placeholders.set(value, placeholder);
    if (isUnmistakable(kind, value) && !evidence.includes(value)) {
      for (const form of formsOf(value)) finder.add(form, placeholder);
      replaced.clear();
    }
    return placeholder;
  }

  function replaceIn(text: string): string {
    const known = replaced.get(text);
    if (known !== undefined) return known;
    const result = finder.replace(text).replace(BASE64_RUN, (run) => {
      return finder.has(decodeLatin1(run)) ? hideEncoded(run) : run;
    });
    replaced.set(text, result);
    return result;
  }

  /** Not by `hide`, which would forget what was replaced already. */
  function hideEncoded(run: string): string {
    const placeholder = placeholders.get(run) ?? placeholderFor('base64');
    placeholders.set(run, placeholder);
    return placeholder;
  }

  return { hide, replaceIn };
}

/** A report that was redacted before keeps its placeholders. */
function isPlaceholder(value: string): boolean {
  return /^\[redacted:\w+:\d+\]$/.test(value);
}
