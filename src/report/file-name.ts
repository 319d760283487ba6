/**
 * Name of a saved report: `socketio-report-<host>-<YYYYMMDD-HHMMSS>.<extension>`, in local time. A port's colon is not
 * allowed in file names everywhere.
 */
export function reportFileName(pageUrl: string | null, atMs: number, extension: string): string {
  const host = pageUrl && URL.canParse(pageUrl) ? new URL(pageUrl).host : '';
  const safeHost = host.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'page';
  return `socketio-report-${safeHost}-${timestamp(new Date(atMs))}.${extension}`;
}

function timestamp(date: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}${pad(date.getMonth() + 1)}${pad(date.getDate())}`;
  return `${day}-${pad(date.getHours())}${pad(date.getMinutes())}${pad(date.getSeconds())}`;
}
