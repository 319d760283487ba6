/** How the report's values are said in words: the same in the panel and in every written report. */
import type { ReportExchange, ReportFinding } from './report.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A duration in ms as a person says it: `12 ms`, `1.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(ms: number): string {
  if (ms < 0.5) return '0 ms';
  if (ms < SECOND) return `${Math.min(Math.max(1, Math.round(ms)), 999)} ms`;
  if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return pair(ms, MINUTE, 'min', SECOND, 's');
  return pair(ms, HOUR, 'h', MINUTE, 'min');
}

function pair(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)} ${bigName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

/** Time since the start of the connection, both ISO 8601: `+12 ms`; null when either cannot be read. */
export function formatOffset(startIso: string, atIso: string): string | null {
  const offset = Date.parse(atIso) - Date.parse(startIso);
  if (Number.isNaN(offset)) return null;
  return offset < 0 ? `−${formatDuration(-offset)}` : `+${formatDuration(offset)}`;
}

/** First letters of a sid; placeholders of a redacted report stay whole, since only the whole tells them apart. */
export function shortSid(sid: string): string {
  return sid.length <= 10 || sid.startsWith('[') ? sid : `${sid.slice(0, 8)}…`;
}

/** `http://localhost:3001/socket.io/` as `localhost:3001` and `/socket.io/`; what is no URL is all host. */
export function splitUrl(url: string): { host: string; path: string } {
  if (!URL.canParse(url)) return { host: url, path: '' };
  const { host, pathname, search } = new URL(url);
  return { host, path: pathname + search };
}

/** Control characters and marks that turn the direction of writing: a header may hold them to look like another. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text of a page or server with its invisible characters written out: `a\u202eb`. Line breaks and tabs stay. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** `1 request`, `2 requests`. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}

/** What the confidence means to the reader. */
export function confidenceText(finding: ReportFinding): { word: string; meaning: string } {
  switch (finding.confidence) {
    case 'certain':
      return { word: 'certain', meaning: 'the evidence allows no other explanation' };
    case 'likely':
      return {
        word: 'likely',
        meaning:
          finding.alternatives.length > 0
            ? 'another cause would look the same'
            : 'it fits all that was seen, which does not prove it',
      };
    case 'hint':
      return { word: 'hint', meaning: 'worth a look, not proven' };
  }
}

/** What a resolved finding is called: one that comes and goes is not known to be mended. */
export function resolvedWord({ mayReturn }: ReportFinding): 'Fixed' | 'Not seen this time' {
  return mayReturn ? 'Not seen this time' : 'Fixed';
}

/** The CORS verdict of an exchange, short. */
export function corsWords({ verdict, error, candidates }: ReportExchange['cors']): string {
  switch (verdict) {
    case 'pass':
      return 'allowed';
    case 'not-applicable':
      return 'not applicable';
    case 'fail':
      return error ?? 'refused';
    case 'unknown': {
      const names = candidates.map((candidate) => candidate.error ?? 'allowed');
      return names.length > 0 ? names.join(' or ') : 'cannot tell';
    }
  }
}
