/** What the user hides by hand: a text, wherever it stands in the report. */
import type { Report } from '../../model/report.ts';
import { BASE64_RUN, decodeLatin1, escapedForPattern, formsOf, isHeader } from './encodings.ts';
import { rewritePayload } from './packets.ts';

/** Shorter ones stand in half of all words. */
const MIN_LENGTH = 2;

/** Ids, and words of this product's own: nothing that anybody wrote, and without them the report cannot be read again. */
const STRUCTURE =
  /^(schema|createdAt|id|endpoint|session|sessions|exchange|exchanges|findings|causedBy|rule|rootCause|alternatives|status|state|severity|confidence|kind|outcome|verdict|credentials|transport|capture|startedAt|at|startedDateTime|encoding|_resourceType|language|version|method|pageref|clock)$/;
/** What was hidden before, which is not to be torn apart. */
const PLACEHOLDER = '\\[redacted:\\w+:\\d+\\]';
const AUTHORITY = /(:\/\/)([^/?#\s"'<>]*)/g;
const NAME_HEADER = /^(host|:authority)$/i;

/**
 * The report with each text replaced by `[redacted:custom:1]`, counted in their order; in the name of a host, where brackets may
 * not stand, by `redacted-custom-1`. Upper and lower case are the same. The diagnosis is the one made before: a text that it rests
 * on can be hidden, too.
 */
export function withoutTexts(report: Report, texts: readonly string[]): Report {
  const hiders = texts.filter((text) => text.trim().length >= MIN_LENGTH).map(createHider);
  if (hiders.length === 0) return report;
  const inText = (text: string) =>
    rewritePayload(text, (part) => hiders.reduce((rest, hide) => hide.inText(rest), part));
  const inName = (text: string) => hiders.reduce((rest, hide) => hide.inName(rest), text);
  return replaceStrings(report, inText, inName);
}

interface Hider {
  inText(text: string): string;
  inName(text: string): string;
}

function createHider(text: string, index: number): Hider {
  const number = index + 1;
  const forms = [...formsOf(text.trim())].sort((a, b) => b.length - a.length).map(escapedForPattern);
  const pattern = new RegExp(`(${PLACEHOLDER})|${forms.join('|')}`, 'gi');
  const inName = (part: string) => part.replace(pattern, (_, kept?: string) => kept ?? `redacted-custom-${number}`);
  const inPlain = (part: string) =>
    part
      .replace(AUTHORITY, (_, lead: string, name: string) => lead + inName(name))
      .replace(pattern, (_, kept?: string) => kept ?? `[redacted:custom:${number}]`);
  return {
    inName,
    inText: (part) =>
      inPlain(part).replace(BASE64_RUN, (run) => (holds(run, pattern) ? `[redacted:custom:${number}]` : run)),
  };
}

function holds(run: string, pattern: RegExp): boolean {
  const decoded = decodeLatin1(run);
  return decoded.replace(pattern, (found, kept?: string) => (kept ? found : '')) !== decoded;
}

function replaceStrings(report: Report, inText: (text: string) => string, inName: (text: string) => string): Report {
  const visit = (item: unknown): unknown => {
    if (typeof item === 'string') return inText(item);
    if (Array.isArray(item)) return item.map(visit);
    if (typeof item !== 'object' || item === null || isProduct(item)) return item;
    if (isHeader(item) && NAME_HEADER.test(item.name)) return { ...item, value: inName(item.value) };
    // A limit's code, which stands beside its text, is a word of ours; a fix's is not.
    const isOurs = (name: string, part: unknown) =>
      (STRUCTURE.test(name) && isId(part)) || (name === 'code' && 'text' in item);
    return Object.fromEntries(
      Object.entries(item).map(([name, part]) => [name, isOurs(name, part) ? part : visit(part)]),
    );
  };
  // The shape stays: strings become strings.
  return visit(report) as Report;
}

/** `generator` and the HAR's `creator`. */
function isProduct(item: object): boolean {
  return 'name' in item && 'version' in item && item.name === 'socketio-doctor';
}

/** A word or a list of words; `sessions` is that in an endpoint, and a list of sessions in the report. */
function isId(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string';
}
