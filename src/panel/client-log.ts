/**
 * The client's own log, which the `debug` package writes into the page's console: `localStorage.debug` says of what
 * (https://socket.io/docs/v4/logging-and-debugging/). Read when the page loads, so a reload follows each change.
 */
import * as v from 'valibot';

const NAMESPACES = ['socket.io-client*', 'engine.io-client*'];

/** Whether that value of `localStorage.debug` makes the client write. */
export function hasClientLog(value: string): boolean {
  const names = namesIn(value);
  return NAMESPACES.every((name) => names.includes(name));
}

/** The value with the client's namespaces added; what the page's developers look at themselves stays. */
export function withClientLog(value: string): string {
  return [...new Set([...namesIn(value), ...NAMESPACES])].join(',');
}

/** The value without them. */
export function withoutClientLog(value: string): string {
  return namesIn(value)
    .filter((name) => !NAMESPACES.includes(name))
    .join(',');
}

function namesIn(value: string): string[] {
  return value.split(/[\s,]+/).filter((name) => name !== '');
}

/** Evaluated in the page: the value, `''` without one; null where storage is not to be had (a sandboxed page, cookies blocked). */
export const READ_CLIENT_LOG = `(() => { try { return localStorage.getItem('debug') ?? ''; } catch { return null; } })()`;

/** Evaluated in the page: sets the value, and answers as `READ_CLIENT_LOG`. */
export function writeClientLog(value: string): string {
  const change =
    value === '' ? `localStorage.removeItem('debug')` : `localStorage.setItem('debug', ${JSON.stringify(value)})`;
  return `(() => { try { ${change}; return localStorage.getItem('debug') ?? ''; } catch { return null; } })()`;
}

/** The page's answer; null when it cannot be asked. */
export function clientLogIn(answer: unknown): string | null {
  const parsed = v.safeParse(v.string(), answer);
  return parsed.success ? parsed.output : null;
}
