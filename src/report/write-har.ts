/** The report's entries alone, as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */
import type { HarEntry, HarHeader } from '../model/har.ts';
import type { Report } from '../model/report.ts';

/** Writes the HAR. Opening it again gives the same diagnosis. */
export function writeHar({ har, redacted }: Report): string {
  const log = {
    ...har.log,
    entries: har.log.entries.map(complete),
    _doctor: { ...clockOf(har.log), redacted },
    comment: redacted ? 'Secrets were replaced by placeholders such as [redacted:sid:1].' : 'Secrets were not hidden.',
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function clockOf({ _doctor: ours }: Report['har']['log']): object {
  return typeof ours === 'object' && ours !== null ? ours : {};
}

/** Fields that HAR 1.2 demands and some tools leave out get the value that says nothing, so that any viewer opens the file. */
function complete(entry: HarEntry): HarEntry {
  const { request, response } = entry;
  return {
    ...entry,
    time: entry.time ?? 0,
    request: {
      ...request,
      httpVersion: request.httpVersion ?? '',
      cookies: request.cookies ?? [],
      queryString: request.queryString ?? queryOf(request.url),
      headersSize: request.headersSize ?? -1,
      // Here a missing size stands for no body, and -1 would say that there may have been one.
      bodySize: request.bodySize ?? 0,
    },
    response: {
      ...response,
      statusText: response.statusText ?? '',
      httpVersion: response.httpVersion ?? '',
      cookies: response.cookies ?? [],
      content: { ...response.content, size: response.content?.size ?? -1, mimeType: response.content?.mimeType ?? '' },
      redirectURL: response.redirectURL ?? '',
      headersSize: response.headersSize ?? -1,
      bodySize: response.bodySize ?? -1,
    },
    cache: entry.cache ?? {},
    timings: entry.timings ?? {},
  };
}

function queryOf(url: string): HarHeader[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}
