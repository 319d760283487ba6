/**
 * Programs whose HARs differ from what browsers write, known by `log.creator.name`. Each entry is brought into the form that the
 * rest reads; what such a file cannot show is said.
 */
import type { HarEntry } from '../model/har.ts';
import type { Limit } from '../model/report.ts';
import { fromPlaywright, PLAYWRIGHT_LIMIT } from './playwright.ts';
import { fromProxy, PROXY_LIMIT } from './proxies.ts';
import { fromSafari, SAFARI_LIMIT } from './safari.ts';

export interface HarTool {
  creator: RegExp;
  /** What does not look like one of the tool's entries stays as it is. */
  read(entry: unknown): unknown;
  /** Said when it applies to any of the file's Engine.IO entries. */
  limit: { limit: Limit; applies(entry: HarEntry): boolean };
}

const TOOLS: HarTool[] = [
  {
    creator: /^Playwright$/,
    read: fromPlaywright,
    limit: { limit: PLAYWRIGHT_LIMIT, applies: ({ response }) => Boolean(response._error) },
  },
  {
    creator: /^(mitmproxy|HTTP Toolkit|Charles Proxy)/,
    read: fromProxy,
    limit: { limit: PROXY_LIMIT, applies: () => true },
  },
  { creator: /^WebKit Web Inspector$/, read: fromSafari, limit: { limit: SAFARI_LIMIT, applies: () => true } },
];

/** The tool of that name; undefined for browsers that need no help, and for the unknown. */
export function toolNamed(creator: string | undefined): HarTool | undefined {
  return TOOLS.find((tool) => creator !== undefined && tool.creator.test(creator));
}
