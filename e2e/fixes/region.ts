/** The one marked region of a source, which a fix takes the place of. */

/** A line that holds nothing but the marker, in a comment of the source's language. */
const MARKER = /^[ \t]*(?:\/\/|#) fix:(start|end)[ \t]*\n/gm;

/**
 * The source with `text` between its two markers, byte for byte, in place of what was there.
 * @throws when the source does not have exactly one region
 */
export function withRegion(source: string, text: string): string {
  const [start, end, ...others] = [...source.matchAll(MARKER)];
  if (start?.[1] !== 'start' || end?.[1] !== 'end' || others.length > 0)
    throw new Error('A source has one region, between fix:start and fix:end');
  const head = source.slice(0, start.index + start[0].length);
  return `${head}${text}\n${source.slice(end.index)}`;
}

/**
 * A source with its placeholders (`@PORT@`) filled in. Never done to a fix: that stays as the report has it.
 * @throws when a placeholder has no value
 */
export function fillPlaceholders(source: string, values: Record<string, string | number>): string {
  return source.replace(/@([A-Z][A-Z0-9]*)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`@${name}@ has no value`);
    return String(value);
  });
}
