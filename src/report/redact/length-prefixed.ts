/**
 * Rewrites the packets of an Engine.IO 3 payload (`<characters>:<packet>...`), so that the lengths stay true when a value in
 * them changes. Null when the text is not such a payload. Source: Engine.IO protocol v3, "Payload".
 */
export function rewriteLengthPrefixed(text: string, rewrite: (packet: string) => string): string | null {
  const packets: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^(\d{1,9}):/.exec(rest);
    if (!match) return null;
    const start = match[0].length;
    const end = start + Number(match[1]);
    if (end > rest.length) return null;
    packets.push(rest.slice(start, end));
    rest = rest.slice(end);
  }
  if (packets.length === 0) return null;
  return packets
    .map(rewrite)
    .map((packet) => `${packet.length}:${packet}`)
    .join('');
}
