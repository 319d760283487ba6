import { splitUrl } from '../model/wording.ts';

export { count, formatDuration, formatOffset, shortSid, splitUrl, visible } from '../model/wording.ts';

/** Time of day of an ISO 8601 time, local: `14:03:22`; null when it cannot be read. */
export function formatTimeOfDay(iso: string): string | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Date and time of day of an ISO 8601 time, local: `23 Nov 2026, 14:03`; null when it cannot be read. */
export function formatMoment(iso: string): string | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  return date.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The last part of a source's URL with the line: `chat.ts:41`. */
export function sourceLabel(url: string, line: number): string {
  const file = splitUrl(url).path.split('?')[0]?.split('/').at(-1);
  return `${file || url}:${line}`;
}

/** Whether DevTools may be asked to open it: only what the page itself got over the network. */
export function isSourceUrl(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}
